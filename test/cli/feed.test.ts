/** `tegata feed …` on the embedded shop, which has the feed from the start. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { useCli } from './cli.ts';

type Answer = {
  state: string;
  triggers: { name: string; table: string; state: string }[];
  skipped_tables: string[];
  head: number;
  rows: { waiting: number; kept: number; deliveries: Record<string, number> };
};
type Checks = { checks: { name: string; state: string; says: string; todo?: string }[] };

const cli = useCli();

async function withShop<T>(work: (store: ReturnType<typeof openStore>) => Promise<T>): Promise<T> {
  const store = openStore(`sqlite:${join(cli.dataDir, 'shop.db')}`);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const triggersInShop = () =>
  withShop(async ({ db }) => {
    const { rows } = await sql<{
      name: string;
    }>`select name from sqlite_master where type = 'trigger'`.execute(db);
    return rows.map(({ name }) => name);
  });

const doctorsFeed = async () => {
  const { stdout } = await cli.run('doctor', '--json');
  return (JSON.parse(stdout) as Checks).checks.find(({ name }) => name === 'change feed');
};

test('a new shop has it; taking it off leaves nothing, and it stays off until it is put back', async () => {
  const first = await cli.json<Answer>('feed', 'status');
  expect(first.state).toBe('installed');
  expect(first.triggers.every(({ state }) => state === 'ok')).toBe(true);
  expect(first.triggers.some(({ table }) => table === 'dtb_order')).toBe(true);
  expect(first.rows).toMatchObject({ deliveries: { pending: 0, failed: 0 } });
  expect((await doctorsFeed())?.state).toBe('ok');

  const unasked = await cli.run('feed', 'remove');
  expect([unasked.code, unasked.stderr.includes('--yes')]).toEqual([2, true]);
  expect((await triggersInShop()).length).toBe(first.triggers.length);

  expect((await cli.json<Answer>('feed', 'remove', '--yes')).state).toBe('absent');
  expect(await triggersInShop()).toEqual([]);
  const status = await cli.run('feed', 'status');
  expect(status.stdout).toContain('tegata feed install');
  expect(await doctorsFeed()).toMatchObject({ state: 'note', says: expect.stringContaining('feed install') });
  expect(await triggersInShop()).toEqual([]);

  expect((await cli.json<Answer>('feed', 'install')).state).toBe('installed');
  expect((await triggersInShop()).length).toBe(first.triggers.length);
});

test('a trigger that somebody dropped is named, and mended', async () => {
  const [lost] = (await cli.json<Answer>('feed', 'install')).triggers;
  await withShop(({ db }) => sql.raw(`drop trigger ${lost?.name}`).execute(db));
  const status = await cli.run('feed', 'status');
  expect(status.code).toBe(1);
  expect(status.stdout).toContain(`${lost?.name}`);
  expect(status.stdout).toContain('missing');
  expect(await doctorsFeed()).toMatchObject({
    state: 'fault',
    says: expect.stringContaining(`${lost?.name}`),
  });
  expect((await cli.json<Answer>('feed', 'install')).state).toBe('installed');
});

test('a shop of somebody else’s has it only when asked for', async () => {
  const file = join(cli.dataDir, 'shop.db');
  await cli.json('feed', 'remove', '--yes');
  const env = join(cli.dataDir, 'theirs.env');
  writeFileSync(env, `DATABASE_URL=sqlite:${file}\n`);
  expect((await cli.json<Answer>('feed', 'status', '--env-file', env)).state).toBe('absent');
  await cli.json('key', 'list', '--env-file', env);
  expect(await triggersInShop()).toEqual([]);
  expect((await cli.json<Answer>('feed', 'install', '--env-file', env)).state).toBe('installed');
});
