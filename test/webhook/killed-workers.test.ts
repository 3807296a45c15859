/**
 * 3,000 changes by plain SQL, two worker processes of which one is killed every second, an endpoint that fails
 * every fifth time: nothing is missing, and what is told of one thing comes in order. `TEGATA_TEST_KILLED_CHANGES=10002`
 * writes more.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/open.ts';
import type { ChangeEvent } from '../../src/feed/store/feed.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { countDeliveries } from '../../src/webhook/store/delivery-log.ts';
import { eachDatabase } from '../support/databases.ts';
import { webhookDeps } from './support/deps.ts';
import { type Received, startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const CUSTOMERS = Math.ceil(Number(process.env.TEGATA_TEST_KILLED_CHANGES ?? 3_000) / 3); // each created, updated, deleted
const IN_ONE_TRANSACTION = 6;
const WRITERS = 4;
const PACE_MS = 100; // the writers are at it while workers die
const KILL_EVERY_MS = 1_000;
const FAILS_EVERY = 5;
const LIMITS = {
  maxEvents: 10,
  retryBaseSeconds: 0,
  leaseSeconds: 3,
  totalTimeoutMs: 1_000,
  busyMs: 10,
  idleMs: 100,
};
const RANK = { created: 0, updated: 1, deleted: 2 };
const PROGRAM = join(import.meta.dirname, 'support/worker-process.ts');

eachDatabase((database) => {
  test('a killed worker loses nothing and disorders nothing', { timeout: 240_000 }, async () => {
    const store = await database.openMigrated();
    await makeShopTables(store.db);
    await installFeed(store);
    const accepted: Received[] = [];
    const receiver = await startReceiver((response, received, nth) => {
      const fails = nth % FAILS_EVERY === 0;
      if (!fails) accepted.push(received);
      setTimeout(() => status(fails ? 503 : 200)(response, received, nth), nth % 20);
    });
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
    await registerEndpoint(webhookDeps(store, systemClock), { payloadUrl: receiver.url, ...settings });

    const started = Date.now();
    const workers = [await spawnWorker(database.url), await spawnWorker(database.url)];
    const killer = new AbortController();
    const killed = keepKilling(workers, database.url, killer.signal);
    try {
      await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(store.db, i)));
      const wrote = Date.now();
      const allTold = async () =>
        deletedIds(accepted).size === CUSTOMERS && (await countDeliveries(store.db)).pending === 0;
      await expect.poll(allTold, { timeout: 180_000, interval: 200 }).toBe(true);
      killer.abort();
      report(
        { database: database.name, wroteMs: wrote - started, tookMs: Date.now() - started },
        accepted,
        receiver.received,
        await killed,
      );
      expect(await killed).toBeGreaterThan(1);
    } finally {
      killer.abort();
      await killed;
      await Promise.all(workers.map(kill));
      await receiver.close();
    }
    expect(createdIds(accepted)).toEqual(deletedIds(accepted));
    expect(disorders(accepted)).toEqual([]);
    expect((await sql`select * from tegata_change`.execute(store.db)).rows).toEqual([]);
  });
});

/** Every customer in its own three transactions; each transaction shared with a few others. */
async function write(db: Db, writer: number): Promise<void> {
  for (
    let first = 1 + writer * IN_ONE_TRANSACTION;
    first <= CUSTOMERS;
    first += WRITERS * IN_ONE_TRANSACTION
  ) {
    const ids = Array.from({ length: IN_ONE_TRANSACTION }, (_, i) => first + i).filter(
      (id) => id <= CUSTOMERS,
    );
    const list = ids.join(', ');
    await plain(db, `insert into dtb_customer (id) values ${ids.map((id) => `(${id})`).join(', ')}`);
    await plain(db, `update dtb_customer set name = 'x' where id in (${list})`);
    await sleep(PACE_MS);
    await plain(db, `delete from dtb_customer where id in (${list})`);
  }
}

/** Resolves when it works. */
async function spawnWorker(url: string): Promise<ChildProcess> {
  const args = [PROGRAM, url, JSON.stringify(LIMITS)];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(worker.stdout, 'data');
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exit;
}

/** Kills one after the other and puts a new one in its place; says how many were killed. */
async function keepKilling(workers: ChildProcess[], url: string, signal: AbortSignal): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    await sleep(KILL_EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return kills;
    const turn = kills % workers.length;
    await kill(workers[turn] as ChildProcess);
    workers[turn] = await spawnWorker(url);
  }
}

const eventsIn = (received: readonly Received[]): ChangeEvent[] =>
  received.flatMap(({ body }) => JSON.parse(body) as ChangeEvent[]);

const idsOf = (received: readonly Received[], action: string): Set<number> =>
  new Set(
    eventsIn(received)
      .filter((event) => event.action === action)
      .map(({ id }) => id)
      .sort((a, b) => a - b),
  );
const createdIds = (received: readonly Received[]) => idsOf(received, 'created');
const deletedIds = (received: readonly Received[]) => idsOf(received, 'deleted');

/** Customers of whom something older was accepted after something newer. */
function disorders(received: readonly Received[]): number[] {
  const last = new Map<number, number>();
  const found: number[] = [];
  for (const { id, action } of eventsIn(received)) {
    if (RANK[action] < (last.get(id) ?? 0)) found.push(id);
    last.set(id, RANK[action]);
  }
  return found;
}

function report(
  times: { database: string; wroteMs: number; tookMs: number },
  accepted: readonly Received[],
  all: readonly Received[],
  kills: number,
): void {
  const ids = new Set(accepted.map(({ headers }) => headers['webhook-id']));
  console.log(
    `${times.database}: ${CUSTOMERS * 3} changes written in ${times.wroteMs} ms, all told after ${times.tookMs} ms;` +
      ` ${all.length} requests, ${all.length - accepted.length} refused by the endpoint, ${ids.size} deliveries,` +
      ` ${accepted.length - ids.size} told twice, ${kills} workers killed`,
  );
}
