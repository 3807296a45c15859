/** What a dump holds, of which version, and where it can go: from each database to SQLite and back, and out of the past. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeContainer } from '../../src/app/backup/container.ts';
import type { Manifest } from '../../src/app/backup/manifest.ts';
import type { BackupDeps } from '../../src/app/backup/take-backup.ts';
import { parseConfig } from '../../src/app/config/config.ts';
import { openKeyFiles, prepareDataFolder } from '../../src/app/key-files.ts';
import { fixedClock } from '../../src/base/clock.ts';
import { keptTables } from '../../src/database/dump/kept-tables.ts';
import { batchesOf, type DumpedRow } from '../../src/database/dump/read-rows.ts';
import { insertRows } from '../../src/database/dump/write-rows.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import { migrate, migrationStates } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { scratchFolder } from '../support/scratch.ts';
import { addMember, makeStaffTables } from '../support/staff.ts';
import { backUp, bringBack, fileIn, PASSPHRASE } from './backup-desk.ts';

const NOW = 1_775_001_600;
const clock = fixedClock(NOW);
const SEEDS = join(import.meta.dirname, '../database/migrations');

type Seed = Record<string, DumpedRow[]>;

/** A row of each table, of those that the tests of the migrations know; of the past, without the columns of today. */
async function seed(store: Store): Promise<void> {
  const live = await readLiveSchema(store);
  const columnsOf = (name: string) => live.get(name) ?? new Set<string>();
  const names = (await migrationStates(store)).filter(({ appliedAt }) => appliedAt).map(({ name }) => name);
  const found: Seed = {};
  for (const name of names) {
    const golden = JSON.parse(readFileSync(join(SEEDS, `${name}.golden.json`), 'utf8')) as Seed;
    for (const [table, rows] of Object.entries(golden)) found[table] ??= rows.slice(0, 1);
  }
  for (const table of keptTables()) {
    const rows = found[table.name];
    if (!rows || table.name === 'tegata_feed_head') continue;
    const known = columnsOf(table.name);
    const fit = (row: DumpedRow) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name)));
    await insertRows(store.db, store.kit, { ...table, isHistory: true }, rows.map(fit));
    if (table.isHistory) await store.kit.followHighestId(table.name, table.key[0])?.execute(store.db);
  }
  // A grant of another member would end.
  await store.db.updateTable('tegata_grant').set({ member_id: 1, login_id: 'hanako' }).execute();
  const wide = { name: 'wide', value: '髙橋 𠮷野家"\\\n' };
  await store.db.insertInto('tegata_setting').values(wide).execute();
}

const makeStaff = async (store: Store): Promise<void> => {
  await makeStaffTables(store);
  await addMember(store, 'hanako');
};

async function contentOf(url: string): Promise<Seed> {
  const store = openStore(url);
  const content: Seed = {};
  for (const table of keptTables()) {
    content[table.name] = [];
    for await (const rows of batchesOf(store.db, table)) {
      content[table.name]?.push(...rows.map((row) => ({ ...row })));
    }
  }
  await store.close();
  return content;
}

/** What each restore sets anew. */
const comparable = ({ tegata_event: _, tegata_feed_head: __, ...content }: Seed): Seed => ({
  ...content,
  tegata_setting: content.tegata_setting?.filter(({ name }) => name !== 'key_folder') ?? [],
  tegata_webhook: content.tegata_webhook?.map((row) => ({ ...row, feed_position: 0 })) ?? [],
});

