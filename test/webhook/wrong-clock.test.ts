/** A clock that runs hours ahead for a moment: what it has written holds nobody up for hours afterwards. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { readServerFacts } from '../../src/database/server-facts.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { reserveAttempt } from '../../src/staff/store/throttle.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { prune } from '../../src/webhook/prune.ts';
import { listDeliveries } from '../../src/webhook/store/delivery-log.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { webhookDeps } from './support/deps.ts';
import { type Receiver, startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const HOUR = 3_600;
const NOW = 1_800_000_000;

eachDatabase((database) => {
  let store: Store;
  let receiver: Receiver;
  let webhookId = '';
  const clock = fixedClock(NOW);

  beforeAll(async () => {
    store = await database.openMigrated();
    await makeShopTables(store.db);
    await installFeed(store);
    receiver = await startReceiver(status(200));
    const made = await registerEndpoint(webhookDeps(store, clock), {
      payloadUrl: receiver.url,
      enabled: true,
      description: '',
      topics: [],
      orderStatuses: [],
    });
    webhookId = made.ok ? made.webhookId : '';
  });
  afterEach(() => void receiver.received.splice(0));
  afterAll(() => receiver.close());

  const tick = async (at: number, answer = status(200)) => {
    receiver.answer = answer;
    const worker = startWebhookWorker(webhookDeps(store, fixedClock(at)), { loop: false });
    await worker.tick();
    await worker.tick();
    await worker.stop();
  };
  const change = (id: number) => plain(store.db, `insert into dtb_product (id) values (${id})`);

  test('D5: a node a year ahead prunes nothing that is kept by the database’s clock', async () => {
    const { now } = await readServerFacts(store);
    await change(9);
    await tick(now - 60);
    const kept = await listDeliveries(store.db, { limit: 9 });
    await prune(webhookDeps(store, fixedClock(now + 365 * 24 * HOUR)));
    expect(await listDeliveries(store.db, { limit: 9 })).toEqual(kept);
    await prune(webhookDeps(store, fixedClock(now), { keepDeliveredSeconds: 30 }));
    expect([kept.length, await listDeliveries(store.db, { limit: 9 })]).toEqual([1, []]);
  });

  test('D5: what a node two hours ahead has planned and failed at is tried by the others at once', async () => {
    await change(1);
    await tick(NOW + 2 * HOUR, status(500));
    expect((await listDeliveries(store.db, { webhookId, limit: 9 }))[0]).toMatchObject({
      state: 'pending',
      attempts: 1,
    });
    receiver.received.splice(0);
    await tick(NOW);
    expect(receiver.received).toHaveLength(1);
    expect((await listDeliveries(store.db, { webhookId, limit: 9 }))[0]?.state).toBe('delivered');
  });

  test('D5: what it has recorded, and a lease that it left, hold nobody up', async () => {
    await change(2);
    await store.db
      .updateTable('tegata_feed')
      .set({ recorded_at: NOW + 2 * HOUR })
      .execute();
    await tick(NOW + 100);
    expect(receiver.received).toHaveLength(1);
    await store.db
      .updateTable('tegata_delivery')
      .set({ state: 'pending', lease_owner: 'x', lease_until: NOW + 2 * HOUR, next_attempt_at: NOW })
      .execute();
    await tick(NOW + 200);
    expect((await listDeliveries(store.db, { webhookId, limit: 9 })).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  test('a retry that is planned, and a wish of the endpoint, are still waited for', async () => {
    await change(3);
    await tick(NOW + 300, status(500));
    receiver.received.splice(0);
    await tick(NOW + 302);
    expect(receiver.received).toHaveLength(0);
    await tick(NOW + 310, status(503, { 'retry-after': '7200' }));
    receiver.received.splice(0);
    await tick(NOW + 400);
    expect(receiver.received).toHaveLength(0);
    await tick(NOW + 310 + 7_201);
    expect(receiver.received).toHaveLength(1);
  });

  test('a login that it has locked is open again', async () => {
    const window = { throttleId: 'f'.repeat(64), maxFailures: 1, windowSeconds: 1_800 };
    await reserveAttempt(store, window, NOW + 2 * HOUR);
    expect((await reserveAttempt(store, window, NOW + 2 * HOUR)).kind).toBe('locked');
    expect((await reserveAttempt(store, window, NOW)).kind).toBe('reserved');
    expect((await reserveAttempt(store, window, NOW + 60)).kind).toBe('locked');
  });
});
