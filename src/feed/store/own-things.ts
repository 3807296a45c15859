/** What of Tegata's is in the shop's database beside its triggers, and how each kind of it is taken away. */
import { sql } from 'kysely';
import { readLiveSchema } from '../../database/live-schema.ts';
import { LAST_TO_GO } from '../../database/migrate.ts';
import type { Store } from '../../database/open.ts';

/** Goes first: without it every other command refuses to work with what is left (database/migrate.ts). */
const MIGRATIONS = 'tegata_migration';

/** An index on a table of the shop. */
export type OwnIndex = { readonly name: string; readonly table: string };

export async function dropFunctions({ db }: Store, names: readonly string[]): Promise<void> {
  for (const name of names) await sql`drop function if exists ${sql.id(name)}()`.execute(db);
}

/** In one transaction where DDL knows one; elsewhere what is left after a kill is a table that the next run finds. */
export async function dropTables({ db }: Store, tables: readonly string[]): Promise<void> {
  const rank = (name: string) => (name === MIGRATIONS ? 0 : name === LAST_TO_GO ? 2 : 1);
  const order = tables.toSorted((a, b) => rank(a) - rank(b));
  await db.transaction().execute(async (tx) => {
    for (const name of order) await sql`drop table if exists ${sql.table(name)}`.execute(tx);
  });
}

export async function dropIndexes({ db, kit }: Store, indexes: readonly OwnIndex[]): Promise<void> {
  for (const { name, table } of indexes) {
    await kit.feed.withShortLocks(db, async (tx) => {
      await sql.raw(kit.leave.dropIndex(name, table)).execute(tx);
    });
  }
}

export async function ownIndexes({ db, kit }: Store): Promise<readonly OwnIndex[]> {
  const { rows } = await kit.indexColumns.execute(db);
  const own = rows.filter(({ table, index }) => index.startsWith('tegata_') && !table.startsWith('tegata_'));
  const byName = new Map(own.map(({ table, index }) => [`${table} ${index}`, { name: index, table }]));
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export async function ownTables(store: Store): Promise<string[]> {
  const schema = await readLiveSchema(store);
  return [...schema.keys()].filter((name) => name.startsWith('tegata_')).sort();
}

export async function ownFunctions({ db, kit }: Store): Promise<string[]> {
  if (!kit.leave.functions) return [];
  return (await kit.leave.functions.execute(db)).rows.map(({ name }) => name);
}

/** Another program that has the file open keeps it as it is, which harms no one: SQLite reads both kinds. */
export async function leaveFileAsOthersDo({ db, kit }: Store): Promise<void> {
  await kit.leave.lastStatement?.execute(db).catch(() => undefined);
}
