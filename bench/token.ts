/**
 * `npm run bench -- token [--rounds N] [--posts N]`: code exchange, refresh and client credentials at 32 connections, beside the naive floor
 * in the same run. Prints the table of docs/performance.md, and fails when a ratio falls behind bench/accepted.json.
 */
import { judgeByAccepted } from './support/accepted.ts';
import { asMarkdown, compare } from './support/compare.ts';
import { type Floor, startFloor } from './support/floor.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';
import { prepareShop } from './support/prepared-shop.ts';
import { credentialsPlan, exchangePlan, refreshPlan } from './support/token-plans.ts';

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
