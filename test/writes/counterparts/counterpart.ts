/** Which operation of the API does what a recorded operation of EC-CUBE did. */
import type { EccubeRecord } from '../records.ts';

export type Counterpart = {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** EC-CUBE refused it: so do we, with this code. */
  readonly refused?: string;
};

/** A text: why there is no such operation. */
export type CounterpartOf = (record: EccubeRecord) => Counterpart | string;

export const idIn = (path: string): string => /\/(\d+)(\/|$)/.exec(path)?.[1] ?? '';
