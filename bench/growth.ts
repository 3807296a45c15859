/**
 * `npm run bench -- growth`: how long pages, searches and totals take as a shop grows to a million products, orders or customers, on
 * each of the three databases. `npm run bench -- growth postgres orders 1000 100000` names a database, what grows, and other sizes;
 * `--asks 30` asks each question less often.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMariadb } from '../scripts/servers/mariadb.ts';
import { startPostgres } from '../scripts/servers/postgres.ts';
import { type ApiShop, makeDatabase, startApiShop } from './support/api-shop.ts';
import { givenNumber, givenWords } from './support/given.ts';
import { type Grown, loadGrowingShop } from './support/growing-shop.ts';
import { GROWTH_QUESTIONS } from './support/growth-questions.ts';
import { measure } from './support/measure.ts';

const SIZES = [1_000, 100_000, 1_000_000]; // rows of what grows
const MEASURED = givenNumber('asks', 100); // times each question is asked
const WARM_UP = MEASURED; // before that, each time

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
  const asked = givenWords();
  const sizes = asked.map(Number).filter((size) => size > 0);
  const named = asked.filter((name) => name in SERVERS);
  const grown = Object.keys(GROWTH_QUESTIONS).filter((name) => asked.includes(name)) as Grown[];
  for (const name of named.length > 0 ? named : Object.keys(SERVERS)) {
    for (const what of grown.length > 0 ? grown : (['products', 'orders', 'customers'] as const)) {
      await onDatabase(name, what, sizes.length > 0 ? sizes : SIZES);
    }
  }
}

/** Milliseconds of one question: by the clock, the median; and of the server's CPU, which other programs do not lengthen. */
type Taken = { readonly ms: number; readonly cpuMs: number };
type Column = { readonly size: number; readonly taken: readonly Taken[] };

async function onDatabase(name: string, what: Grown, sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  chmodSync(folder, 0o711); // the server's own user passes through it
  const server = await SERVERS[name]!(folder);
  try {
    const columns: Column[] = [];
    for (const size of sizes) {
      const url = await server.urlOf(size);
      await loadGrowingShop(url, what, size);
      columns.push({ size, taken: await ask(url, Object.values(GROWTH_QUESTIONS[what])) });
    }
    console.log(`\n${name}\n\n${asTable(what, columns)}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(url: string, queries: readonly string[]): Promise<Taken[]> {
  const shop = await startApiShop(url);
  try {
    for (const query of queries) await askOne(shop, query); // while it is being compiled, a server is slow
    const taken: Taken[] = [];
    for (const query of queries) taken.push(await askOne(shop, query));
    return taken;
  } finally {
    await shop.stop();
  }
}

/** One question at a time. */
async function askOne(shop: ApiShop, query: string): Promise<Taken> {
  const bodies = [Array<string>(WARM_UP + MEASURED).fill(JSON.stringify({ query }))];
  const plan = { url: `${shop.url}/api`, bodies, warmUp: WARM_UP, chained: false, headers: shop.headers };
  const { p50Ms, cpuMsPerThousand } = await measure(shop.program.pid, plan);
  return { ms: p50Ms, cpuMs: cpuMsPerThousand / 1000 };
}

function asTable(what: Grown, columns: readonly Column[]): string {
  const sizes = columns.map(({ size }) => `${size.toLocaleString('en')} ${what}, ms (CPU)`);
  const head = ['question', ...sizes, 'largest / smallest (CPU)'];
  const rows = Object.keys(GROWTH_QUESTIONS[what]).map((name, place) => {
    const taken = columns.map((column) => column.taken[place] ?? { ms: 0, cpuMs: 0 });
    const [first, last] = [taken.at(0), taken.at(-1)];
    const ratio = (of: (one: Taken) => number) => (first && last ? of(last) / of(first) : 0).toFixed(1);
    const cells = taken.map(({ ms, cpuMs }) => `${ms.toFixed(1)} (${cpuMs.toFixed(1)})`);
    return [name, ...cells, `${ratio(({ ms }) => ms)} × (${ratio(({ cpuMs }) => cpuMs)} ×)`];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
