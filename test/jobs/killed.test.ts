/** A job of 2,000 lines whose server is killed twice in the middle: each line is done once, and its result is whole. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { eachDatabaseAtOnce } from '../support/databases.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';

const LINES = 2_000;
const FAILS_EVERY = 9;
const QUERY = `mutation ($id: ID!, $reference: String) {
  customerPointChange(id: $id, delta: 1, reason: "job", reference: $reference) { id } }`;
const lines = Array.from({ length: LINES }, (_, i) =>
  JSON.stringify({ id: i % FAILS_EVERY === 0 ? '999999' : '1', reference: `r${i + 1}` }),
);
const failing = lines.filter((line) => line.includes('999999')).length;

type Seen = { status: string; processed: number; succeeded: number; failed: number };

eachDatabaseAtOnce((db) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tegata-job-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('nothing is done twice, nothing is left out', { timeout: 240_000 }, async () => {
    const store = await db.openMigrated();
    await createEmbeddedShop(store, {
      registry: buildRegistry(coreEntities),
      clock: systemClock,
      currency: 'JPY',
      admin: { loginId: 'admin', name: '管理者', passwordHash: 'x' },
    });
    // Each start has a port of its own; the tokens' issuer stays what it is.
    const env = { DATABASE_URL: db.url, TEGATA_DATA_DIR: dataDir, PUBLIC_URL: 'https://api.example' };
    const start = () => startProgram({ dataDir, env });
    const create = [
      'client',
      'create',
      '--name',
      'job',
      '--scope',
      'read write',
      '--grant',
      'client_credentials',
    ];
    const made = await runProgram([...create, '--json'], env);
    const client = JSON.parse(made.stdout) as { client_id: string; client_secret: string };

    let program = await start();
    const token = await tokenOf(program, client);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${program.url}/api/jobs?${new URLSearchParams({ query: QUERY })}`, {
      method: 'POST',
      body: lines.join('\n'),
      headers: { ...headers, 'content-type': 'application/jsonl' },
    });
    const { id } = (await answer.json()) as { id: string };
    const see = async () =>
      (await (await fetch(`${program.url}/api/jobs/${id}`, { headers })).json()) as Seen;
    const until = async (holds: (seen: Seen) => boolean): Promise<Seen> => {
      for (;;) {
        const seen = await see();
        if (holds(seen)) return seen;
        if (!['queued', 'running'].includes(seen.status))
          throw new Error(`it has ended: ${JSON.stringify(seen)}`);
        await sleep(20);
      }
    };
    let before = 0;
    for (let kills = 0; kills < 2; kills += 1) {
      const seen = await until(({ processed }) => processed > before);
      expect(seen.status).toBe('running');
      before = seen.processed;
      await kill(program);
      program = await start();
    }
    const end = await until(({ status }) => status !== 'running' && status !== 'queued');
    expect(end).toMatchObject({ status: 'completed', succeeded: LINES - failing, failed: failing });

    const result = await (await fetch(`${program.url}/api/jobs/${id}/result`, { headers })).text();
    const told = result
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; errors?: unknown });
    expect(told.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 1));
    expect(told.filter(({ errors }) => errors !== undefined)).toHaveLength(failing);
    const { rows } = await sql<{ times: unknown; apart: unknown }>`
      select count(*) as times, count(distinct reference) as apart from tegata_point_change`.execute(
      store.db,
    );
    expect([Number(rows[0]?.times), Number(rows[0]?.apart)]).toEqual([LINES - failing, LINES - failing]);
    await program.stop();
  });
});

async function tokenOf(
  { url }: Program,
  client: { client_id: string; client_secret: string },
): Promise<string> {
  const body = new URLSearchParams({ ...client, grant_type: 'client_credentials', scope: 'read write' });
  const answer = await fetch(`${url}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function kill({ pid, stop, url }: Program): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await stop();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
}
