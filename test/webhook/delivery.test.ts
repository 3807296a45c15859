/** Deliveries through real parts: plain SQL on a real database → worker → a real HTTP server. */
import { sql } from 'kysely';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { parseAllowList } from '../../src/outbound/allowed-addresses.ts';
import type { PauseNotice, WebhookDeps } from '../../src/webhook/deps.ts';
import {
  changeEndpoint,
  type EndpointInput,
  registerEndpoint,
  resendDeliveries,
  resumeEndpoint,
  tryEndpoint,
} from '../../src/webhook/endpoints.ts';
import type { WebhookLimits } from '../../src/webhook/limits.ts';
import { prune } from '../../src/webhook/prune.ts';
import { countDeliveries, listDeliveries } from '../../src/webhook/store/delivery-log.ts';
import { deleteWebhook, findWebhook, listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { webhookDeps } from './support/deps.ts';
import { type Answer, type Receiver, startReceiver, status } from './support/receiver.ts';
import { makeShopTables, plain } from './support/shop-tables.ts';

const SECRET = 'secret-0123456789';
const PRODUCT_2 = '[{"entity":"product","id":2,"action":"updated"}]';
const DAY = 86_400;

eachDatabase((database) => {
  let store: Store;
  let clock: ReturnType<typeof fixedClock>;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    store = await database.openMigrated();
    await makeShopTables(store.db);
    await installFeed(store);
    await plain(
      store.db,
      'insert into dtb_product (id) values (2), (3), (4)',
      'insert into dtb_order (id, order_status_id) values (1, 1), (2, 8), (3, 5)',
      'insert into dtb_customer (id) values (1), (2)',
    );
  });
  beforeEach(async () => {
    clock = fixedClock(Math.floor(Date.now() / 1000));
    for (const { webhookId } of await listWebhooks(store.db)) await deleteWebhook(store.db, webhookId);
    await workerWith().tick(); // what earlier tests have left goes to nobody
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const deps = (limits: Partial<WebhookLimits> = {}, more: Partial<WebhookDeps> = {}) =>
    webhookDeps(store, clock, limits, more);
  function workerWith(limits: Partial<WebhookLimits> = {}, more: Partial<WebhookDeps> = {}) {
    const worker = startWebhookWorker(deps(limits, more), { loop: false });
    closing.push(() => worker.stop());
    return worker;
  }
  async function receiver(): Promise<Receiver> {
    const started = await startReceiver();
    closing.push(() => started.close());
    return started;
  }
  async function register(payloadUrl: string, input: Partial<EndpointInput> = {}): Promise<string> {
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [] };
    const result = await registerEndpoint(deps(), { payloadUrl, ...settings, ...input });
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    return result.webhookId;
  }
  const touchProduct = (id = 2) => plain(store.db, `update dtb_product set name = 'x' where id = ${id}`);
  const states = async () => (await listDeliveries(store.db, { limit: 100 })).map(({ state }) => state);

  test('the body, the header and both signatures arrive', async () => {
    const { url, received } = await receiver();
    await register(url, { secret: SECRET });
    await plain(store.db, `update dtb_product set name = 'new' where id = 2`);
    await workerWith().tick();
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toBe(PRODUCT_2);
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '48',
      'x-eccube-url': 'http://127.0.0.1:8780/',
      'x-eccube-signature': 'c9a669daffacbb38cb0aa1b257e9a578b5e08c3ee5af32bb9fedbe59c18e9332', // the plugin's own
      'user-agent': 'Tegata/0.0.0-test',
    });
    const headers = received[0]?.headers as Record<string, string>;
    const verified = new StandardWebhook(SECRET, { format: 'raw' }).verify(PRODUCT_2, headers);
    expect(verified).toEqual(JSON.parse(PRODUCT_2));
    const [delivery] = await listDeliveries(store.db, { limit: 1 });
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, statusCode: 204, error: null });
    expect(delivery?.deliveryId).toBe(headers['webhook-id']);
    expect(delivery?.requestHead).toContain(`POST ${url}`);
    expect(delivery?.responseHead).toContain('HTTP/1.1 204');
  });

  test('the secret lies sealed in the database', async () => {
    const webhookId = await register('https://shop.example/', { secret: SECRET });
    const { rows } = await sql`select * from tegata_webhook`.execute(store.db);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect((await findWebhook(store.db, webhookId))?.secretSealed).toMatch(/^v1\./);
  });

  test('another master key sends nothing unsigned', async () => {
    const { url, received } = await receiver();
    await register(url, { secret: SECRET });
    await touchProduct();
    await workerWith({}, { masterKey: new Uint8Array(32) }).tick();
    expect(received).toEqual([]);
    expect((await listDeliveries(store.db, { limit: 1 }))[0]?.error).toContain('another key');
  });

  test('what is rolled back is not told', async () => {
    const { url, received } = await receiver();
    await register(url);
    await expect(
      store.db.transaction().execute(async (tx) => {
        await plain(tx, `update dtb_product set name = 'no' where id = 2`);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await workerWith().tick();
    expect(received).toEqual([]);
  });

  test('changes within the window share one body', async () => {
    const { url, bodies } = await receiver();
    await register(url);
    const worker = workerWith({ windowSeconds: 1 });
    await touchProduct(3);
    await worker.tick();
    await plain(
      store.db,
      `update dtb_order set name = 'x' where id = 1`,
      'insert into dtb_customer (id) values (30)',
    );
    await touchProduct(3);
    await worker.tick();
    expect(bodies()).toEqual([]);
    clock.advance(1);
    await worker.tick();
    expect(bodies()).toEqual([
      '[{"entity":"customer","id":30,"action":"created"},{"entity":"product","id":3,"action":"updated"},' +
        '{"entity":"order","id":1,"action":"updated"}]',
    ]);
  });

  test('every enabled endpoint hears; a disabled one does not, nor later of what it missed', async () => {
    const [one, two, off] = [await receiver(), await receiver(), await receiver()];
    await register(one.url);
    await register(two.url);
    const offId = await register(off.url, { enabled: false });
    const worker = workerWith();
    await touchProduct();
    await worker.tick();
    expect([one.bodies(), two.bodies(), off.bodies()]).toEqual([[PRODUCT_2], [PRODUCT_2], []]);
    const on = { payloadUrl: off.url, enabled: true, description: '', topics: [], orderStatuses: [] };
    await changeEndpoint(deps(), offId, on);
    await worker.tick();
    expect(off.bodies()).toEqual([]);
    await touchProduct();
    await worker.tick();
    expect(off.bodies()).toEqual([PRODUCT_2]);
  });

  test('an endpoint hears of what it has chosen only', async () => {
    const [topics, statuses] = [await receiver(), await receiver()];
    await register(topics.url, { topics: ['product.updated', 'order.deleted'] });
    await register(statuses.url, { orderStatuses: [1, 5] });
    await plain(
      store.db,
      'insert into dtb_product (id) values (50)',
      `update dtb_product set name = 'x' where id = 2`,
      `update dtb_order set name = 'x' where id in (1, 2)`,
      'delete from dtb_order where id = 3',
    );
    await workerWith().tick();
    expect(topics.bodies()).toEqual([
      '[{"entity":"order","id":3,"action":"deleted"},{"entity":"product","id":2,"action":"updated"}]',
    ]);
    expect(statuses.bodies()).toEqual([
      '[{"entity":"product","id":50,"action":"created"},{"entity":"order","id":3,"action":"deleted"},' +
        '{"entity":"product","id":2,"action":"updated"},{"entity":"order","id":1,"action":"updated"}]',
    ]);
  });

  test('a failed delivery goes again under the same id, later and later', async () => {
    const target = await receiver();
    target.answer = (response, received, nth) => status(nth < 4 ? 500 : 200)(response, received, nth);
    await register(target.url);
    const worker = workerWith();
    await touchProduct();
    await worker.tick();
    for (const wait of [5, 10, 20]) {
      clock.advance(wait - 1);
      const before = target.received.length;
      await worker.tick();
      expect(target.received.length).toBe(before);
      clock.advance(1);
      await worker.tick();
      expect(target.received.length).toBe(before + 1);
    }
    expect(target.bodies()).toEqual(Array(4).fill(PRODUCT_2));
    expect(new Set(target.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await states()).toEqual(['delivered']);
  });

  test('after three days it is given up, and staff can send it again', async () => {
    const target = await receiver();
    target.answer = status(500);
    const webhookId = await register(target.url);
    const worker = workerWith({ pauseAfterSeconds: 100 * DAY });
    await touchProduct();
    await worker.tick();
    const started = clock.now();
    while ((await states())[0] === 'pending' && clock.now() < started + 4 * DAY) {
      clock.advance(3_600);
      await worker.tick();
    }
    expect(await states()).toEqual(['failed']);
    expect(clock.now() - started).toBeGreaterThan(2.8 * DAY);
    expect(clock.now() - started).toBeLessThanOrEqual(3 * DAY);
    target.answer = status(200);
    const before = target.received.length;
    expect(await resendDeliveries(deps(), webhookId)).toBe(1);
    await worker.tick();
    expect(target.bodies().slice(before)).toEqual([PRODUCT_2]);
    const [delivery] = await listDeliveries(store.db, { limit: 1 });
    expect(await resendDeliveries(deps(), webhookId, delivery?.deliveryId ?? '')).toBe(1);
    await worker.tick();
    expect(target.received.length).toBe(before + 2);
    expect(await countDeliveries(store.db, webhookId)).toMatchObject({ delivered: 1, failed: 0 });
  });

  test('what tells of the same thing waits for the earlier one; anything else does not', async () => {
    const target = await receiver();
    await register(target.url);
    target.answer = (response, { body }, nth) =>
      status(body.includes('"id":2') ? 500 : 200)(response, { body, headers: {} }, nth);
    const worker = workerWith();
    for (const id of [2, 3, 2, 4]) {
      await touchProduct(id);
      await worker.tick();
      await worker.tick();
    }
    const seen = () =>
      target.bodies().map((body) => (JSON.parse(body) as { id: number }[]).map(({ id }) => id).join());
    expect(seen()).toEqual(['2', '3', '4']);
    target.answer = status(200);
    clock.advance(60);
    await worker.tick();
    expect(seen()).toEqual(['2', '3', '4', '2']);
    await worker.tick();
    expect(seen()).toEqual(['2', '3', '4', '2', '2']);
  });

  test('a slow endpoint does not hold up another', async () => {
    const [slow, quick] = [await receiver(), await receiver()];
    const held: (() => void)[] = [];
    slow.answer = (response) => held.push(() => response.writeHead(200).end());
    await register(slow.url);
    await register(quick.url);
    const worker = startWebhookWorker(deps({ maxInFlight: 6 }));
    closing.push(() => worker.stop());
    for (const id of [2, 3, 4]) {
      await touchProduct(id);
      await expect.poll(() => quick.bodies().join()).toContain(`"id":${id},`);
    }
    expect(slow.received.length).toBeGreaterThan(0);
    expect((await countDeliveries(store.db)).pending).toBeGreaterThan(0);
    for (const answer of held) answer();
    slow.answer = status(200);
    await expect.poll(async () => (await countDeliveries(store.db)).pending).toBe(0);
  });

  test.each([
    ['no answer in time', { totalTimeoutMs: 100 }, () => {}],
    ['HTTP 302', {}, status(302, { location: 'http://169.254.169.254/' })],
    ['socket hang up', {}, (response) => response.destroy()],
  ] satisfies [string, Partial<WebhookLimits>, Answer][])(
    '%s is a failure',
    async (error, limits, answer) => {
      const target = await receiver();
      target.answer = answer;
      await register(target.url);
      await touchProduct();
      await workerWith(limits).tick();
      expect(target.received).toHaveLength(1);
      expect((await listDeliveries(store.db, { limit: 1 }))[0]).toMatchObject({ state: 'pending', error });
    },
  );

  test('an endless answer is read for a little while only', async () => {
    const target = await receiver();
    let closed = false;
    target.answer = (response) => {
      response.writeHead(200).on('close', () => {
        closed = true;
      });
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(timer));
    };
    await register(target.url);
    await touchProduct();
    await workerWith().tick();
    await expect.poll(() => closed).toBe(true);
    const [delivery] = await listDeliveries(store.db, { limit: 1 });
    expect(delivery?.state).toBe('delivered');
    expect(delivery?.responseHead?.length).toBeLessThan(8_200);
  });

  test('private addresses are refused, by number and by name', async () => {
    const target = await receiver();
    const { port } = new URL(target.url);
    await register(target.url);
    await register(`http://hook.example:${port}/`);
    await touchProduct();
    const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
    await workerWith({}, { allow: parseAllowList([]), resolve }).tick();
    expect(target.received).toEqual([]);
    const errors = (await listDeliveries(store.db, { limit: 2 })).map(({ error }) => error);
    expect(errors.every((error) => error?.startsWith('refused: '))).toBe(true);
  });

  test('the connection goes to the address that was judged, whatever the name says next', async () => {
    const target = await receiver();
    await register(`http://rebinding.invalid:${new URL(target.url).port}/hook`);
    await touchProduct();
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 as const }];
    };
    await workerWith({}, { resolve }).tick();
    expect([asked, target.bodies()]).toEqual([1, [PRODUCT_2]]);
    expect(target.received[0]?.headers.host).toMatch(/^rebinding\.invalid:/);
  });

  test('Retry-After holds the whole endpoint, up to a day', async () => {
    const target = await receiver();
    target.answer = status(503, { 'retry-after': '120' });
    await register(target.url);
    const worker = workerWith();
    await touchProduct(2);
    await worker.tick();
    target.answer = status(200);
    await touchProduct(3);
    clock.advance(119);
    await worker.tick();
    expect(target.received).toHaveLength(1);
    clock.advance(1);
    await worker.tick();
    await worker.tick();
    expect(target.received).toHaveLength(3);
    target.answer = status(429, { 'retry-after': new Date((clock.now() + 9 * DAY) * 1000).toUTCString() });
    await touchProduct(4);
    await worker.tick();
    expect((await listDeliveries(store.db, { limit: 1 }))[0]?.nextAttemptAt).toBe(clock.now() + DAY);
  });

  test('410 switches the endpoint off and cancels what is on its way', async () => {
    const target = await receiver();
    const webhookId = await register(target.url);
    const notices: PauseNotice[] = [];
    const worker = workerWith({ maxEvents: 1 }, { notify: async (notice) => void notices.push(notice) });
    target.answer = status(410);
    for (const id of [2, 3, 4]) await touchProduct(id);
    await worker.tick();
    await worker.tick();
    expect(await findWebhook(store.db, webhookId)).toMatchObject({ enabled: false, pausedReason: 'gone' });
    expect(await countDeliveries(store.db, webhookId)).toMatchObject({ pending: 0, delivered: 0 });
    expect(notices).toMatchObject([{ webhookId, reason: 'gone' }]);
    await touchProduct();
    const before = target.received.length;
    await worker.tick();
    expect(target.received.length).toBe(before);
  });

  test('an endpoint that fails for a day is paused, told once, and resumes where it stopped', async () => {
    const target = await receiver();
    target.answer = status(500);
    const webhookId = await register(target.url);
    const notices: PauseNotice[] = [];
    const worker = workerWith({}, { notify: async (notice) => void notices.push(notice) });
    await touchProduct(2);
    await worker.tick();
    const started = clock.now();
    while (notices.length === 0 && clock.now() < started + 2 * DAY) {
      clock.advance(3_600);
      await worker.tick();
    }
    expect(notices).toMatchObject([
      { webhookId, reason: 'failing', error: 'HTTP 500', failingSince: started },
    ]);
    expect(clock.now() - started).toBeGreaterThanOrEqual(DAY);
    expect(await findWebhook(store.db, webhookId)).toMatchObject({ enabled: true, pausedReason: 'failing' });
    await touchProduct(3);
    clock.advance(DAY);
    const before = target.received.length;
    await worker.tick();
    expect(target.received.length).toBe(before);
    target.answer = status(200);
    expect(await resumeEndpoint(deps(), webhookId)).toBe(true);
    await worker.tick();
    await worker.tick();
    expect(target.bodies().slice(before).sort()).toEqual([PRODUCT_2, PRODUCT_2.replace('2', '3')]);
    expect((await findWebhook(store.db, webhookId))?.failingSince).toBeNull();
  });

  test('a lease that ran out is taken over', async () => {
    const target = await receiver();
    await register(target.url);
    await touchProduct();
    await workerWith({ maxInFlight: 0 }).tick();
    await sql`update tegata_delivery set lease_owner = 'dead', lease_until = ${clock.now() + 10}`.execute(
      store.db,
    );
    const worker = workerWith();
    await worker.tick();
    expect(target.received).toEqual([]);
    clock.advance(11);
    await worker.tick();
    expect(target.bodies()).toEqual([PRODUCT_2]);
  });

  test('a test delivery shows the answer and leaves no trace', async () => {
    const target = await receiver();
    target.answer = status(418);
    const webhookId = await register(target.url, { secret: SECRET });
    const sent = await tryEndpoint(deps(), webhookId);
    expect(sent).toMatchObject({ statusCode: 418, error: null });
    expect(sent?.responseHead).toContain('answer 418');
    expect(target.bodies()).toEqual(['[{"entity":"product","id":1,"action":"updated"}]']);
    expect(await states()).toEqual([]);
  });

  test('old rows are pruned, the feed not beyond an endpoint that is behind', async () => {
    clock.advance(-9 * DAY); // nothing is pruned by a clock that is ahead of the database's
    const target = await receiver();
    await register(target.url);
    await touchProduct();
    await workerWith().tick();
    await touchProduct();
    await workerWith({ windowSeconds: 100 * DAY }).tick();
    clock.advance(8 * DAY);
    await prune(deps());
    expect(await states()).toEqual([]);
    const { rows } = await sql`select * from tegata_feed`.execute(store.db);
    expect(rows).toHaveLength(1);
  });

  test.each([
    [{ payloadUrl: ' ' }, [{ field: 'payloadUrl', fault: 'blank' }]],
    [{ payloadUrl: 'ftp://a.example/' }, [{ field: 'payloadUrl', fault: 'not_http' }]],
    [{ payloadUrl: 'http://a b/' }, [{ field: 'payloadUrl', fault: 'not_a_url' }]],
    [{ payloadUrl: `https://a.example/${'x'.repeat(1_010)}` }, [{ field: 'payloadUrl', fault: 'too_long' }]],
    [{ secret: 'too short' }, [{ field: 'secret', fault: 'too_short' }]],
    [{ topics: ['cart.created'] as never }, [{ field: 'topics', fault: 'unknown' }]],
    [{ orderStatuses: [1.5] }, [{ field: 'orderStatuses', fault: 'unknown' }]],
  ])('%o is not registered', async (input, faults) => {
    const good = {
      payloadUrl: 'a.example/hook',
      enabled: true,
      description: '',
      topics: [],
      orderStatuses: [],
    };
    expect(await registerEndpoint(deps(), { ...good, ...input })).toEqual({ ok: false, faults });
    const { webhookId = '' } = { ...(await registerEndpoint(deps(), good)) } as { webhookId?: string };
    expect((await findWebhook(store.db, webhookId))?.payloadUrl).toBe('http://a.example/hook');
  });
});
