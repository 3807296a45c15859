/** The tables of the processes that serve, and of what they share, in the manner of `tables.ts`. */
import type { KeyTables } from './key-tables.ts';

export type NodeTables = KeyTables & {
  /** A row that was not seen for a while is of a process that ended badly. */
  tegata_node: {
    node_id: string;
    host: string;
    pid: number;
    version: string;
    started_at: number;
    seen_at: number;
  };
};
