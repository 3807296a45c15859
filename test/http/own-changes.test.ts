/**
 * A client that writes and listens: what the shop (another connection, as PHP has it) changes about the same product is
 * heard by poll, stream and webhook, what the client wrote itself is not.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Db, Store } from '../../src/database/open.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { feedHead } from '../../src/feed/store/feed.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { changeCursor } from '../../src/shop/change-cursor.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { deleteWebhook, findWebhook, listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';
import { LOOPBACK } from '../webhook/support/deps.ts';
import { type Receiver, startReceiver } from '../webhook/support/receiver.ts';

type Told = { entity: string; id: string; action: string; parts: string[] | null; origin: string | null };

const STOCK = (stock: number) =>
  `mutation { updateProductStock(code: "YNM-01", stock: ${stock}, stock_unlimited: false) { stock } }`;

eachDatabase((database) => {
  const server = useOAuthServer(database);
  let shop: Store;
  let browser: HttpBrowser;
  let [client, other]: TestClient[] = [];
  let [token, otherToken] = ['', ''];
  let product = 0;
  let productClass = 0;
  let cursor = '';

  beforeAll(async () => {
    const { store } = server.it.services;
    await installFeed(store);
    shop = database.open();
    browser = await loggedIn(server.it);
    [client, other] = [await server.it.client(), await server.it.client()];
    token = (await newTokens(server.it, browser, client, { scope: 'read write' })).access;
    otherToken = (await newTokens(server.it, browser, other, { scope: 'read write' })).access;
    const { rows } = await sql<{ id: number; product_id: number }>`
      select id, product_id from dtb_product_class where product_code = 'YNM-01'`.execute(shop.db);
    product = Number(rows[0]?.product_id);
    productClass = Number(rows[0]?.id);
  });
  beforeEach(async () => {
    await pass();
    cursor = changeCursor(await feedHead(server.it.services.store.db));
  });

  const pass = () => sequence({ store: server.it.services.store, clock: server.it.clock });
  const write = async (statement: string) => void (await sql.raw(statement).execute(shop.db));
  const renameProduct = () => write(`update dtb_product set name = '${Math.random()}' where id = ${product}`);
  async function push(stock: number, bearer = token): Promise<void> {
    const answer = await (await callApi(server.it, bearer, STOCK(stock))).json();
    expect(answer).toMatchObject({ data: { updateProductStock: { stock: expect.anything() } } });
  }
  async function poll(args = '', bearer = token): Promise<Told[]> {
    await pass();
    const text = `{ changes(after: "${cursor}"${args}) { nodes { entity id action parts origin } } }`;
    const answer = (await (await callApi(server.it, bearer, text)).json()) as {
      data?: { changes: { nodes: Told[] } };
    };
    if (!answer.data) throw new Error(JSON.stringify(answer));
    return answer.data.changes.nodes;
  }

  describe('a poller', () => {
    test('reads whose the change is and what it touched, one entry a thing', async () => {
      await push(11);
      expect(await poll()).toEqual([
        {
          entity: 'product',
          id: String(product),
          action: 'updated',
          parts: ['stock'],
          origin: client?.clientId,
        },
      ]);
      await renameProduct();
      const [, shopOwn] = await poll();
      expect(shopOwn).toMatchObject({ parts: ['product'], origin: null });
    });

    test('that excludes itself hears nothing of its own pushes, and all of others about the same product', async () => {
      await push(12);
      expect(await poll(', excludeOwn: true')).toEqual([]);
      await push(13);
      await renameProduct();
      await push(14, otherToken);
      expect(await poll(', excludeOwn: true')).toMatchObject([
        { action: 'updated', parts: ['product', 'stock'] },
      ]);
      expect(await poll(', excludeOwn: true', otherToken)).toMatchObject([
        { parts: ['stock'] },
        { parts: ['product', 'stock'] },
      ]);
      const all = await poll();
      expect(all.map(({ id }) => id)).toEqual([String(product), String(product)]);
      expect(all[1]).toMatchObject({ origin: null, parts: ['product', 'stock'] });
    });

    test('chooses by parts of what it is to hear', async () => {
      await push(15);
      await renameProduct();
      expect(await poll(', parts: [price]')).toEqual([]);
      expect(await poll(', parts: [price, stock]')).toHaveLength(1);
      expect(await poll(', parts: [stock], excludeOwn: true')).toEqual([]);
      expect(await poll(', parts: [product], excludeOwn: true')).toMatchObject([{ parts: ['product'] }]);
    });

    test('chooses by the status that a product or an order has now; what is deleted passes', async () => {
      const status = async (id: number) =>
        write(`update dtb_product set product_status_id = ${id} where id = ${product}`);
      await status(2);
      expect(await poll(', status: [1]')).toEqual([]);
      expect(await poll(', status: [2, 5]')).toMatchObject([{ parts: ['status'] }]);
      await status(1);
      await write(`update dtb_order set note = 'x' where id = 1`);
      const { rows } = await sql<{
        s: number;
      }>`select order_status_id as s from dtb_order where id = 1`.execute(shop.db);
      const now = Number(rows[0]?.s);
      expect(await poll(`, entities: ["order"], status: [${now}]`)).toMatchObject([{ parts: ['order'] }]);
      expect(await poll(`, entities: ["order"], status: [${now + 1}]`)).toEqual([]);
    });

    test.each(['parts: [nothing]', 'status: ["x"]', 'status: [0]', `status: [${Array(51).fill(1)}]`])(
      'is told what is wrong with %s',
      async (args) => {
        const answer = await (
          await callApi(server.it, token, `{ changes(${args}) { latestCursor } }`)
        ).json();
        expect(answer).toMatchObject({
          errors: [{ message: expect.stringMatching(/parts|status|ChangePart/) }],
        });
      },
    );
  });

  test('a mutation that fails leaves its name on no connection', async () => {
    const { store } = server.it.services;
    const failing = `mutation { updateProduct(id: ${product}, name: "x", Category: [99999999]) { id } }`;
    await Promise.all(Array.from({ length: 12 }, () => callApi(server.it, token, failing)));
    const refused = `mutation { updateProductStock(code: "YNM-01", stock: -1, stock_unlimited: false) { stock } }`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => callApi(server.it, token, refused)));
    expect(JSON.stringify(await answers[0]?.json())).toContain('errors');
    const work = store.db.transaction().execute((tx: Db) =>
      store.kit.feed.asOrigin(tx, 'somebody', async () => {
        await sql.raw(`update dtb_product set note = 'a' where id = ${product}`).execute(tx);
        throw new Error('undone');
      }),
    );
    await expect(work).rejects.toThrow('undone');
    // As many at once as there are connections, each the former holder of a mutation.
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        store.db
          .transaction()
          .execute((tx) =>
            sql
              .raw(`update dtb_product_class set sale_limit = ${n + 1} where id = ${productClass}`)
              .execute(tx),
          ),
      ),
    );
    expect(await poll(', excludeOwn: true')).toMatchObject([{ parts: ['class'], origin: null }]);
  });

  describe('a listener', () => {
    test('hears the shop and not itself', async () => {
      const query = 'excludeOwn=true&parts=product,stock&status=1';
      const stream = await openEventStream(`${server.it.url}/api/changes?${query}`, {
        authorization: `Bearer ${token}`,
        'last-event-id': cursor,
      });
      onTestFinished(async () => {
        stream.leave();
        await stream.ended;
      });
      await push(21);
      await pass();
      await renameProduct();
      await push(22);
      await pass();
      await stream.until(({ events }) => events.length > 0);
      expect(stream.events.map(({ data }) => JSON.parse(data))).toEqual([
        {
          entity: 'product',
          id: product,
          action: 'updated',
          changed_at: expect.any(String),
          parts: ['product'],
          origin: null,
        },
      ]);
    });

    test.each(['excludeOwn=yes', 'parts=price,nothing', 'status=x', 'status=0'])(
      'is refused with %s',
      async (query) => {
        const answer = await fetch(`${server.it.url}/api/changes?${query}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(answer.status).toBe(400);
        expect(JSON.stringify(await answer.json())).toContain(query.slice(0, query.indexOf('=')));
      },
    );
  });

  describe('an endpoint', () => {
    let receiver: Receiver;
    beforeAll(async () => {
      receiver = await startReceiver();
    });
    afterAll(() => receiver.close());

    test('that leaves out a client hears the shop and not the client, in the plugin’s body', async () => {
      const { webhooks } = server.it.services;
      const deps = { ...webhooks, allow: LOOPBACK };
      const settings = {
        payloadUrl: receiver.url,
        enabled: true,
        description: '',
        topics: [],
        orderStatuses: [],
      };
      const excludedClientId = client?.clientId ?? null;
      const result = await registerEndpoint(deps, {
        ...settings,
        excludedClientId,
        parts: ['product', 'stock'],
      });
      expect(result.ok).toBe(true);
      const [registered] = await listWebhooks(webhooks.store.db);
      expect(registered).toMatchObject({
        excludedClientId,
        parts: ['product', 'stock'],
        productStatuses: [],
      });
      const worker = startWebhookWorker(deps, { loop: false });
      onTestFinished(async () => {
        await worker.stop();
        if (registered) await deleteWebhook(webhooks.store.db, registered.webhookId);
      });
      const round = async () => {
        await worker.tick();
        server.it.clock.advance(2);
        await worker.tick();
      };
      await push(31);
      await round();
      expect(receiver.received).toEqual([]);
      await push(32);
      await renameProduct();
      await round();
      expect(receiver.bodies()).toEqual([`[{"entity":"product","id":${product},"action":"updated"}]`]);
      expect(await findWebhook(webhooks.store.db, registered?.webhookId ?? '')).toMatchObject({
        enabled: true,
      });
    });
  });
});
