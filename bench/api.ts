/**
 * `npm run bench -- api`: the catalogue question of the real shop on PostgreSQL, beside a bare server written by hand for it, in
 * the same run; then how long a page and a filtered search take as the shop grows to a million products.
 * `npm run bench -- api 1000 100000` names other sizes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../scripts/servers/postgres.ts';
import { freePort } from '../test/support/free-port.ts';
import { type ApiShop, loadDemoShop, loadShop, makeDatabase, run, startApiShop } from './support/api-shop.ts';
import { asMarkdown, compare } from './support/compare.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';

const CATALOGUE =
  '{ products(limit: 20) { nodes { id name ProductClasses { id code price02 stock } } totalCount } }';
const CONNECTIONS = 16;
const WARM_UP = 60; // questions per connection, each round
const MEASURED = 500;
const SIZES = [1_000, 100_000, 1_000_000]; // products

const NODES = 'nodes { id name ProductClasses { id code price02 stock } } pageInfo { hasNextPage endCursor }';
const QUESTIONS: Readonly<Record<string, string>> = {
  'first page': `{ products(limit: 20) { ${NODES} } }`,
  'category and status': `{ products(category_id: "5", status: ["1"], limit: 20) { ${NODES} } }`,
  'updated since a day': `{ products(update_date_start: "2024-01-01", limit: 20) { ${NODES} } }`,
  'one product by id': `{ product(id: 500) { id name ProductClasses { id code price02 stock } } }`,
  'page with totalCount': `{ products(limit: 20) { ${NODES} totalCount } }`,
  'text in name or code': `{ products(id: "CODE-000500", limit: 20) { ${NODES} } }`,
};
const LONE_WARM_UP = 10;
const LONE_MEASURED = 30;

export async function benchApi(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  chmodSync(folder, 0o711); // the server's own user passes through it
  const postgres = await startPostgres(folder);
  try {
    await besideBare(postgres.url);
    await asItGrows(postgres.url);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function besideBare(serverUrl: string): Promise<void> {
  const url = await makeDatabase(serverUrl, 'catalogue');
  const what = await loadShop(url);
  const shop = await startApiShop(url);
  const bare = await startBare(url);
  try {
    const bodies = Array.from({ length: CONNECTIONS }, () =>
      Array<string>(WARM_UP + MEASURED).fill(JSON.stringify({ query: CATALOGUE })),
    );
    const plan = (base: string): LoadPlan => ({
      url: `${base}/api`,
      bodies,
      warmUp: WARM_UP,
      chained: false,
      headers: shop.headers,
    });
    const comparison = await compare(
      `catalogue, ${what}`,
      () => measure(bare.pid, plan(bare.url)),
      () => measure(shop.program.pid, plan(addressOf(shop))),
    );
    console.log(`${asMarkdown([comparison])}\n`);
  } finally {
    await bare.stop();
    await shop.stop();
  }
}

async function asItGrows(serverUrl: string): Promise<void> {
  const asked = process.argv.slice(3).map(Number);
  const columns: { size: number; medians: number[] }[] = [];
  for (const size of asked.length > 0 ? asked : SIZES) {
    const url = await makeDatabase(serverUrl, `shop_${size}`);
    await loadDemoShop(url);
    await run(url, grown(size));
    const shop = await startApiShop(url);
    try {
      const medians: number[] = [];
      for (const query of Object.values(QUESTIONS)) medians.push(await medianOf(shop, query));
      columns.push({ size, medians });
    } finally {
      await shop.stop();
    }
  }
  console.log(growthTable(columns));
}

/** Milliseconds, one question at a time. */
async function medianOf(shop: ApiShop, query: string): Promise<number> {
  const body = JSON.stringify({ query });
  const bodies = [Array<string>(LONE_WARM_UP + LONE_MEASURED).fill(body)];
  const plan = {
    url: `${addressOf(shop)}/api`,
    bodies,
    warmUp: LONE_WARM_UP,
    chained: false,
    headers: shop.headers,
  };
  return (await measure(shop.program.pid, plan)).p50Ms;
}

function growthTable(columns: readonly { size: number; medians: readonly number[] }[]): string {
  const sizes = columns.map(({ size }) => `${size.toLocaleString('en')} products, ms`);
  const head = ['question', ...sizes, 'largest / smallest'];
  const rows = Object.keys(QUESTIONS).map((name, place) => {
    const medians = columns.map(({ medians }) => medians[place] ?? 0);
    const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
    return [name, ...medians.map((ms) => ms.toFixed(1)), `${ratio.toFixed(1)} ×`];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Products with one class each, every 20th in category 5, updated one after another over some years. */
const grown = (size: number): string => `
  insert into dtb_product (id, creator_id, product_status_id, name, create_date, update_date, discriminator_type)
    select i, 1, 1 + (i % 7 = 0)::int, '商品 ' || i, timestamp '2020-01-01' + i * interval '2 minutes',
      timestamp '2020-01-01' + i * interval '2 minutes', 'product'
    from generate_series(1001, 1000 + ${size}) i;
  insert into dtb_product_class (id, product_id, sale_type_id, creator_id, product_code, stock, stock_unlimited, price02,
      visible, create_date, update_date, currency_code, point_rate, discriminator_type)
    select i, i, 1, 1, 'CODE-' || lpad(i::text, 7, '0'), 5, false, 1000, true, now(), now(), 'JPY', 0, 'productclass'
    from generate_series(1001, 1000 + ${size}) i;
  insert into dtb_product_category (product_id, category_id, discriminator_type)
    select i, 5, 'productcategory' from generate_series(1001, 1000 + ${size}) i where i % 20 = 0;
  analyze;`;

const addressOf = ({ program }: ApiShop): string => program.url.replace('localhost', '127.0.0.1');

async function startBare(databaseUrl: string) {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, 'bare-graphql-server.ts'), [String(port), databaseUrl], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  await once(child, 'message');
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop };
}
