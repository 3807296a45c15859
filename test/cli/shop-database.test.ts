/** The commands on a shop that is not ours: a copy of an EC-CUBE database named by its `.env`. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandHere } from '../support/command.ts';
import { scratchFolder } from '../support/scratch.ts';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Report = { ok: boolean; checks: { name: string; state: string; says: string; todo?: string }[] };

const maker = useCli();
const folder = scratchFolder('tegata-shop-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const envFile = join(folder, '.env');
const database = join(folder, 'var', 'eccube.db');

const run = (...args: string[]) =>
  runCommandHere([...args, '--env-file', envFile], { TEGATA_DATA_DIR: join(folder, 'tegata') });

async function doctor(): Promise<Report> {
  const { stdout } = await run('doctor', '--json');
  return JSON.parse(stdout) as Report;
}

function sql(...statements: string[]): void {
  const shop = new DatabaseSync(database);
  for (const statement of statements) shop.exec(statement);
  shop.close();
}

/** A shop as EC-CUBE leaves it: no table of ours, a member with a password of 4.2. */
beforeAll(async () => {
  await maker.json('member', 'list');
  mkdirSync(join(folder, 'var'));
  const made = new DatabaseSync(join(maker.dataDir, 'shop.db'));
  made.exec('pragma wal_checkpoint(truncate)');
  made.close();
  copyFileSync(join(maker.dataDir, 'shop.db'), database);
  // As PHP’s dotenv reads it.
  writeFileSync(envFile, `DB_FILE='eccube.db'\nDATABASE_URL="sqlite:///var/\${DB_FILE}" # EC-CUBE\n`);
  const shop = new DatabaseSync(database);
  const masters = shop
    .prepare(`select type, name from sqlite_master where name like 'tegata!_%' escape '!'`)
    .all();
  for (const type of ['trigger', 'table']) {
    for (const one of masters.filter((master) => master.type === type)) {
      shop.exec(`drop ${type} if exists "${one.name}"`);
    }
  }
  const triggers = shop.prepare(`select name from sqlite_master where type = 'trigger'`).all();
  for (const { name } of triggers) shop.exec(`drop trigger "${name}"`);
  shop.close();
  sql(`update dtb_member set password = '${'0'.repeat(64)}', salt = 'abcde12345'`);
});

test('nothing works before the migrations, and each says so; plan tells, apply does, twice changes nothing', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  expect(refusalOf(await run('client', 'list'))).toContain('tegata migrate apply');
  const plan = JSON.parse((await run('migrate', 'plan', '--json')).stdout) as { pending: string[] };
  expect(plan.pending[0]).toBe('0001-foundation');
  expect(refusalOf(await run('client', 'list'))).toContain('tegata migrate apply');

  const applied = JSON.parse((await run('migrate', 'apply', '--json')).stdout) as { applied: string[] };
  expect(applied.applied).toEqual(plan.pending);
  expect(JSON.parse((await run('migrate', 'apply', '--json')).stdout)).toEqual({ applied: [] });
  expect(JSON.parse((await run('migrate', 'plan', '--json')).stdout)).toEqual({ pending: [] });
  const status = JSON.parse((await run('migrate', 'status', '--json')).stdout) as { applied_at: string }[];
  expect(status.every(({ applied_at }) => !Number.isNaN(Date.parse(applied_at)))).toBe(true);
  expect((await run('client', 'list')).code).toBe(0);
});

test('doctor says what must be mended, and is content when it is', async () => {
  const sick = await doctor();
  expect(sick.ok).toBe(false);
  const magic = sick.checks.find(({ name }) => name === 'ECCUBE_AUTH_MAGIC');
  expect(magic).toMatchObject({ state: 'fault', todo: expect.stringContaining('ECCUBE_AUTH_MAGIC') });
  expect((await run('doctor')).code).toBe(1);

  writeFileSync(envFile, 'DATABASE_URL=sqlite:///var/eccube.db\nECCUBE_AUTH_MAGIC=shop-magic\n');
  const healthy = await doctor();
  expect(healthy.checks.filter(({ state }) => state === 'fault')).toEqual([]);
  expect(healthy.ok).toBe(true);
});

test('doctor names what the shop lacks and what others can read', async () => {
  sql('drop table dtb_login_history', 'update dtb_member set authority_id = 1');
  const { checks } = await doctor();
  const saying = (words: string) => checks.find(({ says }) => says.includes(words));
  expect(saying('dtb_login_history is absent')?.state).toBe('note');
  expect(saying('no active member is システム管理者')?.state).toBe('warning');
});
