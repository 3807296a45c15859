/**
 * `npm run bench -- token [--rounds N] [--posts N]`: code exchange, refresh and client credentials at 32 connections, beside the naive floor
 * in the same run. Prints the table of docs/performance.md, and fails when a ratio falls behind bench/accepted.json.
 */
import { parseArgs } from 'node:util';
import { judgeByAccepted } from './support/accepted.ts';
import { asMarkdown, compare } from './support/compare.ts';
import { type Floor, startFloor } from './support/floor.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';
import { type PreparedShop, prepareShop } from './support/prepared-shop.ts';

const CONNECTIONS = 32;
const WARM_UP = 15; // posts per connection, each round
const { values } = parseArgs({ strict: false, options: { posts: { type: 'string', default: '150' } } });
const MEASURED = Number(values.posts); // posts per connection, each round

export async function benchToken(): Promise<void> {
  const floor = await startFloor();
  const bare = await startFloor('bare');
  const shop = await prepareShop();
  const { pid, url } = shop.program;
  const run = (name: string, plan: (url: string) => Promise<LoadPlan>, beside: Floor = floor) =>
    compare(
      name,
      async () => measure(beside.pid, await plan(beside.url)),
      async () => measure(pid, await plan(url.replace('localhost', '127.0.0.1'))),
    );
  try {
    const codes = await run('code exchange', (base) => exchangePlan(shop, base));
    const refreshes = await run('refresh', (base) => refreshPlan(shop, base));
    const credentials = await run('client credentials', (base) => credentialsPlan(shop, base), bare);
    const all = [codes, refreshes, credentials];
    console.log(asMarkdown(all));
    judgeByAccepted(all);
  } finally {
    await shop.stop();
    await floor.stop();
    await bare.stop();
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

async function credentialsPlan(shop: PreparedShop, base: string): Promise<LoadPlan> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...shop.credentials }).toString();
  const bodies = Array.from({ length: CONNECTIONS }, () => Array<string>(WARM_UP + MEASURED).fill(body));
  return { url: `${base}/token`, bodies, warmUp: WARM_UP, chained: false };
}
