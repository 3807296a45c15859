/**
 * Takes everything of Tegata's out of the shop's database: triggers, their functions, tables, indexes. In this order no
 * statement of the shop ever meets a trigger whose table is gone. Each step asks what is there, so that a run which was
 * killed is finished by the next one.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { holdOffNodes, letNodesBegin } from '../database/nodes/leave.ts';
import { type Node, runningNodes } from '../database/nodes/nodes.ts';
import type { Store } from '../database/open.ts';
import { withRights } from '../database/rights.ts';
import {
  dropFunctions,
  dropIndexes,
  dropTables,
  leaveFileAsOthersDo,
  type OwnIndex,
  ownFunctions,
  ownIndexes,
  ownTables,
} from '../feed/store/own-things.ts';
import { namedTriggers, removeTriggers } from '../feed/store/triggers.ts';
import { type Unfinished, unfinishedTakeover } from '../takeover/unfinished.ts';
import type { Config } from './config/config.ts';

const LEASES = 'tegata_lease';
const NODES = 'tegata_node';
export type Leftovers = {
  /** Processes that serve on this database. */
  readonly nodes: readonly Node[];
  readonly triggers: readonly { readonly name: string; readonly table: string }[];
  readonly functions: readonly string[];
  readonly tables: readonly string[];
  /** On the shop's tables, made by Tegata or on its advice. */
  readonly indexes: readonly OwnIndex[];
  /** Paths of the key folder's files. */
  readonly keyFiles: readonly string[];
  /** Of a takeover, which must be undone or finished before; undefined = nothing prevents it. */
  readonly takeover: Unfinished | undefined;
};

type UninstallDeps = { readonly store: Store; readonly clock: Clock; readonly config: Config };

export type Uninstalled =
  | { readonly ok: true; readonly removed: Omit<Leftovers, 'nodes' | 'keyFiles' | 'takeover'> }
  | { readonly ok: false; readonly reason: 'running'; readonly nodes: readonly Node[] }
  | { readonly ok: false; readonly reason: 'takeover'; readonly takeover: Unfinished };

/** What there is to take away; changes nothing. */
export async function findLeftovers({ store, clock, config }: UninstallDeps): Promise<Leftovers> {
  const tables = await ownTables(store);
  return {
    nodes: tables.includes(NODES) ? await runningNodes(store.db, clock.now()) : [],
    triggers: await namedTriggers(store),
    functions: await ownFunctions(store),
    tables,
    indexes: await ownIndexes(store),
    keyFiles: keyFilesIn(config.dataDir),
    takeover: await unfinishedTakeover(store, tables),
  };
}

/** `keys`: the files of the key folder go too. No option makes it go on while tokens of a takeover would be lost. */
export async function uninstall(deps: UninstallDeps, { keys }: { keys: boolean }): Promise<Uninstalled> {
  const { store, clock, config } = deps;
  const present = await ownTables(store);
  if (present.includes(LEASES)) {
    // Behind the lease: no server begins that could take the shop over meanwhile.
    await withRights(store, 'use', () => holdOffNodes(store, clock.now()));
    const nodes = present.includes(NODES) ? await runningNodes(store.db, clock.now()) : [];
    if (nodes.length > 0) {
      await letNodesBegin(store);
      return { ok: false, reason: 'running', nodes };
    }
  }
  const { nodes: _none, keyFiles: _files, takeover, ...found } = await findLeftovers(deps);
  if (takeover !== undefined) {
    if (present.includes(LEASES)) await letNodesBegin(store);
    return { ok: false, reason: 'takeover', takeover };
  }
  await removeTriggers(store, found.triggers);
  await withRights(store, 'migrate', async () => {
    await dropFunctions(store, found.functions);
    await dropTables(store, found.tables);
    await dropIndexes(store, found.indexes);
  });
  if (!config.embedded) await leaveFileAsOthersDo(store);
  if (keys) rmSync(join(config.dataDir, 'keys'), { recursive: true, force: true });
  return { ok: true, removed: found };
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
