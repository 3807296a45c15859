/**
 * `npm run bench -- api`: the catalogue question of the real shop on PostgreSQL, beside a bare server written by hand for it, in
 * the same run; then `growth`, how long a page and a filtered search take as a shop grows.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../scripts/servers/postgres.ts';
import { freePort } from '../test/support/free-port.ts';
import { benchGrowth } from './growth.ts';
import { loadShop, makeDatabase, startApiShop } from './support/api-shop.ts';
import { asMarkdown, compare } from './support/compare.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';

const CATALOGUE =
  '{ products(limit: 20) { nodes { id name ProductClasses { id code price02 stock } } totalCount } }';
const CONNECTIONS = 16;
const WARM_UP = 60; // questions per connection, each round
const MEASURED = 500;

export async function benchApi(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  chmodSync(folder, 0o711); // the server's own user passes through it
  const postgres = await startPostgres(folder);
  try {
    await besideBare(postgres.url);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  await benchGrowth();
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
      () => measure(shop.program.pid, plan(shop.url)),
    );
    console.log(`${asMarkdown([comparison])}\n`);
  } finally {
    await bare.stop();
    await shop.stop();
  }
}

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
