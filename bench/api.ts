/**
 * `npm run bench -- api [catalogue] [orders] [export]`: the questions of a catalogue and of orders with all that hangs on them, on PostgreSQL
 * beside a bare server written by hand for them, in the same run; and an export of 100 MB beside the database's own dump.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../scripts/servers/postgres.ts';
import { freePort } from '../test/support/free-port.ts';
import { benchExport } from './export.ts';
import { judgeByAccepted } from './support/accepted.ts';
import { loadShop, makeDatabase, startApiShop } from './support/api-shop.ts';
import { asMarkdown, type Comparison, compare } from './support/compare.ts';
import { givenNumber, givenWords } from './support/given.ts';
import { loadGrowingShop } from './support/growing-shop.ts';
import type { LoadPlan } from './support/load.ts';
import { measure } from './support/measure.ts';

const QUESTIONS = {
  catalogue:
    '{ products(limit: 20) { nodes { id name ProductClasses { id code price02 stock } } totalCount } }',
  orders: `{ orders(limit: 20) { nodes { id order_no order_date name01 name02 payment_total
    OrderItems { id product_name quantity price } Shippings { id name01 tracking_number } MailHistories { id mail_subject }
    Customer { id email } Country { id name } Pref { id name } Sex { id name } Job { id name } Payment { id method }
    DeviceType { id name } CustomerOrderStatus { id name } OrderStatusColor { id name } OrderStatus { id name } } totalCount } }`,
} as const;

type Question = keyof typeof QUESTIONS;

const CONNECTIONS = 16;
const WARM_UP = 60; // questions per connection, each round
const ORDERS = 1_000;
const MEASURED = givenNumber('posts', 500); // questions per connection, each round

export async function benchApi(): Promise<void> {
  const asked = givenWords();
  const isAsked = (name: string) => asked.length === 0 || asked.includes(name);
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  chmodSync(folder, 0o711); // the server's own user passes through it
  const postgres = await startPostgres(folder);
  try {
    const comparisons: Comparison[] = [];
    for (const name of Object.keys(QUESTIONS) as Question[]) {
      if (isAsked(name)) comparisons.push(await besideBare(postgres.url, name));
    }
    if (comparisons.length > 0) console.log(`${asMarkdown(comparisons)}\n`);
    judgeByAccepted(comparisons);
    if (isAsked('export')) await benchExport(postgres.url);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function besideBare(serverUrl: string, name: Question): Promise<Comparison> {
  const url = await makeDatabase(serverUrl, name);
  const what = name === 'orders' ? await loadOrders(url) : await loadShop(url);
  const shop = await startApiShop(url);
  const bare = await startBare(url);
  console.error(`${name}: ${what}`);
  try {
    const bodies = Array.from({ length: CONNECTIONS }, () =>
      Array<string>(WARM_UP + MEASURED).fill(JSON.stringify({ query: QUESTIONS[name] })),
    );
    const plan = (base: string): LoadPlan => ({
      url: `${base}/api`,
      bodies,
      warmUp: WARM_UP,
      chained: false,
      headers: shop.headers,
    });
    return await compare(
      name,
      () => measure(bare.pid, plan(bare.url)),
      () => measure(shop.program.pid, plan(shop.url)),
    );
  } finally {
    await bare.stop();
    await shop.stop();
  }
}

async function loadOrders(url: string): Promise<string> {
  await loadGrowingShop(url, 'orders', ORDERS);
  return `the demo shop and ${ORDERS} orders`;
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
