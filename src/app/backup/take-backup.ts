/** Makes a backup, or an export for another kind of database, while the server runs: one state of the database, and the keys. */
import { closeSync, createReadStream, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { recordEvent } from '../../audit/events.ts';
import type { Actor } from '../../audit/origin.ts';
import type { Clock } from '../../base/clock.ts';
import { copyDatabase } from '../../database/dialect/sqlite/whole-file.ts';
import { keptTables } from '../../database/dump/kept-tables.ts';
import { batchesOf } from '../../database/dump/read-rows.ts';
import { withSnapshot } from '../../database/dump/snapshot.ts';
import { readLiveSchema } from '../../database/live-schema.ts';
import { appliedMigrations } from '../../database/migrate.ts';
import { isGone } from '../../database/nodes/process-mark.ts';
import { databaseKind, openStore, type Store } from '../../database/open.ts';
import { claimKeyFolder, FOREIGN_FOLDER, masterPrint } from '../../oauth/key-folder.ts';
import type { Config } from '../config/config.ts';
import { VERSION } from '../version.ts';
import { type Sealed, writeContainer } from './container.ts';
import type { Frame } from './frames.ts';
import { folderOf, keysInUse } from './key-copy.ts';
import type { KeyCopy } from './key-rows-copy.ts';
import { BackupError, type Manifest } from './manifest.ts';

export type BackupDeps = { readonly config: Config; readonly clock: Clock };

export type BackupWish = Sealed & { readonly form: Manifest['form']; readonly overwrite: boolean };

export type TakenBackup = {
  readonly manifest: Manifest;
  /** By table; empty where the whole shop is one file. */
  readonly rows: ReadonlyMap<string, number>;
};

const READ_BYTES = 256 * 1024;

export async function takeBackup(
  deps: BackupDeps,
  wish: BackupWish,
  actor: Partial<Actor>,
): Promise<TakenBackup> {
  const { config } = deps;
  judgeTarget(wish);
  await judgeSource(deps);
  const rows = new Map<string, number>();
  const manifest = await withSnapshot(config.databaseUrl, async (source) => {
    // The state of the database is taken by now: keys that come after it harm nothing.
    const migrations = await appliedMigrations(source);
    const keys = await keysInUse(config, source);
    const made = manifestOf(deps, wish.form, migrations, keys);
    await writeContainer(wish, framesOf(deps, { made, source, keys, rows }));
    return made;
  });
  await noteMade(deps, manifest, actor);
  return { manifest, rows };
}

function judgeTarget({ file, overwrite }: BackupWish): void {
  if (existsSync(file) && !overwrite) {
    throw new BackupError(`${file} is there already; name another file, or give --overwrite`);
  }
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) throw new BackupError(`${folder} does not exist; make the folder first`);
}

/** A backup with keys that are not those of the database would be worth nothing; one that has none yet remembers these. */
async function judgeSource({ config, clock }: BackupDeps): Promise<void> {
  if (config.embedded && !existsSync(config.databaseUrl.slice('sqlite:'.length))) {
    throw new BackupError(`${config.dataDir} holds no shop yet: there is nothing to keep`);
  }
  const store = openStore(config.databaseUrl, { poolSize: 1, statementTimeoutSeconds: undefined });
  try {
    if ((await appliedMigrations(store)).length === 0) {
      throw new BackupError('the database has none of Tegata’s tables: there is nothing to keep yet');
    }
    const keys = folderOf(await keysInUse(config, store));
    if ((await claimKeyFolder(store, keys, clock.now())) !== 'foreign') return;
    throw new BackupError(`${FOREIGN_FOLDER}; a backup of both would not fit together`);
  } finally {
    await store.close();
  }
}

const manifestOf = (
  { config, clock }: BackupDeps,
  form: Manifest['form'],
  migrations: readonly string[],
  keys: KeyCopy,
): Manifest => ({
  format: 1,
  form,
  madeAt: clock.now(),
  version: VERSION,
  database: databaseKind(config.databaseUrl),
  embedded: config.embedded,
  migrations,
  keyFolder: masterPrint(folderOf(keys)),
});

type Source = Pick<Store, 'db' | 'kit'>;

type Content = {
  readonly made: Manifest;
  readonly source: Source;
  readonly keys: KeyCopy;
  readonly rows: Map<string, number>;
};

async function* framesOf(
  { config }: BackupDeps,
  { made, source, keys, rows }: Content,
): AsyncGenerator<Frame> {
  yield { kind: 'manifest', manifest: made };
  for (const [name, bytes] of keys) {
    yield { kind: 'file', name: `keys/${name}` };
    yield { kind: 'bytes', bytes };
  }
  if (made.form === 'backup' && made.embedded) yield* shopFrames(config);
  else yield* rowFrames(source, rows);
}

async function* rowFrames(source: Source, counts: Map<string, number>): AsyncGenerator<Frame> {
  const there = await readLiveSchema(source);
  for (const table of keptTables().filter(({ name }) => there.has(name))) {
    counts.set(table.name, 0);
    for await (const rows of batchesOf(source.db, table)) {
      counts.set(table.name, (counts.get(table.name) ?? 0) + rows.length);
      yield { kind: 'rows', table: table.name, rows };
    }
  }
}

const DRAFT = /^backup-(\d+)\.db(?:-journal)?$/;

async function* shopFrames({ databaseUrl, dataDir }: Config): AsyncGenerator<Frame> {
  removeLeftDrafts(dataDir);
  const draft = join(dataDir, `backup-${process.pid}.db`);
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    copyDatabase(databaseUrl.slice('sqlite:'.length), draft);
    yield { kind: 'file', name: 'shop.db' };
    for await (const bytes of createReadStream(draft, { highWaterMark: READ_BYTES })) {
      yield { kind: 'bytes', bytes: bytes as Buffer };
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Of a backup that was killed. */
function removeLeftDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || isGone(Number(pid)))) {
      rmSync(join(dataDir, name), { force: true });
    }
  }
}

async function noteMade(
  { config, clock }: BackupDeps,
  { form }: Manifest,
  actor: Partial<Actor>,
): Promise<void> {
  const store = openStore(config.databaseUrl, { poolSize: 1, statementTimeoutSeconds: 30 });
  try {
    await recordEvent(store.db, {
      kind: 'backup_made',
      occurredAt: clock.now(),
      ...actor,
      detail: { form },
    });
  } finally {
    await store.close();
  }
}
