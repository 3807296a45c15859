/**
 * Takes everything of Tegata's out of the shop's database: triggers, their functions, tables, indexes. In this order no
 * statement of the shop ever meets a trigger whose table is gone. Each step asks what is there, so that a run which was
 * killed is finished by the next one.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Clock } from '../base/clock.ts';
import { readLiveSchema } from '../database/live-schema.ts';
import { LAST_TO_GO } from '../database/migrate.ts';
import { holdOffNodes, letNodesBegin, type Node, runningNodes } from '../database/nodes.ts';
import type { Store } from '../database/open.ts';
import { withRights } from '../database/rights.ts';
import { namedTriggers, removeTriggers } from '../feed/store/triggers.ts';
import type { Config } from './config/config.ts';

const LEASES = 'tegata_lease';
/** Goes first: without it every other command refuses to work with what is left (database/migrate.ts). */
const MIGRATIONS = 'tegata_migration';

export type Leftovers = {
  /** Processes that serve on this database. */
  readonly nodes: readonly Node[];
  readonly triggers: readonly { readonly name: string; readonly table: string }[];
  readonly functions: readonly string[];
  readonly tables: readonly string[];
  /** On the shop's tables, made by Tegata or on its advice. */
  readonly indexes: readonly { readonly name: string; readonly table: string }[];
  /** Paths of the key folder's files. */
  readonly keyFiles: readonly string[];
};

type UninstallDeps = { readonly store: Store; readonly clock: Clock; readonly config: Config };

export type Uninstalled =
  | { readonly ok: true; readonly removed: Omit<Leftovers, 'nodes' | 'keyFiles'> }
  | { readonly ok: false; readonly reason: 'running'; readonly nodes: readonly Node[] };

/** What there is to take away; changes nothing. */
export async function findLeftovers({ store, clock, config }: UninstallDeps): Promise<Leftovers> {
  const tables = await ownTables(store);
  return {
    nodes: tables.includes(LEASES) ? await runningNodes(store.db, clock.now()) : [],
    triggers: await namedTriggers(store),
    functions: await ownFunctions(store),
    tables,
    indexes: await ownIndexes(store),
    keyFiles: keyFilesIn(config.dataDir),
  };
}

/** `keys`: the files of the key folder go too. */
export async function uninstall(deps: UninstallDeps, { keys }: { keys: boolean }): Promise<Uninstalled> {
  const { store, clock, config } = deps;
  if ((await ownTables(store)).includes(LEASES)) {
    await withRights(store, 'use', () => holdOffNodes(store, clock.now()));
    const nodes = await runningNodes(store.db, clock.now());
    if (nodes.length > 0) {
      await letNodesBegin(store);
      return { ok: false, reason: 'running', nodes };
    }
  }
  const { nodes: _none, keyFiles: _files, ...found } = await findLeftovers(deps);
  await removeTriggers(store, found.triggers);
  await withRights(store, 'migrate', async () => {
    for (const name of found.functions)
      await sql`drop function if exists ${sql.id(name)}()`.execute(store.db);
    await dropTables(store, found.tables);
    await dropIndexes(store, found.indexes);
  });
  if (!config.embedded) await leaveFileAsOthersDo(store);
  if (keys) rmSync(join(config.dataDir, 'keys'), { recursive: true, force: true });
  return { ok: true, removed: found };
}

/** In one transaction where DDL knows one; elsewhere what is left after a kill is a table that the next run finds. */
async function dropTables({ db }: Store, tables: readonly string[]): Promise<void> {
  const rank = (name: string) => (name === MIGRATIONS ? 0 : name === LAST_TO_GO ? 2 : 1);
  const order = tables.toSorted((a, b) => rank(a) - rank(b));
  await db.transaction().execute(async (tx) => {
    for (const name of order) await sql`drop table if exists ${sql.table(name)}`.execute(tx);
  });
}

async function dropIndexes({ db, kit }: Store, indexes: Leftovers['indexes']): Promise<void> {
  for (const { name, table } of indexes) {
    await kit.feed.withShortLocks(db, async (tx) => {
      await sql.raw(kit.leave.dropIndex(name, table)).execute(tx);
    });
  }
}

async function ownIndexes({ db, kit }: Store): Promise<Leftovers['indexes']> {
  const { rows } = await kit.indexColumns.execute(db);
  const own = rows.filter(({ table, index }) => index.startsWith('tegata_') && !table.startsWith('tegata_'));
  const byName = new Map(own.map(({ table, index }) => [`${table} ${index}`, { name: index, table }]));
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function ownTables(store: Store): Promise<string[]> {
  const schema = await readLiveSchema(store);
  return [...schema.keys()].filter((name) => name.startsWith('tegata_')).sort();
}

async function ownFunctions({ db, kit }: Store): Promise<string[]> {
  if (!kit.leave.functions) return [];
  return (await kit.leave.functions.execute(db)).rows.map(({ name }) => name);
}

/** Another program that has the file open keeps it as it is, which harms no one: SQLite reads both kinds. */
async function leaveFileAsOthersDo({ db, kit }: Store): Promise<void> {
  await kit.leave.lastStatement?.execute(db).catch(() => undefined);
}

function keyFilesIn(dataDir: string): string[] {
  const folder = join(dataDir, 'keys');
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