eachDatabase((db) => {
  const folder = scratchFolder('tegata-between-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let here: BackupDeps;
  let store: Store;

  const at = async (url: string, name: string): Promise<BackupDeps> => {
    const dataDir = join(folder, name);
    prepareDataFolder(dataDir);
    await openKeyFiles(dataDir, NOW);
    return { clock, config: parseConfig({ DATABASE_URL: url, TEGATA_DATA_DIR: dataDir }) };
  };

  beforeAll(async () => {
    store = await db.openMigrated();
    await makeStaff(store);
    await seed(store);
    here = await at(db.url, 'here');
  });

  test('every table of ours is kept or left out on purpose, by its real primary key', async () => {
    const { rows } = await store.kit.indexColumns.execute(store.db);
    for (const { name, key } of keptTables()) {
      const columns = rows.filter(({ table, column }) => table === name && column !== null);
      const indexes = Map.groupBy(columns, ({ index }) => index);
      const keys = [...indexes.values()].map((parts) =>
        parts.sort((a, b) => a.place - b.place).map(({ column }) => column),
      );
      expect([name, keys]).toEqual([name, expect.arrayContaining([[...key]])]);
    }
  });

  test('a move to another kind of database and back loses and changes nothing', async () => {
    const before = await contentOf(db.url);
    expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(20);
    const file = fileIn(folder, 'tegata.export');
    await backUp(here, file, 'export');
    const url = `sqlite:${join(folder, 'there.db')}`;
    const target = openStore(url);
    await makeStaff(target);
    await target.close();
    const there = await at(url, 'there');
    const moved = await bringBack(there, file, { form: 'export', keeps: 'all' });
    expect(moved).toMatchObject({ keys: 'replaced', sameInstallation: false });
    expect(comparable(await contentOf(url))).toEqual(comparable(before));
    const back = fileIn(folder, 'back.export');
    await backUp(there, back, 'export');
    const returned = await bringBack(here, back, { form: 'export', keeps: 'all' });
    expect(returned).toMatchObject({ keys: 'kept', sameInstallation: true });
    expect(comparable(await contentOf(db.url))).toEqual(comparable(before));
    // The next row gets a number that is free.
    await store.db
      .insertInto('tegata_event')
      .values({ occurred_at: NOW, kind: 'logout', detail: '{}' })
      .execute();
  });

  test('without --move apps are approved again', async () => {
    const file = fileIn(folder, 'tegata.export');
    await backUp(here, file, 'export');
    await store.db.updateTable('tegata_grant').set({ revoked_at: null }).execute();
    await bringBack(here, file, { form: 'export' });
    const live = await store.db
      .selectFrom('tegata_grant')
      .where('revoked_at', 'is', null)
      .selectAll()
      .execute();
    expect(live).toEqual([]);
  });

  test('a backup of another kind of database, or of a shop of Tegata’s own, names the way', async () => {
    const file = fileIn(folder, 'other.backup');
    const made = await backUp(here, file);
    const wrong: Manifest = { ...made.manifest, embedded: true };
    await writeContainer({ file, passphrase: PASSPHRASE, log2N: 10 }, frames(wrong));
    await expect(bringBack(here, file)).rejects.toThrow('tegata export FILE there');
  });

  test('a file of a newer Tegata is refused, whatever is in it', async () => {
    const file = fileIn(folder, 'newer.backup');
    const { manifest } = await backUp(here, file);
    const newer = { ...manifest, version: '9.0.0', migrations: [...manifest.migrations, '9999-tomorrow'] };
    await writeContainer({ file, passphrase: PASSPHRASE, log2N: 10 }, frames(newer));
    await expect(bringBack(here, file)).rejects.toThrow('made by a newer Tegata (9.0.0');
  });

  test('a backup of 0.1.0 comes back into the tables of today', async () => {
    const url = `sqlite:${join(folder, 'past.db')}`;
    const past = openStore(url);
    await migrate(past, '0015-first-answers');
    await seed(past);
    await past.close();
    const file = fileIn(folder, 'past.export');
    await backUp(await at(url, 'past'), file, 'export');
    await bringBack(here, file, { form: 'export', replaceKeys: true });
    expect(await store.db.selectFrom('tegata_webhook').select('parts').execute()).toEqual([{ parts: null }]);
    expect((await migrationStates(store)).filter(({ appliedAt }) => appliedAt === null)).toEqual([]);
  });
});

async function* frames(manifest: Manifest) {
  yield { kind: 'manifest', manifest } as const;
}
