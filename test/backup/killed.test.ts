/**
 * kill -9 while an export of one kind of database is brought into another: the tables are those of before or those of the
 * file, never a mixture, and the command is repeated. `TEGATA_TEST_KILLS=100` tries a hundred steps instead of a few.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BackupDeps } from '../../src/app/backup/take-backup.ts';
import { parseConfig } from '../../src/app/config/config.ts';
import { openKeyFiles, prepareDataFolder } from '../../src/app/key-files.ts';
import { fixedClock, systemClock } from '../../src/base/clock.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { judgeKeyFolder } from '../../src/oauth/key-folder.ts';
import { eachDatabase } from '../support/databases.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeStaffTables } from '../support/staff.ts';
import { backUp, bringBack, fileIn, PASSPHRASE } from './backup-desk.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
const DYING = join(import.meta.dirname, '../support/die-at.ts');
const KILLS = Number(process.env.TEGATA_TEST_KILLS ?? 3);
const MARKS = 40; // rows

/** Rows in two tables, so that a mixture shows. */
async function mark(store: Store, name: string): Promise<void> {
  const names = Array.from({ length: MARKS }, (_none, i) => `mark-${i}`);
  await store.db
    .insertInto('tegata_setting')
    .values(names.map((one) => ({ name: one, value: name })))
    .execute();
  await store.db
    .insertInto('tegata_recovery_code')
    .values(names.map((one) => ({ code_hash: `${name} ${one}`, member_id: 1, created_at: 1, used_at: null })))
    .execute();
}

/** Whose rows are there. */
async function marksOf({ db }: Store): Promise<string[]> {
  const settings = await db
    .selectFrom('tegata_setting')
    .select('value')
    .where('name', 'like', 'mark-%')
    .execute();
  const codes = await db.selectFrom('tegata_recovery_code').select('code_hash').execute();
  const words = [
    ...settings.map(({ value }) => value),
    ...codes.map(({ code_hash: hash }) => hash.split(' ')[0]),
  ];
  return [...Map.groupBy(words, (word) => word)].map(([word, all]) => `${word} ${all.length}`).sort();
}

const OF_FILE = [`file ${2 * MARKS}`];
const OF_HERE = [`here ${2 * MARKS}`];

eachDatabase((db) => {
  const folder = scratchFolder('tegata-import-killed-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const at = async (url: string, name: string): Promise<BackupDeps> => {
    const dataDir = join(folder, name);
    prepareDataFolder(dataDir);
    await openKeyFiles(dataDir, systemClock.now());
    return {
      clock: fixedClock(systemClock.now()),
      config: parseConfig({ DATABASE_URL: url, TEGATA_DATA_DIR: dataDir }),
    };
  };

  test('an import from another kind of database, killed at any step', {
    timeout: 120_000 + KILLS * 30_000,
  }, async () => {
    const source = openStore(`sqlite:${join(folder, 'there.db')}`);
    await makeStaffTables(source);
    const there = await at(`sqlite:${join(folder, 'there.db')}`, 'there');
    const file = fileIn(folder, 'there.export');
    await migrate(source);
    await mark(source, 'file');
    await source.close();
    await backUp(there, file, 'export');

    const store = await db.openMigrated();
    await makeStaffTables(store);
    const here = await at(db.url, 'here');
    await mark(store, 'here');
    const old = fileIn(folder, 'here.export');
    await backUp(here, old, 'export');
    const count = join(folder, 'count');
    const run = async (step: number): Promise<void> => {
      const child = spawn(
        process.execPath,
        ['--import', DYING, MAIN, 'import', file, '--move', '--yes', '--replace-keys'],
        {
          env: {
            PATH: process.env.PATH,
            NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
            DATABASE_URL: db.url,
            TEGATA_DATA_DIR: here.config.dataDir,
            TEGATA_BACKUP_PASSPHRASE: PASSPHRASE,
            DIE_AT: String(step),
            DIE_FROM: '',
            DIE_COUNT: step === 0 ? count : '',
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      const said: Buffer[] = [];
      child.stderr?.on('data', (data: Buffer) => said.push(data));
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      const error = Buffer.concat(said).toString();
      // It may have come to its end a step or two earlier than the last time.
      const died = step > 0 && signal === 'SIGKILL';
      expect([step, error, died || code === 0]).toEqual([step, '', true]);
    };
    await run(0);
    const whole = Number(readFileSync(count, 'utf8'));
    expect(await marksOf(store)).toEqual(OF_FILE);
    for (let i = 0; i < Math.min(KILLS, whole); i += 1) {
      const step = KILLS >= whole ? i + 1 : Math.ceil(((i + 0.7) * whole) / KILLS);
      await bringBack(here, old, { form: 'export', keeps: 'all', replaceKeys: true });
      expect(await marksOf(store)).toEqual(OF_HERE);
      await run(step);
      expect([OF_HERE, OF_FILE], `killed at ${step} of ${whole}`).toContainEqual(await marksOf(store));
      await bringBack(here, file, { form: 'export', keeps: 'all', replaceKeys: true });
      expect(await marksOf(store)).toEqual(OF_FILE);
      const keys = await openKeyFiles(here.config.dataDir, here.clock.now());
      expect(await judgeKeyFolder(store.db, keys, here.clock.now())).toBe('ours');
      expect(readdirSync(here.config.dataDir)).toEqual(['keys']);
    }
  });
});
