/**
 * A job of products whose server is killed twice in the middle: each product is there once, as the screens would have made it,
 * and the result is whole. `TEGATA_TEST_KILLED_PRODUCTS=5000` runs it at full size.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { eachDatabaseAtOnce } from '../support/databases.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';
import { catalogueAround, expectSeason, SEASON_QUERY, type Season, seasonLines } from './support/season.ts';

const PRODUCTS = Number(process.env.TEGATA_TEST_KILLED_PRODUCTS ?? 240);
const IMAGES = Math.ceil(PRODUCTS / 20);
const LIMIT_MS = 240_000 + PRODUCTS * 1_000;

type Seen = { status: string; processed: number; succeeded: number; failed: number };
type Headers = Readonly<Record<string, string>>;

eachDatabaseAtOnce((db) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tegata-job-'));
  const folder = join(dataDir, 'images');
  mkdirSync(folder);
  let program: Program | undefined;
  afterAll(async () => {
    await program?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('nothing is done twice, nothing is left out', { timeout: LIMIT_MS }, async () => {
    const store = await db.openShop();
    // Each start has a port of its own; the tokens' issuer stays what it is.
    const env = {
      DATABASE_URL: db.url,
      TEGATA_DATA_DIR: dataDir,
      TEGATA_IMAGE_DIR: folder,
      PUBLIC_URL: 'https://api.example',
    };
    const start = async (): Promise<Program> => {
      const started = await startProgram({ dataDir, env });
      program = started;
      return started;
    };
    const create = ['client', 'create', '--name', 'job', '--scope', 'read write'];
    const made = await runProgram([...create, '--grant', 'client_credentials', '--json'], env);
    const client = JSON.parse(made.stdout) as { client_id: string; client_secret: string };

    let running = await start();
    const headers = { authorization: `Bearer ${await tokenOf(running, client)}` };
    const season = await prepare(running, headers);
    const lines = seasonLines(season);
    const failing = lines.filter(({ fails }) => fails).length;
    const around = await catalogueAround(store.db);
    const answer = await fetch(`${running.url}/api/jobs?${new URLSearchParams({ query: SEASON_QUERY })}`, {
      method: 'POST',
      body: lines.map(({ text }) => text).join('\n'),
      headers: { ...headers, 'content-type': 'application/jsonl' },
    });
    const { id } = (await answer.json()) as { id: string };
    const since = performance.now();
    const until = async (holds: (seen: Seen) => boolean): Promise<Seen> => {
      for (;;) {
        const seen = (await asked(`${running.url}/api/jobs/${id}`, { headers })) as Seen;
        if (holds(seen)) return seen;
        if (!['queued', 'running'].includes(seen.status))
          throw new Error(`it has ended: ${JSON.stringify(seen)}`);
        await sleep(20);
      }
    };
    let before = 0;
    for (let kills = 1; kills <= 2; kills += 1) {
      const seen = await until(({ processed }) => processed > before);
      expect(seen.status).toBe('running');
      before = Math.max(seen.processed, (lines.length * kills) / 4);
      await kill(running);
      running = await start();
    }
    const end = await until(({ status }) => status !== 'running' && status !== 'queued');
    expect(end).toMatchObject({ status: 'completed', succeeded: PRODUCTS, failed: failing });
    console.info(`${db.name}: ${PRODUCTS} products in ${((performance.now() - since) / 1000).toFixed(0)} s`);

    const result = await (await fetch(`${running.url}/api/jobs/${id}/result`, { headers })).text();
    const told = result
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; errors?: unknown });
    expect(told.map(({ line, errors }) => [line, errors !== undefined])).toEqual(
      lines.map(({ fails }, i) => [i + 1, fails]),
    );
    await expectSeason(store.db, folder, season);
    expect(await catalogueAround(store.db)).toEqual(around);
  });
});

/** What a request comes to; one that a busy machine turns away is sent again. */
async function asked(url: string, init: RequestInit): Promise<unknown> {
  for (;;) {
    const answer = await fetch(url, init);
    if (answer.status !== 503) return answer.json();
    await sleep(Number(answer.headers.get('retry-after')) * 1000);
  }
}

async function prepare({ url }: Program, headers: Headers): Promise<Season> {
  const api = async (query: string) => {
    const init = { method: 'POST', body: JSON.stringify({ query }) };
    const answer = await asked(`${url}/api`, {
      ...init,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    return (answer as { data: Record<string, { id: string }> }).data;
  };
  const { it: axis } = await api('mutation { it: classNameCreate(name: "寸法") { id } }');
  const add = (name: string) =>
    `${name}: classCategoryCreate(class_name_id: ${axis?.id}, name: "${name}") { id }`;
  const sizes = Object.values(await api(`mutation { ${['S', 'M', 'L'].map(add).join(' ')} }`));
  const { it: parent } = await api('mutation { it: categoryCreate(name: "季節") { id } }');
  const { it: leaf } = await api(
    `mutation { it: categoryCreate(name: "秋", parent_id: ${parent?.id}) { id } }`,
  );
  const body = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c0ffee' } })
    .png()
    .toBuffer();
  const images: string[] = [];
  while (images.length < IMAGES) {
    const init = { method: 'POST', body: new Uint8Array(body) };
    const taken = await asked(`${url}/api/images`, {
      ...init,
      headers: { ...headers, 'content-type': 'image/png' },
    });
    images.push((taken as { file_name: string }).file_name);
  }
  const category = { id: Number(leaf?.id), parent: Number(parent?.id) };
  return { products: PRODUCTS, sizes: sizes.map(({ id }) => id), category, images };
}

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
