/**
 * `npm run bench -- growth`: how long a page and a filtered search take as a shop grows to a million products, on each
 * of the three databases. `npm run bench -- growth postgres 1000 100000` names a database and other sizes.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMariadb } from '../scripts/servers/mariadb.ts';
import { startPostgres } from '../scripts/servers/postgres.ts';
import { type ApiShop, makeDatabase, startApiShop } from './support/api-shop.ts';
import { loadGrowingShop } from './support/growing-shop.ts';
import { measure } from './support/measure.ts';

const SIZES = [1_000, 100_000, 1_000_000]; // products
const WARM_UP = 100; // questions, each time
const MEASURED = 100;

const NODES = 'nodes { id name ProductClasses { id code price02 stock } } pageInfo { hasNextPage endCursor }';
const QUESTIONS: Readonly<Record<string, string>> = {
  'first page': `{ products(limit: 20) { ${NODES} } }`,
  'category and status': `{ products(category_id: "5", status: ["1"], limit: 20) { ${NODES} } }`,
  'updated since a day': `{ products(update_date_start: "2020-01-02", limit: 20) { ${NODES} } }`,
  'one product by id': `{ product(id: 1500) { id name ProductClasses { id code price02 stock } } }`,
  'page with totalCount': `{ products(limit: 20) { ${NODES} totalCount } }`,
  'category with totalCount': `{ products(category_id: "5", limit: 20) { ${NODES} totalCount } }`,
  'text: one code': `{ products(id: "CODE-0001500", limit: 20) { ${NODES} totalCount } }`,
  'text: part of a name': `{ products(id: "品 15", limit: 20) { ${NODES} totalCount } }`,
  'text: in every name': `{ products(id: "商品", limit: 20) { ${NODES} totalCount } }`,
  'text: nowhere': `{ products(id: "手形", limit: 20) { ${NODES} totalCount } }`,
};

/** Starts what it needs and says where databases can be made. */
const SERVERS: Readonly<
  Record<string, (folder: string) => Promise<{ urlOf(size: number): Promise<string>; stop(): Promise<void> }>>
> = {
  sqlite: async (folder) => ({
    urlOf: async (size) => `sqlite:${join(folder, `shop-${size}.db`)}`,
    stop: async () => {},
  }),
  postgres: (folder) => startPostgres(folder).then(onServer),
  mariadb: (folder) => startMariadb(folder).then(onServer),
};

const onServer = ({ url, stop }: { url: string; stop(): Promise<void> }) => ({
  urlOf: (size: number) => makeDatabase(url, `shop_${size}`),
  stop,
});

export async function benchGrowth(): Promise<void> {
  const asked = process.argv.slice(3);
  const sizes = asked.map(Number).filter((size) => size > 0);
  const named = asked.filter((name) => name in SERVERS);
  for (const name of named.length > 0 ? named : Object.keys(SERVERS)) {
    await onDatabase(name, sizes.length > 0 ? sizes : SIZES);
  }
}

async function onDatabase(name: string, sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  chmodSync(folder, 0o711); // the server's own user passes through it
  const server = await SERVERS[name]!(folder);
  try {
    const columns: { size: number; medians: number[] }[] = [];
    for (const size of sizes) {
      const url = await server.urlOf(size);
      await loadGrowingShop(url, size);
      columns.push({ size, medians: await mediansOf(url) });
    }
    console.log(`\n${name}\n\n${asTable(columns)}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function mediansOf(url: string): Promise<number[]> {
  const shop = await startApiShop(url);
  try {
    const queries = Object.values(QUESTIONS);
    for (const query of queries) await medianOf(shop, query); // while it is being compiled, a server is slow
    const medians: number[] = [];
    for (const query of queries) medians.push(await medianOf(shop, query));
    return medians;
  } finally {
    await shop.stop();
  }
}

/** Milliseconds, one question at a time. */
async function medianOf(shop: ApiShop, query: string): Promise<number> {
  const bodies = [Array<string>(WARM_UP + MEASURED).fill(JSON.stringify({ query }))];
  const plan = { url: `${shop.url}/api`, bodies, warmUp: WARM_UP, chained: false, headers: shop.headers };
  return (await measure(shop.program.pid, plan)).p50Ms;
}

function asTable(columns: readonly { size: number; medians: readonly number[] }[]): string {
  const sizes = columns.map(({ size }) => `${size.toLocaleString('en')} products, ms`);
  const head = ['question', ...sizes, 'largest / smallest'];
  const rows = Object.keys(QUESTIONS).map((name, place) => {
    const medians = columns.map((column) => column.medians[place] ?? 0);
    const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
    return [name, ...medians.map((ms) => ms.toFixed(1)), `${ratio.toFixed(1)} ×`];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
