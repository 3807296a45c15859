/** Every attempt at a delivery is kept, told to the log and counted; none of that says a secret. */
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Clock, fixedClock, systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import type { AttemptNotice } from '../../src/webhook/deps.ts';
import { registerEndpoint, resendDeliveries } from '../../src/webhook/endpoints.ts';
import { prune } from '../../src/webhook/prune.ts';
import { earlierAttempts } from '../../src/webhook/store/delivery-attempts.ts';
import { listDeliveries, oldestPendingAge } from '../../src/webhook/store/delivery-log.ts';
import { deleteWebhook, listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { webhookDeps } from './support/deps.ts';
import { type Receiver, startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const SECRET = 'secret-0123456789';

eachDatabase((database) => {
  let store: Store;
  let clock: ReturnType<typeof fixedClock>;
  let receiver: Receiver;
  let worker: WebhookWorker;
  let notices: AttemptNotice[];
  let lines: object[];
  let webhookId: string;

  beforeAll(async () => {
    store = await database.openMigrated();
    await makeShopTables(store.db);
    await installFeed(store);
    await plain(store.db, 'insert into dtb_product (id) values (2)');
  });
  beforeEach(async () => {
    clock = fixedClock(1_775_001_600);
    for (const one of await listWebhooks(store.db)) await deleteWebhook(store.db, one.webhookId);
    receiver = await startReceiver(status(500));
    notices = [];
    lines = [];
    worker = startWebhookWorker(deps(), { loop: false });
    await worker.tick(); // what earlier tests have left goes to nobody
    const { port } = new URL(receiver.url);
    const payloadUrl = `http://user:${SECRET}@127.0.0.1:${port}/${SECRET}?key=${SECRET}`;
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
    const result = await registerEndpoint(deps(), { payloadUrl, secret: SECRET, ...settings });
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    webhookId = result.webhookId;
    await plain(store.db, `update dtb_product set name = 'x' where id = 2`);
  });
  afterEach(async () => {
    await worker.stop();
    await receiver.close();
  });

  const deps = (now: Clock = clock) =>
    webhookDeps(
      store,
      now,
      { pauseAfterSeconds: 100 * 86_400 },
      {
        onAttempt: (notice) => void notices.push(notice),
        log: {
          info: () => {},
          warn: (detail, message) => void lines.push({ ...detail, message }),
          error: (detail, message) => console.error(message, detail),
        },
      },
    );
  const delivery = async () => {
    const [one] = await listDeliveries(store.db, { limit: 1 });
    if (!one) throw new Error('there is no delivery');
    return one;
  };
  const earlier = async () => earlierAttempts(store.db, (await delivery()).deliveryId);

  test('the last one in the delivery, those before it beside it, newest first', async () => {
    await worker.tick();
    expect(await earlier()).toEqual([]);
    receiver.answer = (response) => response.writeHead(503).end('y'.repeat(3_000));
    clock.advance(10);
    await worker.tick();
    receiver.answer = status(204);
    clock.advance(20);
    await worker.tick();
    expect(await delivery()).toMatchObject({ state: 'delivered', attempts: 3, statusCode: 204 });
    const [second, first, ...rest] = await earlier();
    expect([second, first]).toMatchObject([
      { attemptNo: 2, at: 1_775_001_610, statusCode: 503, error: 'HTTP 503' },
      { attemptNo: 1, at: 1_775_001_600, statusCode: 500, error: 'HTTP 500' },
    ]);
    expect(rest).toEqual([]);
    expect(first?.responseHead).toContain('answer 500');
    expect(second?.responseHead?.length).toBe(1_024);
  });

  test('sent again by staff it goes on counting, and no more than fifty are kept', async () => {
    for (let i = 0; i < 55; i += 1) {
      await worker.tick();
      await resendDeliveries(deps(), webhookId);
    }
    const kept = await earlier();
    expect(kept.map(({ attemptNo }) => attemptNo)).toEqual(Array.from({ length: 50 }, (_, i) => 54 - i));
  });

  test('how long one took is whole milliseconds, though a machine’s clock counts finer', async () => {
    await worker.stop();
    worker = startWebhookWorker(deps({ ...clock, monotonicMs: systemClock.monotonicMs }), { loop: false });
    receiver.answer = status(204);
    await worker.tick();
    const { state, tookMs } = await delivery();
    expect([state, Number.isInteger(tookMs)]).toEqual(['delivered', true]);
    clock.advance(3_600); // longer than any claim lasts
    await worker.tick();
    expect(receiver.received).toHaveLength(1);
  });

  test('they go with their delivery', async () => {
    await worker.tick();
    clock.advance(10);
    receiver.answer = status(204);
    await worker.tick();
    expect(await earlier()).toHaveLength(1);
    clock.advance(8 * 86_400);
    await prune(deps());
    expect((await sql`select * from tegata_delivery_attempt`.execute(store.db)).rows).toEqual([]);
  });

  test('they go with their endpoint', async () => {
    await worker.tick();
    clock.advance(10);
    await worker.tick();
    expect(await earlier()).toHaveLength(1);
    await deleteWebhook(store.db, webhookId);
    expect((await sql`select * from tegata_delivery_attempt`.execute(store.db)).rows).toEqual([]);
  });

  test('each failure leaves a line with the host alone, each attempt is counted', async () => {
    await worker.tick();
    expect(await oldestPendingAge(store.db, clock.now())).toBe(0);
    clock.advance(10);
    expect(await oldestPendingAge(store.db, clock.now())).toBe(10);
    receiver.answer = status(204);
    await worker.tick();
    expect(notices).toEqual([
      { outcome: 'again', waitedSeconds: 0 },
      { outcome: 'delivered', waitedSeconds: 10 },
    ]);
    const { host } = new URL(receiver.url);
    const { deliveryId } = await delivery();
    expect(lines).toMatchObject([
      {
        message: 'a webhook was not delivered',
        webhookId,
        deliveryId,
        host,
        attempt: 1,
        outcome: 'again',
        error: 'HTTP 500',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    expect(await oldestPendingAge(store.db, clock.now())).toBe(0);
  });
});
