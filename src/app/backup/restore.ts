/**
 * Puts a backup, or an export, in the place of what is there: found whole and made ready beside it first, then switched in
 * one transaction (or, for the embedded shop, by renaming one file). Killed at any moment it leaves the one or the other,
 * and may be repeated.
 */
import { rename } from 'node:fs/promises';
import { recordEvent } from '../../audit/events.ts';
import type { Actor } from '../../audit/origin.ts';
import { makeOneFile } from '../../database/dialect/sqlite/whole-file.ts';
import { addHistory, replaceRows } from '../../database/dump/write-rows.ts';
import { migrate } from '../../database/migrate.ts';
import { type Db, databaseKind, type Store } from '../../database/open.ts';
import { withRights } from '../../database/rights.ts';
import { masterPrint, rememberKeyFolder } from '../../oauth/key-folder.ts';
import { deleteKeyRows } from '../../oauth/store/key-rows.ts';
import type { Config } from '../config/config.ts';
import { prepareDataFolder } from '../key-files.ts';
import { givenMasterKey } from '../keys/open-keys.ts';
import { flushFolder, type Sealed } from './container.ts';
import { type Ended, endWhatIsOver, type Kept } from './end-what-is-over.ts';
import { folderOf, placeKeys, stageKeys } from './key-copy.ts';
import { type KeyCopy, writeKeyRows } from './key-rows-copy.ts';
import { BackupError, type Manifest, requireForm, requireKind } from './manifest.ts';
import { isWholeShop, type RestorePlan, restorePlan } from './plan.ts';
import { lookAtPresent, type Present } from './present.ts';
import { beginRestoring, endRestoring, requireNoNodes } from './restore-lease.ts';
import { closeForReplacing, removeDatabaseFiles } from './shop-file.ts';
import { type Staged, stage } from './stage.ts';
import type { BackupDeps } from './take-backup.ts';

export type RestoreWish = Sealed & {
  readonly form: Manifest['form'];
  readonly keeps: Kept;
  /** The database there belongs to other keys; they go. */
  readonly replaceKeys: boolean;
  /** Shown the plan; false = nothing is to be done. */
  readonly confirm: (plan: RestorePlan) => Promise<boolean>;
  readonly onRows?: ((count: number) => void) | undefined;
};

export type Restored = RestorePlan & {
  readonly ended: Ended;
  /** Where the keys are that were there before. */
  readonly formerKeys: string | undefined;
};

/** Undefined when it was not confirmed. */
export async function restore(
  deps: BackupDeps,
  wish: RestoreWish,
  actor: Partial<Actor>,
): Promise<Restored | undefined> {
  const { config, clock } = deps;
  prepareDataFolder(config.dataDir);
  const present = await lookAtPresent(config, clock.now());
  let staged: Staged | undefined;
  try {
    staged = await stage(config.dataDir, wish, (manifest) => judge(config, wish, manifest, present));
    const plan = await restorePlan(staged, present);
    if (!(await wish.confirm(plan))) return undefined;
    return await carryOut(deps, { wish, present, staged, plan, actor });
  } finally {
    await staged?.discard();
    await present.store?.close();
  }
}

function judge(config: Config, wish: RestoreWish, manifest: Manifest, present: Present): void {
  requireForm(manifest, wish.form);
  if (wish.form === 'backup') {
    requireKind(manifest, { database: databaseKind(config.databaseUrl), embedded: config.embedded });
  }
  judgeMasterKey(config, manifest);
  if (config.embedded && wish.form === 'export' && !present.store) {
    throw new BackupError('there is no shop here yet; start tegata once, which makes one, and stop it again');
  }
  const { databaseFolder, clients } = present;
  const isOther = databaseFolder !== undefined && databaseFolder !== manifest.keyFolder && clients > 0;
  if (isOther && !wish.replaceKeys) {
    throw new BackupError(
      `the ${clients} clients in the database here belong to other keys than those of the file: it is the ${manifest.form} of another installation; check DATABASE_URL and TEGATA_DATA_DIR, or give --replace-keys to replace what is here`,
    );
  }
}

