/** The real plugin's recorded answers, asked again of Tegata on the dump of the same shop (../shared/eccube/real-shop). */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { describeUnless } from '../support/left-out.ts';
import { type Difference, deliberateDifferences } from './deliberate-differences.ts';
import { asPlugin } from './support/real-shop.ts';
import { type ShopApi, startApi } from './support/shop-api.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/eccube/real-shop');
const SERVER = process.env.TEGATA_TEST_POSTGRES_URL;

type Recorded = {
  label: string;
  scopes: string[] | null | 'bad';
  method: string;
  path: string;
  contentType: string | null;
  body: string | null;
  status: number;
  answer?: Answer;
};
type Answer = { data?: unknown; errors?: { message: string; extensions: { category: string } }[] };

const lacking = !existsSync(FOLDER)
  ? 'the recorded shop is not here'
  : SERVER
    ? undefined
    : 'TEGATA_TEST_POSTGRES_URL is not set';

describeUnless(lacking, 'recorded answers of the real plugin', () => {
  const cases: Recorded[] = lacking
    ? []
    : JSON.parse(readFileSync(join(FOLDER, 'queries-pgsql.json'), 'utf8'));
  const name = `tegata_recorded_${randomBytes(6).toString('hex')}`;
  let store: Store;
  /** As it is, and as if its tables were large. */
  let shops: ShopApi[] = [];

  beforeAll(async () => {
    await run('postgres', `create database ${name} template template0 encoding 'UTF8'`);
    // Lines with a backslash are for psql alone.
    const dump = readFileSync(join(FOLDER, 'eccube43-pgsql.sql'), 'utf8').replace(/^\\.*$/gm, '');
    await run(name, dump);
    store = openStore(urlOf(name));
    await migrate(store);
    await installFeed(store);
    shops = [await startApi(store), await startApi(store, { large: { rows: 1 } })];
  });
  afterAll(async () => {
    await Promise.all(shops.map((shop) => shop.close()));
    await store?.close();
    await run('postgres', `drop database if exists ${name} with (force)`);
  });

  test.each(cases.map((one) => [one.label, one] as const))('%s', async (label, recorded) => {
    for (const shop of shops) await compare(shop, label, recorded);
  });

  test('every deliberate difference belongs to a recorded case', () => {
    const labels = new Set(cases.map(({ label }) => label));
    expect(Object.keys(deliberateDifferences).filter((label) => !labels.has(label))).toEqual([]);
  });
});

async function compare(shop: ShopApi, label: string, recorded: Recorded): Promise<void> {
  const response = await send(shop.url, recorded);
  const answer = asPlugin((await response.json()) as Answer);
  const difference = deliberateDifferences[label];
  expect(response.status).toBe(difference?.status ?? recorded.status);
  if (difference) {
    const given = [response.status, answer];
    expect(given, 'no difference, so it needs no reason').not.toEqual([recorded.status, recorded.answer]);
    expectDifference(difference, answer, recorded.answer);
  }
  // As texts, so that the order of the keys counts. Where nothing is recorded the plugin answered with a page.
  else if (recorded.answer) expect(JSON.stringify(answer)).toBe(JSON.stringify(recorded.answer));
  expect(shop.log).toEqual([]);
}

function expectDifference({ wording, says }: Difference, answer: Answer, recorded: Answer | undefined): void {
  if (wording) expect(categories(answer)).toEqual(categories(recorded));
  else if (says) expect(answer.errors?.[0]?.message).toContain(says);
  else expect(answer.errors).toBeUndefined();
}

function send(url: string, { scopes, method, path, contentType, body }: Recorded): Promise<Response> {
  const token = scopes === 'bad' ? 'bad' : scopes?.join('-');
  return fetch(new URL(path, url), {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method !== 'GET' && { 'content-type': contentType ?? 'application/json' }),
    },
    ...(body !== null && { body }),
  });
}

const categories = (answer: Answer | undefined): unknown =>
  answer?.errors?.map(({ extensions }) => extensions.category);

function urlOf(database: string): string {
  const url = new URL(SERVER ?? '');
  url.pathname = `/${database}`;
  return url.href;
}

async function run(database: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
