/** One state of an SQLite file, read by a transaction of a connection of its own, while others go on writing. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Dialect, type SqliteDatabase, SqliteDialect } from 'kysely';

const BUSY_TIMEOUT_MS = 5_000;

export const sqliteSnapshot = (file: string): Dialect =>
  new SqliteDialect({ database: async () => reading(file) });

function reading(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  // The state is that of the first statement that reads.
  database.exec('pragma query_only = on; begin; select 1 from sqlite_master limit 1');
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      const values = (given: readonly unknown[]) => given as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (given) => statement.all(...values(given)),
        run: (given) => statement.run(...values(given)),
        iterate: (given) => statement.iterate(...values(given)),
      };
    },
  };
}
