/** Clients register endpoints by the API, by real HTTP: who may, what they hear, what of their query arrives, what ends it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { webhookMutations } from '../../src/graphql/mutations/webhooks.ts';
import type { WebhookSubscriptions } from '../../src/graphql/webhook-subscriptions.ts';
import { webhooksQuery } from '../../src/graphql/webhooks-query.ts';
import { deleteWebhook, findWebhook, listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';
import { type Receiver, startReceiver } from '../webhook/support/receiver.ts';

type Answer = {
  data?: Record<string, { webhook: { id: string; state: string }; secret: string | null }>;
  errors?: { message: string; extensions: { code?: string; field?: string } }[];
};

const NAME = 'query ($id: ID!) { product(id: $id) { name } }';
const SCOPES = ['read:products', 'write:stock', 'webhooks'];

eachDatabase((database) => {
  const server = useOAuthServer(database, { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' });
  let browser: HttpBrowser;
  let receiver: Receiver;
  let client: TestClient;
  let token = '';

  beforeAll(async () => {
    await installFeed(server.it.services.store);
    browser = await loggedIn(server.it);
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    const { db } = server.it.services.store;
    for (const { webhookId } of await listWebhooks(db)) await deleteWebhook(db, webhookId);
    client = await server.it.client({ scopes: SCOPES });
    token = await tokenOf(client);
    await round();
    receiver.received.length = 0;
  });

  const tokenOf = async (one: TestClient, scopes: readonly string[] = SCOPES) =>
    (await newTokens(server.it, browser, one, { scope: scopes.join(' ') })).access;
  const ask = async (text: string, bearer = token) =>
    (await (await callApi(server.it, bearer, text)).json()) as Answer;
  const write = (statement: string) => sql.raw(statement).execute(server.it.services.store.db);
  async function round(): Promise<void> {
    const worker = startWebhookWorker(server.it.services.webhooks, { loop: false });
    await worker.tick();
    server.it.clock.advance(2);
    await worker.tick();
    await worker.stop();
  }
  async function create(args = '', bearer = token) {
    const { data, errors } = await ask(
      `mutation { webhookCreate(url: "${receiver.url}" ${args}) { webhook { id state } secret } }`,
      bearer,
    );
    if (!data?.webhookCreate) throw new Error(JSON.stringify(errors));
    return { id: data.webhookCreate.webhook.id, secret: data.webhookCreate.secret };
  }
  const bodies = () => receiver.received.map(({ body }) => JSON.parse(body) as unknown);
  const stateOf = async (id: string) =>
    (
      (await ask('{ webhooks { id state } }')).data as unknown as {
        webhooks: { id: string; state: string }[];
      }
    ).webhooks.find((one) => one.id === id)?.state;

  test('a client registers, hears with its own query’s data, changes, deletes; staff see who did it', async () => {
    const { id, secret } = await create(
      `topics: ["product.created", "product.updated", "product.deleted"], excludeOwn: true, query: "${NAME}"`,
    );
    expect(secret).toMatch(/^whsec_/);
    await write(`update dtb_product set name = '手帳' where id = 1`);
    await ask('mutation { updateProductStock(code: "YNM-01", stock: 3, stock_unlimited: false) { stock } }');
    await round();
    expect(bodies()).toEqual([
      [
        {
          entity: 'product',
          id: 1,
          action: 'updated',
          parts: ['product'],
          origin: null,
          data: { product: { name: '手帳' } },
        },
      ],
    ]);
    expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    const { db } = server.it.services.store;
    const stored = await db.selectFrom('tegata_delivery').select('body').execute();
    expect(JSON.stringify(stored)).not.toContain('手帳');

    const changed = await ask(
      `mutation { webhookUpdate(id: "${id}", parts: [stock], query: null) { webhook { id parts query topics } secret } }`,
    );
    expect(changed.data?.webhookUpdate).toMatchObject({
      webhook: { id, parts: ['stock'], query: null },
      secret: null,
    });
    const gone = await ask(`mutation { webhookDelete(id: "${id}") }`);
    expect(gone.data?.webhookDelete).toBe(id);
    expect(await findWebhook(db, id)).toBeUndefined();
    const events = await db
      .selectFrom('tegata_event')
      .select(['kind', 'client_id'])
      .where('client_id', '=', client.clientId)
      .where('kind', 'like', 'webhook%')
      .orderBy('event_id')
      .execute();
    expect(events.map(({ kind }) => kind)).toEqual(['webhook_created', 'webhook_updated', 'webhook_deleted']);
  });

  test('only the scope webhooks opens it, and nobody but the client itself sees or touches an endpoint', async () => {
    const { id } = await create();
    const readWrite = await tokenOf(await server.it.client(), ['read', 'write']);
    const stock = await tokenOf(await server.it.client({ scopes: ['write:stock'] }), ['write:stock']);
    for (const bearer of [readWrite, stock]) {
      const refused = await ask(`mutation { webhookDelete(id: "${id}") }`, bearer);
      expect(refused.errors?.[0]?.message).toMatch(/^Insufficient permission\. \(.*webhooks/);
    }
    const other = await tokenOf(await server.it.client({ scopes: SCOPES }));
    const [deleted, updated] = [
      await ask(`mutation { webhookDelete(id: "${id}") }`, other),
      await ask(`mutation { webhookUpdate(id: "${id}", enabled: false) { webhook { id } } }`, other),
    ];
    for (const { errors } of [deleted, updated]) expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await ask('{ webhooks { id } }', other)).data).toEqual({ webhooks: [] });
    expect(await stateOf(id)).toBe('waiting');
  });

  test.each([
    ['url: "ftp://example.com/"', 'url'],
    ['url: "http://10.0.0.1/"', 'url'],
    ['url: "http://127.0.0.1/", topics: ["order.created"]', 'topics'],
    ['url: "http://127.0.0.1/", topics: ["nothing.created"]', 'topics'],
    [`url: "http://127.0.0.1/", query: "${NAME}"`, 'topics'],
    ['url: "http://127.0.0.1/", topics: ["product.updated"], query: "{ orders { totalCount } }"', 'query'],
    ['url: "http://127.0.0.1/", topics: ["product.updated"], query: "{ product(id: 1) { no } }"', 'query'],
    [
      'url: "http://127.0.0.1/", topics: ["product.updated"], query: "query ($n: String) { products(id: $n) { totalCount } }"',
      'query',
    ],
    [
      'url: "http://127.0.0.1/", topics: ["product.updated"], query: "mutation { webhookDelete(id: 1) }"',
      'query',
    ],
    ['url: "http://127.0.0.1/", secret: "short"', 'secret'],
    ['url: "http://127.0.0.1/", orderStatuses: ["x"]', 'orderStatuses'],
  ])('%s is refused, and nothing is stored', async (args, field) => {
    const { errors } = await ask(`mutation { webhookCreate(${args}) { secret } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', field });
    expect(await listWebhooks(server.it.services.store.db)).toEqual([]);
  });

  test('a repetition under the same name hears the same secret, which is stored in clear nowhere', async () => {
    const text = `mutation { webhookCreate(url: "${receiver.url}", clientMutationId: "one") { webhook { id } secret } }`;
    const [first, again] = [await ask(text), await ask(text)];
    expect([again.data, again.errors]).toEqual([first.data, undefined]);
    const { db } = server.it.services.store;
    expect(await listWebhooks(db)).toHaveLength(1);
    const secret = first.data?.webhookCreate?.secret ?? '';
    expect(secret).toMatch(/^whsec_/);
    for (const table of ['tegata_client_mutation', 'tegata_webhook', 'tegata_event'] as const) {
      expect(JSON.stringify(await db.selectFrom(table).selectAll().execute())).not.toContain(secret);
    }
  });

  describe('what the client may do no more', () => {
    const touch = () => write(`update dtb_product set note = '${Math.random()}' where id = 1`);
    const setScopes = (scopes: string) =>
      write(`update tegata_client set scopes = '${scopes}' where client_id = '${client.clientId}'`);

    test('a lost scope pauses the endpoint; nothing is sent, nothing is lost; with the scope it goes on', async () => {
      const { id } = await create(`topics: ["product.updated"], query: "${NAME}"`);
      await setScopes('webhooks');
      await touch();
      await round();
      expect(bodies()).toEqual([]);
      expect(await findWebhook(server.it.services.store.db, id)).toMatchObject({ pausedReason: 'access' });
      await setScopes(SCOPES.join(' '));
      const resumed = await ask(`mutation { webhookUpdate(id: "${id}") { webhook { state } } }`);
      expect(resumed.data?.webhookUpdate?.webhook.state).toBe('waiting');
      await round();
      expect(bodies()).toMatchObject([[{ id: 1, data: { product: { name: expect.any(String) } } }]]);
    });

    test('lost between making and sending: the delivery waits', async () => {
      const { id } = await create('topics: ["product.updated"]');
      receiver.answer = (response) => response.writeHead(503).end();
      await touch();
      await round();
      const sent = receiver.received.length;
      expect(sent).toBeGreaterThan(0);
      receiver.answer = (response) => response.writeHead(204).end();
      await write(`update tegata_grant set revoked_at = 1 where client_id = '${client.clientId}'`);
      server.it.clock.advance(60);
      await round();
      expect(receiver.received).toHaveLength(sent);
      expect(await findWebhook(server.it.services.store.db, id)).toMatchObject({ pausedReason: 'access' });
      const [delivery] = await server.it.services.store.db
        .selectFrom('tegata_delivery')
        .select('state')
        .where('webhook_id', '=', id)
        .execute();
      expect(delivery?.state).toBe('pending');
    });

    test('a query that the token may no longer ask brings its error, and the event all the same', async () => {
      await create(
        'topics: ["product.updated"], query: "query ($id: ID!) { product(id: $id) { ProductClasses { stock } } }"',
      );
      await write(
        `update tegata_webhook set payload_query = 'query ($id: ID!) { order(id: $id) { order_no } }'`,
      );
      await touch();
      await round();
      expect(bodies()).toMatchObject([
        [
          {
            id: 1,
            action: 'updated',
            data: null,
            errors: [{ message: expect.stringContaining('Insufficient permission') }],
          },
        ],
      ]);
    });
  });

  test('the documented examples work', async () => {
    const none = {} as WebhookSubscriptions;
    const [createOne, updateOne, deleteOne] = webhookMutations(none);
    const list = webhooksQuery(none).example ?? '';
    const made = await ask(createOne?.example ?? '');
    const id = made.data?.webhookCreate?.webhook.id ?? '';
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const asThis = (text = '') => text.replace(/[0-9a-f]{32}/, id);
    const updated = await ask(asThis(updateOne?.example));
    expect(updated.data?.webhookUpdate?.secret).toMatch(/^whsec_/);
    expect((await ask(list)).data?.webhooks).toHaveLength(1);
    expect((await ask(asThis(deleteOne?.example))).data?.webhookDelete).toBe(id);
    for (const { args, types } of webhookMutations(none)) {
      const described = [
        ...Object.values(args),
        ...(types ?? []).flatMap((type) => ('fields' in type ? Object.values(type.fields) : [])),
      ];
      for (const { description } of described) {
        expect(description?.ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
        expect(description?.en).toMatch(/^[A-Z]/);
      }
    }
  });
});
