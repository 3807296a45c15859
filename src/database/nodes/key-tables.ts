/** The table of signing keys that lie in the database, in the manner of `tables.ts`. */

export type KeyTables = {
  /** `ring`, and one row for each key. */
  tegata_key_store: {
    name: string;
    /** Grows with each change of the ring; 0 for a key, which never changes. */
    version: number;
    /** AES-256-GCM under the master key, which is not in the database. */
    sealed: string;
  };
};
