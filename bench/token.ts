/**
 * `npm run bench -- token`: code exchange and refresh at 32 connections, beside the naive floor in the same run. Prints the
 * table of docs/performance.md.
 */
import { asMarkdown, compare } from './support/compare.ts';
import { startFloor } from './support/floor.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';
import { type PreparedShop, prepareShop } from './support/prepared-shop.ts';

const CONNECTIONS = 32;
const WARM_UP = 15; // posts per connection, each round
const MEASURED = 150; // posts per connection, each round

export async function benchToken(): Promise<void> {
  const floor = await startFloor();
  const shop = await prepareShop();
  const { pid, url } = shop.program;
  const run = (name: string, plan: (url: string) => Promise<LoadPlan>) =>
    compare(
      name,
      async () => measure(floor.pid, await plan(floor.url)),
      async () => measure(pid, await plan(url.replace('localhost', '127.0.0.1'))),
    );
  try {
    const codes = await run('code exchange', (base) => exchangePlan(shop, base));
    const refreshes = await run('refresh', (base) => refreshPlan(shop, base));
    console.log(asMarkdown([codes, refreshes]));
  } finally {
    await shop.stop();
    await floor.stop();
  }
}

/** The codes are exchanged in the order in which they were approved, as they are in life. */
async function exchangePlan(shop: PreparedShop, base: string): Promise<LoadPlan> {
  const all = await shop.makeCodeBodies(CONNECTIONS * (WARM_UP + MEASURED));
  const bodies = Array.from({ length: CONNECTIONS }, (_, lane) =>
    all.filter((_, place) => place % CONNECTIONS === lane),
  );
  return { url: `${base}/token`, bodies, warmUp: WARM_UP, chained: false };
}

/** Each connection exchanges a code once, unmeasured, and then refreshes on and on. */
async function refreshPlan(shop: PreparedShop, base: string): Promise<LoadPlan> {
  const first = await shop.makeCodeBodies(CONNECTIONS);
  const fields = { grant_type: 'refresh_token', refresh_token: 'of-the-answer-before', ...shop.credentials };
  const refresh = new URLSearchParams(fields).toString();
  const bodies = first.map((exchange) => [exchange, ...Array<string>(WARM_UP + MEASURED).fill(refresh)]);
  return { url: `${base}/token`, bodies, warmUp: WARM_UP + 1, chained: true };
}
