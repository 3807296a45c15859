/**
 * The change feed measured: what a trigger costs a writer, how many changes a second reach one and ten endpoints, how long
 * a change takes from its commit to its arrival. `npm run bench -- feed [URL of an empty database]…`; without URL on SQLite.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { systemClock } from '../src/base/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { openStore, type Store } from '../src/database/open.ts';
import { installFeed, removeFeed } from '../src/feed/store/triggers.ts';
import { registerEndpoint } from '../src/webhook/endpoints.ts';
import { WEBHOOK_LIMITS, type WebhookLimits } from '../src/webhook/limits.ts';
import { deleteWebhook, listWebhooks } from '../src/webhook/store/webhooks.ts';
import { startWebhookWorker } from '../src/webhook/worker.ts';
import { webhookDeps } from '../test/webhook/support/deps.ts';
import { type Receiver, startReceiver } from '../test/webhook/support/receiver.ts';
import { makeShopTables, plain } from '../test/webhook/support/shop-tables.ts';
import { givenWords } from './support/given.ts';

const ROWS = 20_000; // products in the shop, and changes in one run of throughput
const TRIGGER_RUNS = 5;
const IN_ONE_TRANSACTION = 100;
const PACED_CHANGES = 100;
const PACE_MS = 83; // does not beat with the clock's seconds

export async function benchFeed(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  const urls = givenWords();
  for (const url of urls.length > 0 ? urls : [`sqlite:${join(folder, 'shop.db')}`]) {
    const store = openStore(url);
    await migrate(store);
    await makeShopTables(store.db);
    await fill(store);
    console.log(`\n${store.kit.name}`);
    await triggerCost(store);
    await installFeed(store);
    for (const endpoints of [1, 10]) await throughput(store, endpoints);
    for (const windowSeconds of [0, WEBHOOK_LIMITS.windowSeconds]) await delay(store, windowSeconds);
    await store.close();
  }
  rmSync(folder, { recursive: true, force: true });
}

async function fill({ db }: Store): Promise<void> {
  for (let first = 1; first <= ROWS; first += 1_000) {
    const values = Array.from({ length: 1_000 }, (_, i) => `(${first + i}, 'a')`);
    await plain(db, `insert into dtb_product (id, name) values ${values.join(', ')}`);
    const stocks = Array.from({ length: 1_000 }, (_, i) => `(${first + i}, ${first + i}, 'a')`);
    await plain(db, `insert into dtb_product_class (id, product_id, name) values ${stocks.join(', ')}`);
    await plain(db, `insert into dtb_product_stock (id, product_class_id, name) values ${stocks.join(', ')}`);
  }
}

/** One UPDATE of every row, with and without triggers, the quickest of a few. */
async function triggerCost(store: Store): Promise<void> {
  for (const table of ['dtb_product', 'dtb_product_class', 'dtb_product_stock']) {
    const without = await quickestUpdate(store, table);
    await installFeed(store);
    const withTrigger = await quickestUpdate(store, table);
    await removeFeed(store);
    const cost = ((withTrigger - without) * 1_000) / ROWS;
    const each = (ms: number) => ((ms * 1_000) / ROWS).toFixed(1);
    console.log(
      `  ${table}: ${each(without)} µs a row without, ${each(withTrigger)} with trigger: ${cost.toFixed(1)} µs more`,
    );
  }
}

async function quickestUpdate({ db }: Store, table: string): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < TRIGGER_RUNS; run += 1) {
    const started = performance.now();
    await plain(db, `update ${table} set name = '${String.fromCharCode(98 + run)}'`);
    quickest = Math.min(quickest, performance.now() - started);
    await sql`delete from tegata_change`.execute(db);
  }
  return quickest;
}

/** Writers and worker run at once; the time until the last change has arrived everywhere. */
async function throughput(store: Store, endpoints: number): Promise<void> {
  const heard: Set<number>[] = [];
  const receivers = await Promise.all(
    Array.from({ length: endpoints }, (_, i) => {
      const ids = new Set<number>();
      heard[i] = ids;
      return startReceiver((response, { body }) => {
        for (const { id } of JSON.parse(body) as { id: number }[]) ids.add(id);
        response.writeHead(204).end();
      });
    }),
  );
  const tookMs = await withWorker(store, {}, receivers, async () => {
    const started = performance.now();
    for (let first = 1; first <= ROWS; first += IN_ONE_TRANSACTION) {
      const last = first + IN_ONE_TRANSACTION - 1;
      await plain(store.db, `update dtb_product set name = 'z' where id between ${first} and ${last}`);
    }
    while (heard.some((ids) => ids.size < ROWS)) await sleep(5);
    return performance.now() - started;
  });
  const perSecond = Math.round((ROWS * 1_000) / tookMs);
  console.log(
    `  ${endpoints} endpoint${endpoints > 1 ? 's' : ''}: ${ROWS} changes in ${Math.round(tookMs)} ms:` +
      ` ${perSecond} changes/s, ${perSecond * endpoints} told/s`,
  );
}

async function delay(store: Store, windowSeconds: number): Promise<void> {
  const committed = new Map<number, number>();
  const delays: number[] = [];
  const receiver = await startReceiver((response, { body }) => {
    const now = performance.now();
    for (const { id } of JSON.parse(body) as { id: number }[]) delays.push(now - (committed.get(id) ?? now));
    response.writeHead(204).end();
  });
  await withWorker(store, { windowSeconds }, [receiver], async () => {
    for (let id = 1; id <= PACED_CHANGES; id += 1) {
      await plain(store.db, `update dtb_customer set name = 'x' where id = 0`); // keeps the connection warm, tells nothing
      await plain(store.db, `update dtb_product set name = 'y' where id = ${id}`);
      committed.set(id, performance.now());
      await sleep(PACE_MS);
    }
    while (delays.length < PACED_CHANGES) await sleep(5);
    return 0;
  });
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  console.log(
    `  commit to arrival, window ${windowSeconds} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (one change each ${PACE_MS} ms)`,
  );
}

/** A worker with the limits of real life but for what is said. */
async function withWorker(
  store: Store,
  limits: Partial<WebhookLimits>,
  receivers: readonly Receiver[],
  deed: () => Promise<number>,
): Promise<number> {
  const deps = webhookDeps(store, systemClock, { ...WEBHOOK_LIMITS, ...limits });
  for (const { webhookId } of await listWebhooks(store.db)) await deleteWebhook(store.db, webhookId);
  const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
  for (const receiver of receivers) await registerEndpoint(deps, { payloadUrl: receiver.url, ...settings });
  const worker = startWebhookWorker(deps);
  try {
    return await deed();
  } finally {
    await worker.stop();
    for (const receiver of receivers) await receiver.close();
  }
}
