/** The faults, one a name. Each begins, goes on for some seconds, and is ended; what has to be started again is the fault's to start. */
import { databaseFaults } from './database-faults.ts';
import { nodeFaults } from './node-faults.ts';
import type { DatabaseName } from './place.ts';
import type { World } from './world.ts';

/** Ends what was begun; when it resolves the fault is over. */
export type End = () => Promise<void>;

export type Fault = {
  readonly name: string;
  /** For the table. */
  readonly title: string;
  readonly on: readonly DatabaseName[];
  /** Why it cannot be made here; undefined = it can. */
  lacking?(world: World): string | undefined;
  begin(world: World): Promise<End>;
  /** Addresses that the load uses instead of the nodes' own, for what stands before them. */
  before?(world: World): Promise<{ readonly urls: readonly string[]; stop(): Promise<void> }>;
};

export const FAULTS: readonly Fault[] = [...databaseFaults, ...nodeFaults];
