/** Puts dumped rows in the place of those that are there, in a transaction of the caller's. */
import type { Db, Store } from '../open.ts';
import { type KeptTable, keptTables, type NamedTable } from './kept-tables.ts';
import { batchesOf, type DumpedRow } from './read-rows.ts';

const INSERT_VALUES = 10_000; // in one statement; SQLite takes 32,766

type Anything = Record<string, Record<string, unknown>>;

export async function insertRows(
  db: Db,
  kit: Store['kit'],
  { name, isHistory }: Pick<NamedTable, 'name' | 'isHistory'>,
  rows: readonly DumpedRow[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  const step = Math.max(1, Math.floor(INSERT_VALUES / Math.max(1, columns)));
  for (let i = 0; i < rows.length; i += step) {
    const insert = db
      .withTables<Anything>()
      .insertInto(name)
      .values([...rows.slice(i, i + step)]);
    await (isHistory ? kit.ifAbsent(insert) : insert).execute();
  }
}

/** Tables without an entry in a dump, whose rows must not outlive the ones that they belong to. */
const ENDED = ['tegata_session', 'tegata_code', 'tegata_authorization_request', 'tegata_feed'] as const;

export type Replacing = {
  /** Kept is what history this database has beyond the dump's: it is of the same installation. */
  readonly keepsHistory: boolean;
  readonly onRows?: (count: number) => void;
};

/** All of `from`'s rows, and no others, are in `to` afterwards. Both have all migrations. */
export async function replaceRows(from: Db, to: Db, kit: Store['kit'], how: Replacing): Promise<void> {
  for (const name of ENDED) await to.deleteFrom(name).execute();
  for (const table of keptTables()) {
    const { name, key } = table;
    const keeps = table.isHistory && how.keepsHistory;
    if (!keeps) await to.withTables<Anything>().deleteFrom(name).execute();
    for await (const rows of batchesOf(from, table)) {
      await insertRows(to, kit, table, rows);
      how.onRows?.(rows.length);
    }
    if (table.isHistory) await kit.followHighestId(name, key[0])?.execute(to);
  }
}

/** Adds to a dump the history that `from` has beyond it. */
export async function addHistory(from: Db, to: Db, kit: Store['kit']): Promise<void> {
  for (const table of keptTables().filter(({ isHistory }: KeptTable) => isHistory)) {
    for await (const rows of batchesOf(from, table)) await insertRows(to, kit, table, rows);
  }
}
