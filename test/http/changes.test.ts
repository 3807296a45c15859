/** The change feed for pollers (`changes` in GraphQL) and for listeners (`GET /api/changes`), by real HTTP. */
import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { changeFollower } from '../../src/feed/follow.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { feedHead, pruneFeed } from '../../src/feed/store/feed.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { changeTopics } from '../../src/graphql/readable-changes.ts';
import { type ChangesRouteDeps, changesRoute } from '../../src/http/changes-route.ts';
import { limiter } from '../../src/http/limits.ts';
import { changeCursor } from '../../src/shop/change-cursor.ts';
import { eachDatabase } from '../support/databases.ts';
import { type EventStream, openEventStream } from '../support/event-stream.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

type Page = {
  nodes: { entity: string; id: string; action: string; changed_at: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  latestCursor: string;
};

const FIELDS =
  '{ nodes { entity id action changed_at } edges { cursor } pageInfo { hasNextPage endCursor } latestCursor }';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const store = () => server.it.services.store;
  let browser: HttpBrowser;
  let token: string;

  beforeAll(async () => {
    browser = await loggedIn(server.it);
    token = await tokenFor(['read']);
    await installFeed(store());
  });

  async function tokenFor(scopes: readonly string[]): Promise<string> {
    const client = await server.it.client({ scopes });
    return (await newTokens(server.it, browser, client, { scope: scopes.join(' ') })).access;
  }

  /** SQL by hand, and the worker's pass over it. */
  async function change(...statements: string[]): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(store().db);
    await sequence({ store: store(), clock: server.it.clock });
  }
  const rename = (table: 'product' | 'order' | 'customer', id: number): string =>
    `update dtb_${table} set note = '${Math.random()}' where id = ${id}`;

  async function ask(args: string, bearer = token): Promise<{ data?: { changes: Page }; errors?: unknown }> {
    const answer = await callApi(server.it, bearer, `{ changes${args} ${FIELDS} }`);
    return (await answer.json()) as { data?: { changes: Page }; errors?: unknown };
  }
  async function page(args: string, bearer = token): Promise<Page> {
    const { data, errors } = await ask(args, bearer);
    if (!data?.changes) throw new Error(JSON.stringify(errors));
    return data.changes;
  }

  describe('a poller', () => {
    test('sees each change once, page by page, and nothing twice', async () => {
      const { latestCursor } = await page('');
      await change(rename('product', 1), rename('order', 1), rename('customer', 1), rename('product', 2));
      const seen: string[] = [];
      let after = latestCursor;
      for (let more = true; more; ) {
        const { nodes, pageInfo } = await page(`(first: 3, after: "${after}")`);
        seen.push(...nodes.map(({ entity, id, action }) => `${entity} ${id} ${action}`));
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(seen.toSorted()).toEqual([
        'customer 1 updated',
        'order 1 updated',
        'product 1 updated',
        'product 2 updated',
      ]);
      expect((await page(`(after: "${after}")`)).nodes).toEqual([]);
    });

    test('moves on past what does not concern it', async () => {
      const { latestCursor } = await page('');
      await change(rename('product', 1));
      const none = await page(`(after: "${latestCursor}", entities: ["customer"])`);
      expect(none.nodes).toEqual([]);
      expect(none.pageInfo).toEqual({ hasNextPage: false, endCursor: none.latestCursor });
      expect(none.latestCursor).not.toBe(latestCursor);
    });

    test('reads times in the shop’s zone', async () => {
      const { latestCursor } = await page('');
      await change(rename('product', 1));
      const [node] = (await page(`(after: "${latestCursor}")`)).nodes;
      expect(node?.changed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
    });

    test.each([
      ['(first: 0)', 'first: '],
      ['(first: 1001)', 'first: '],
      ['(after: "abc")', 'after: '],
      [`(after: "${changeCursor(9_000_000)}")`, 'after: '],
      ['(entities: ["staff"])', 'entities: '],
    ])('is told what is wrong with %s', async (args, beginning) => {
      const { errors } = await ask(args);
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining(beginning),
          extensions: { category: 'Invalid argument', code: 'INVALID', field: beginning.slice(0, -2) },
        },
      ]);
    });

    test('hears of its own scope’s things only', async () => {
      const products = await tokenFor(['read:products']);
      const { latestCursor } = await page('');
      await change(rename('product', 1), rename('order', 1), rename('customer', 1));
      const own = await page(`(after: "${latestCursor}")`, products);
      expect(own.nodes.map(({ entity }) => entity)).toEqual(['product']);
      const { errors } = await ask(`(entities: ["order"])`, products);
      expect(JSON.stringify(errors)).toContain('Insufficient permission. (read:orders)');
    });
  });

  describe('a listener', () => {
    let app: FastifyInstance;
    let url: string;
    beforeAll(async () => {
      ({ app, url } = await serve({ heartbeatMs: 50, maxListeners: 100, maxListenersPerClient: 100 }));
    });
    afterAll(() => app?.close());

    /** The route as the server has it, with a short heartbeat. */
    async function serve(
      bounds: Pick<ChangesRouteDeps, 'heartbeatMs' | 'maxListeners' | 'maxListenersPerClient'>,
    ) {
      const { services } = server.it;
      const fastify = Fastify();
      await fastify.register(changesRoute, {
        db: services.store.db,
        follower: changeFollower({ db: services.store.db, log: services.log, pollMs: 20 }),
        topics: changeTopics(services.extended.api),
        publish: services.api.publish,
        principalOf: services.bearer.principalOf,
        issuer: server.it.issuer,
        requests: limiter(1_000_000),
        isOn: () => services.apiSwitch.isOn(),
        writeTime: (at) => new Date(at * 1000).toISOString(),
        ...bounds,
      });
      const address = await fastify.listen({ port: 0, host: '127.0.0.1' });
      return { app: fastify, url: `${address}/api/changes` };
    }

    async function listen(
      query = '',
      { bearer = token, lastEventId = '' }: { bearer?: string; lastEventId?: string } = {},
      at = url,
    ): Promise<EventStream> {
      const resume = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
      const stream = await openEventStream(at + query, { authorization: `Bearer ${bearer}`, ...resume });
      onTestFinished(async () => {
        stream.leave();
        await stream.ended;
      });
      return stream;
    }

    const told = ({ events }: EventStream) =>
      events.map(({ data }) => JSON.parse(data) as { entity: string; id: number; action: string });

    test('hears of what happens from now on', async () => {
      const stream = await listen();
      expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(stream.response.headers.get('cache-control')).toBe('no-store');
      await stream.until((one) => one.lastEventId() !== '');
      await change(rename('product', 1));
      await stream.until(({ events }) => events.length === 1);
      expect(told(stream)).toEqual([
        {
          entity: 'product',
          id: 1,
          action: 'updated',
          changed_at: expect.any(String),
          parts: ['product'],
          origin: null,
        },
      ]);
      expect(stream.events[0]?.event).toBe('change');
    });

    test('gets events without a name when it asks for what reaches onmessage', async () => {
      const stream = await listen('?event=message&entities=product');
      await stream.until((one) => one.lastEventId() !== '');
      await change(rename('product', 1));
      await stream.until(({ events }) => events.length === 1);
      expect(told(stream)).toMatchObject([{ entity: 'product', id: 1 }]);
      expect(stream.text()).not.toContain('event:');
      expect(stream.events[0]?.id).toBe(stream.lastEventId());
    });

    test('is told that it has to ask by GET, and for which events', async () => {
      const headers = { authorization: `Bearer ${token}` };
      for (const method of ['POST', 'OPTIONS', 'HEAD']) {
        const answer = await fetch(url, { method, headers });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
      }
      expect((await fetch(`${url}?event=other`, { headers })).status).toBe(400);
    });

    test('goes on behind the last event that it has seen', async () => {
      const first = await listen();
      await first.until((one) => one.lastEventId() !== '');
      const lastEventId = first.lastEventId();
      first.leave();
      await first.ended;
      await change(rename('order', 1));
      await change(rename('order', 2));
      const second = await listen('', { lastEventId });
      await second.until(({ events }) => events.length === 2);
      expect(told(second).map(({ id }) => id)).toEqual([1, 2]);
      const third = await listen('', { lastEventId: second.events[0]?.id ?? '' });
      await third.until(({ events }) => events.length === 1);
      expect(told(third).map(({ id }) => id)).toEqual([2]);
    });

    test('hears of the entities it names, and its heartbeat takes the id past the others', async () => {
      const stream = await listen('?entities=customer,order');
      await stream.until((one) => one.lastEventId() !== '');
      const before = stream.lastEventId();
      await change(rename('product', 1));
      await stream.until((one) => one.lastEventId() !== before && one.text().includes(': heartbeat'));
      expect(stream.events).toEqual([]);
      await change(rename('customer', 1));
      await stream.until(({ events }) => events.length === 1);
      expect(told(stream)).toMatchObject([{ entity: 'customer', id: 1 }]);
    });

    test('gets ten thousand changes that were waiting, in order', async () => {
      const head = await feedHead(store().db);
      const values = (from: number) =>
        Array.from({ length: 500 }, (_, i) => `('product', ${from + i}, 'updated', 1775001600)`).join();
      for (let i = 0; i < 20; i += 1) {
        const rows = values(1_000_000 + i * 500);
        await change(`insert into tegata_change (entity, entity_id, action, changed_at) values ${rows}`);
      }
      const stream = await listen('', { lastEventId: changeCursor(head) });
      await stream.until(({ events }) => events.length === 10_000);
      expect(told(stream).map(({ id }) => id)).toEqual(
        Array.from({ length: 10_000 }, (_, i) => 1_000_000 + i),
      );
    });

    test('is refused without a token, with a bad id, with unknown entities, without scope', async () => {
      const refused = async (query: string, headers: Record<string, string>) => {
        const answer = await fetch(url + query, { headers });
        expect(await answer.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
        return answer.status;
      };
      const good = { authorization: `Bearer ${token}` };
      expect(await refused('', {})).toBe(401);
      expect(await refused('', { ...good, 'last-event-id': 'abc' })).toBe(400);
      expect(await refused('', { ...good, 'last-event-id': changeCursor(9_000_000) })).toBe(400);
      expect(await refused('?entities=staff', good)).toBe(400);
      const stock = { authorization: `Bearer ${await tokenFor(['write:stock'])}` };
      expect(await refused('', stock)).toBe(403);
      const products = { authorization: `Bearer ${await tokenFor(['read:products'])}` };
      expect(await refused('?entities=order', products)).toBe(403);
    });

    test('is one of a bounded number, and leaving makes room', async () => {
      const own = await serve({ heartbeatMs: 50, maxListeners: 3, maxListenersPerClient: 2 });
      onTestFinished(() => own.app.close());
      const statusOf = async (bearer: string) => (await listen('', { bearer }, own.url)).response.status;
      const first = await listen('', {}, own.url);
      expect(await statusOf(token)).toBe(200);
      const third = await listen('', {}, own.url);
      expect(third.response.status).toBe(429);
      expect(third.response.headers.get('retry-after')).toBe('30');
      expect(await statusOf(await tokenFor(['read']))).toBe(200);
      expect(await statusOf(await tokenFor(['read']))).toBe(429);
      first.leave();
      await first.ended;
      await expect.poll(() => statusOf(token)).toBe(200);
    });

    test('is ended when its token is revoked', async () => {
      const client = await server.it.client({ scopes: ['read'] });
      const { access } = await newTokens(server.it, browser, client, { scope: 'read' });
      const stream = await listen('', { bearer: access });
      await stream.until((one) => one.lastEventId() !== '');
      const revoked = await fetch(`${server.it.url}/revoke`, {
        method: 'POST',
        body: new URLSearchParams({
          token: access,
          client_id: client.clientId,
          client_secret: client.secret,
        }),
      });
      expect(revoked.status).toBe(200);
      server.it.clock.advance(1);
      await stream.ended;
      await change(rename('product', 1));
      expect(stream.events).toEqual([]);
    });

    test('is ended when its token expires', async () => {
      const stream = await listen();
      await stream.until((one) => one.lastEventId() !== '');
      server.it.clock.advance(3_601);
      await stream.ended;
      browser = await loggedIn(server.it);
      token = await tokenFor(['read']);
    });

    test('is ended when the server closes', async () => {
      const own = await serve({ heartbeatMs: 60_000, maxListeners: 10, maxListenersPerClient: 2 });
      const stream = await listen('', {}, own.url);
      await stream.until((one) => one.lastEventId() !== '');
      await own.app.close();
      await stream.ended;
    });

    test('finds the route on the server itself', async () => {
      const stream = await listen('', {}, `${server.it.url}/api/changes`);
      expect(stream.response.status).toBe(200);
      await stream.until((one) => one.lastEventId() !== '');
    });
  });

  test('who comes back after the feed was pruned is told so, with the place to go on from', async () => {
    const { latestCursor } = await page('');
    await change(rename('product', 1));
    await change(rename('product', 2));
    const head = await feedHead(store().db);
    const before = server.it.clock.now() + 1;
    while ((await pruneFeed(store().db, { before, upTo: head - 1, batch: 1000 })) > 0);
    const { errors } = await ask(`(after: "${latestCursor}")`);
    const resume = changeCursor(head - 1);
    expect(errors).toMatchObject([{ message: expect.stringContaining(resume) }]);
    expect((await page(`(after: "${resume}")`)).nodes).toMatchObject([{ entity: 'product', id: '2' }]);
    const answer = await fetch(`${server.it.url}/api/changes`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': latestCursor },
    });
    expect(answer.status).toBe(410);
    expect(JSON.stringify(await answer.json())).toContain(resume);
  });
});
