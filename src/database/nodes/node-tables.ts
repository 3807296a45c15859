/** The table of the processes that serve, in the manner of `tables.ts`. */

export type NodeTables = {
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
