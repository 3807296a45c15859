/** The installation that a backup is to replace, as far as it is there and can be read. */
import { existsSync } from 'node:fs';
import { databaseFault } from '../../database/dialect/sqlite/whole-file.ts';
import { countRows } from '../../database/dump/read-rows.ts';
import { migrationStates } from '../../database/migrate.ts';
import { openStore, type Store } from '../../database/open.ts';
import { feedHead } from '../../feed/store/feed.ts';
import { masterPrint, rememberedFolder } from '../../oauth/key-folder.ts';
import type { Config } from '../config/config.ts';
import { folderOf, keysHere, keysInUse } from './key-copy.ts';
import type { KeyCopy } from './key-rows-copy.ts';
import { requireNoNodes } from './restore-lease.ts';

export type Present = {
  /** Undefined: no database is there, or (the embedded shop) none that can be read. */
  readonly store: Store | undefined;
  /** Why the embedded shop's file is no database. */
  readonly unreadable: string | undefined;
  readonly hasTables: boolean;
  readonly clients: number;
  /** The print of the key folder that the database remembers. */
  readonly databaseFolder: string | undefined;
  /** The keys of the store that the operator has chosen; undefined when there are none that can be used. */
  readonly keys: KeyCopy | undefined;
  /** Their print. */
  readonly keyFolder: string | undefined;
  readonly feedHead: number;
};

const NOTHING = { hasTables: false, clients: 0, databaseFolder: undefined, feedHead: 0 } as const;

export async function lookAtPresent(config: Config, now: number): Promise<Present> {
  const inFiles = config.keyStore === 'files' ? keysHere(config.dataDir) : undefined;
  const file = config.embedded ? config.databaseUrl.slice('sqlite:'.length) : undefined;
  const absent = file !== undefined && !existsSync(file);
  const unreadable = file === undefined || absent ? undefined : databaseFault(file);
  if (absent || unreadable !== undefined) {
    return { ...NOTHING, ...printed(inFiles), unreadable, store: undefined };
  }
  const store = openStore(config.databaseUrl, { poolSize: 2, statementTimeoutSeconds: undefined });
  try {
    const content = await contentOf(store, now);
    const keys = inFiles ?? (await keysInDatabase(config, store));
    return { ...content, ...printed(keys), unreadable: undefined, store };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const printed = (keys: KeyCopy | undefined) => ({ keys, keyFolder: keys && masterPrint(folderOf(keys)) });

/** Keys that another master key has sealed are as good as none. */
async function keysInDatabase(config: Config, store: Store): Promise<KeyCopy | undefined> {
  if (config.keyStore === 'files') return undefined;
  return keysInUse(config, store).catch(() => undefined);
}

async function contentOf(store: Store, now: number) {
  const { db } = store;
  const states = await migrationStates(store);
  const missing = states.filter(({ appliedAt }) => appliedAt === null);
  if (missing.length === states.length) return NOTHING;
  // One of a version that does not say whether it runs.
  if (!missing.some(({ name }) => name === '0030-nodes')) await requireNoNodes(db, now);
  return {
    hasTables: true,
    clients: await countRows(db, 'tegata_client'),
    databaseFolder: await rememberedFolder(db),
    feedHead: missing.some(({ name }) => name === '0003-change-feed') ? 0 : await feedHead(db),
  };
}