/** What the file's tokens and secrets hang on is the operator's to give where it does not lie in a file. */
function judgeMasterKey(config: Config, manifest: Manifest): void {
  if (config.keyStore === 'files') return;
  if (masterPrint({ masterKey: givenMasterKey(config) }) === manifest.keyFolder) return;
  throw new BackupError(
    'TEGATA_MASTER_KEY is not the master key of the file; give that one, or restore with TEGATA_KEYS=files, which brings it back as keys/master.key, and then: tegata key move --to database',
  );
}

type Work = {
  readonly wish: RestoreWish;
  readonly present: Present;
  readonly staged: Staged;
  readonly plan: RestorePlan;
  readonly actor: Partial<Actor>;
};

async function carryOut(deps: BackupDeps, work: Work): Promise<Restored> {
  const { config, clock } = deps;
  const { present, staged, plan } = work;
  const { store } = present;
  if (store) {
    await migrate(store);
    await beginRestoring(store, clock.now());
  }
  try {
    if (store) await requireNoNodes(store.db, clock.now());
    const ended = await endWhatIsOver(work, config, clock.now());
    await rememberKeys(work);
    if (config.keyStore === 'files' && plan.keys !== 'kept') await stageKeys(staged.keyFolder, staged.keys);
    const formerKeys =
      isWholeShop(plan.manifest) || !store
        ? await switchFiles(config, work, clock.now())
        : await withRights(store, 'use', () => switchRows(config, store, work, clock.now()));
    return { ...plan, ended, formerKeys };
  } finally {
    // Of the embedded shop's file that is gone there is nothing to end any more.
    if (store && !isWholeShop(plan.manifest)) await endRestoring(store.db);
  }
}

const keysAfter = ({ staged, present, plan }: Work): KeyCopy =>
  (plan.keys === 'kept' ? present.keys : undefined) ?? staged.keys;

async function rememberKeys(work: Work): Promise<void> {
  const { db } = work.staged.store;
  await db.transaction().execute((trx) => rememberKeyFolder(trx, folderOf(keysAfter(work))));
}

/** Of keys in the database: the rows. Where keys are files, no row may be left that says otherwise. */
const placeKeyRows = (config: Config, db: Db, work: Work): Promise<void> =>
  config.keyStore === 'files' ? deleteKeyRows(db) : writeKeyRows(db, keysAfter(work), givenMasterKey(config));

/** Behind the history of both: its number must be one that neither has given. */
async function noteRestored(db: Db, { wish, plan, actor }: Work, now: number): Promise<void> {
  const { form, madeAt } = plan.manifest;
  const detail = { form, made_at: new Date(madeAt * 1000).toISOString(), kept: wish.keeps };
  await recordEvent(db, { kind: 'backup_restored', occurredAt: now, ...actor, detail });
}

/** Files know no rollback, so that the keys come last in the transaction. */
const switchRows = (config: Config, store: Store, work: Work, now: number): Promise<string | undefined> =>
  store.db.transaction().execute(async (trx) => {
    const { staged, plan, wish } = work;
    await replaceRows(staged.store.db, trx, store.kit, {
      keepsHistory: plan.sameInstallation,
      ...(wish.onRows && { onRows: wish.onRows }),
    });
    await noteRestored(trx, work, now);
    await placeKeyRows(config, trx, work);
    return placeKeyFolder(config, work, now);
  });

async function placeKeyFolder(
  { keyStore, dataDir }: Config,
  { staged, plan }: Work,
  now: number,
): Promise<string | undefined> {
  if (keyStore === 'database' || plan.keys === 'kept') return undefined;
  return placeKeys(dataDir, staged.keyFolder, now);
}

/** The shop's file goes into its place by one renaming, with nothing beside it that belongs to another. */
async function switchFiles(config: Config, work: Work, now: number): Promise<string | undefined> {
  const { dataDir, databaseUrl } = config;
  const { staged, present, plan } = work;
  const file = databaseUrl.slice('sqlite:'.length);
  if (present.store && plan.sameInstallation) {
    await addHistory(present.store.db, staged.store.db, staged.store.kit);
  }
  await noteRestored(staged.store.db, work, now);
  await staged.store.db.transaction().execute((trx) => placeKeyRows(config, trx, work));
  await staged.store.close();
  makeOneFile(staged.shopFile);
  await present.store?.close();
  if (present.store) closeForReplacing(file);
  else removeDatabaseFiles(file);
  const former = await placeKeyFolder(config, work, now);
  await rename(staged.shopFile, file);
  await flushFolder(dataDir);
  return former;
}
