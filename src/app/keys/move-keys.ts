/** Brings the keys from the store that they lie in to the other one. The master key stays the same: all secrets hang on it. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { recordEvent } from '../../audit/events.ts';
import type { Actor } from '../../audit/origin.ts';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import { FOREIGN_FOLDER, judgeKeyFolder, masterPrint } from '../../oauth/key-folder.ts';
import { deleteKeyRows, ringVersion } from '../../oauth/store/key-rows.ts';
import { copyKeys, folderOf, placeKeys, stageKeys } from '../backup/key-copy.ts';
import { copyKeyRows, type KeyCopy, writeKeyRows } from '../backup/key-rows-copy.ts';
import { requireNoNodes } from '../backup/restore-lease.ts';
import type { Config } from '../config/config.ts';
import { hasKeyFiles } from '../key-files.ts';
import { KeyStoreError } from './key-store.ts';
import { givenMasterKey, requireKeyTable } from './open-keys.ts';

export type MoveDeps = { readonly config: Config; readonly store: Store; readonly clock: Clock };

export type MovedKeys = {
  readonly count: number;
  /** Where the files are that no one needs any more. */
  readonly former: string | undefined;
};

/** @throws KeyStoreError, BackupError while nodes run */
export async function moveKeys(
  deps: MoveDeps,
  to: Config['keyStore'],
  actor: Partial<Actor>,
): Promise<MovedKeys> {
  await requireKeyTable(deps.store);
  await requireNoNodes(deps.store.db, deps.clock.now());
  return to === 'database' ? toDatabase(deps, actor) : toFiles(deps, actor);
}

async function toDatabase(deps: MoveDeps, actor: Partial<Actor>): Promise<MovedKeys> {
  const { config, store, clock } = deps;
  const masterKey = givenMasterKey(config);
  const folder = join(config.dataDir, 'keys');
  if ((await ringVersion(store.db)) !== undefined)
    throw new KeyStoreError('the keys lie in the database already');
  if (!hasKeyFiles(config.dataDir))
    throw new KeyStoreError(`${folder} holds no keys: there is nothing to move`);
  const keys = copyKeys(config.dataDir);
  if (masterPrint(folderOf(keys)) !== masterPrint({ masterKey })) {
    throw new KeyStoreError(
      `TEGATA_MASTER_KEY (or its file) is not ${join(folder, 'master.key')}, which the tokens and secrets of this database hang on; give what that file holds`,
    );
  }
  await requireOurs(deps, keys);
  await inTransaction(deps, actor, 'database', (trx) => writeKeyRows(trx, keys, masterKey));
  const former = join(config.dataDir, `keys.moved-${clock.now()}-${process.pid}`);
  await rename(folder, former);
  return { count: folderOf(keys).keys().length, former };
}

async function toFiles(deps: MoveDeps, actor: Partial<Actor>): Promise<MovedKeys> {
  const { config, store, clock } = deps;
  const keys = await copyKeyRows(store.db, givenMasterKey(config));
  if (!keys) throw new KeyStoreError('the database holds no keys: there is nothing to move');
  await requireOurs(deps, keys);
  const staged = join(config.dataDir, `keys.new-${process.pid}`);
  await stageKeys(staged, keys);
  // The rows go last: killed before that, the keys lie in both, and the move may be repeated.
  const former = await placeKeys(config.dataDir, staged, clock.now());
  await inTransaction(deps, actor, 'files', deleteKeyRows);
  return { count: folderOf(keys).keys().length, former: former && existsSync(former) ? former : undefined };
}

async function requireOurs({ store, clock }: MoveDeps, keys: KeyCopy): Promise<void> {
  if ((await judgeKeyFolder(store.db, folderOf(keys), clock.now())) === 'foreign') {
    throw new KeyStoreError(FOREIGN_FOLDER);
  }
}

const inTransaction = (
  { store, clock }: MoveDeps,
  actor: Partial<Actor>,
  to: Config['keyStore'],
  work: (trx: Store['db']) => Promise<void>,
): Promise<void> =>
  store.db.transaction().execute(async (trx) => {
    await recordEvent(trx, { kind: 'keys_moved', occurredAt: clock.now(), ...actor, detail: { to } });
    await work(trx);
  });
