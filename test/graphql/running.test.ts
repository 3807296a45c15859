/** What happens to questions that come too many at once, take too long, or are not waited for. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { NO_EXTENSION } from '../../src/graphql/extension-parts.ts';
import type { Mutation } from '../../src/graphql/mutation.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

/** Mutations that end when the test says so, and which of them were begun. */
const begun: string[] = [];
let ends: Map<string, () => void>;
const gated: Mutation = {
  name: 'gated',
  scopes: ['read', 'write'],
  args: { name: { type: 'String!' } },
  type: 'String',
  run: async (_context, args) => {
    const name = String(args.name);
    begun.push(name);
    await new Promise<void>((resolve) => void ends.set(name, resolve));
    return name;
  },
};
const extension = {
  ...NO_EXTENSION,
  mutations: [gated],
  queries: [
    { ...gated, name: 'waits', run: (context: unknown, args: never) => gated.run(context as never, args) },
  ],
};

let store: Store;
let shop: ShopApi | undefined;
beforeAll(() => {
  store = openStore('sqlite::memory:');
});
afterEach(async () => {
  expect(shop?.log).toEqual([]);
  await shop?.close();
});
afterAll(() => store.close());

async function open(options: Parameters<typeof embeddedShopApi>[1]): Promise<ShopApi> {
  begun.length = 0;
  ends = new Map();
  shop = await embeddedShopApi(store, { extension, ...options });
  return shop;
}
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const end = async (name: string): Promise<void> => {
  await until(() => ends.has(name));
  ends.get(name)?.();
};
const code = (path: string, value: string) => ({ path: [path], extensions: { code: value } });
const THREE = 'mutation { a: gated(name: "a") b: gated(name: "b") c: gated(name: "c") }';

describe('a question that takes too long', () => {
  test('goes on to no further mutation, and says which were run', async () => {
    let now = 0;
    const { ask } = await open({ clock: { now: () => 0, nowMs: () => now, monotonicMs: () => now } });
    const asked = ask(THREE);
    await end('a');
    await until(() => begun.includes('b'));
    now = 60_000;
    await end('b');
    const { data, errors } = await asked;
    expect(data).toEqual({ a: 'a', b: 'b', c: null });
    expect(errors).toMatchObject([
      code('c', 'NOT_RUN'),
      { extensions: { category: 'graphql', code: 'TIMEOUT' } },
    ]);
    expect(begun).toEqual(['a', 'b']);
  });

  test('a mutation that does not end is told apart from what was saved before and not begun after', async () => {
    const { ask } = await open({ limits: { seconds: 0.1, mutationGraceSeconds: 0.2, graceSeconds: 0.1 } });
    const asked = ask(THREE);
    await end('a');
    const { data, errors } = await asked;
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { extensions: { code: 'TIMEOUT' } },
      code('a', 'DONE'),
      code('b', 'UNKNOWN'),
    ]);
    await end('b');
    expect(begun).toEqual(['a', 'b']);
  });

  test('a query is given up with one reason', async () => {
    const { ask } = await open({ limits: { seconds: 0.1, graceSeconds: 0.1 } });
    const { data, errors } = await ask('{ waits(name: "q") }');
    expect([data, errors]).toEqual([
      null,
      [{ message: expect.any(String), extensions: { category: 'graphql', code: 'TIMEOUT' } }],
    ]);
    await end('q');
  });
});

test('a mutation whose client has gone is finished, the next one is not begun', async () => {
  const { url } = await open({});
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const body = JSON.stringify({ query: THREE });
  socket.write(
    `POST /api HTTP/1.1\r\nhost: x\r\nauthorization: Bearer read-write\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await until(() => begun.includes('a'));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await end('a');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(begun).toEqual(['a']);
});

describe('many questions at once', () => {
  const send = ({ url }: ShopApi, name: string, token = 'read'): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: `{ waits(name: "${name}") }` }),
    });

  test('of one client: some are worked on, some wait, the rest come back later', async () => {
    const api = await open({ running: { perClient: 2, waiting: 1 } });
    const answers = ['1', '2'].map((name) => send(api, name));
    await until(() => begun.length === 2);
    const waiting = send(api, '3');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = await send(api, '4');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '1',
      { errors: [{ message: expect.any(String), extensions: { category: 'throttled', code: 'BUSY' } }] },
    ]);
    expect(begun).toEqual(['1', '2']);
    await end('1');
    await end('3');
    await end('2');
    expect((await Promise.all([...answers, waiting])).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('A2: bodies that wait are bounded in bytes, not only in number', async () => {
    const api = await open({ running: { perClient: 1, waitingBytes: 100_000 } });
    const sendLong = (name: string): Promise<Response> =>
      fetch(api.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer read' },
        body: JSON.stringify({ query: `{ waits(name: "${name}") }`, extensions: { x: 'x'.repeat(60_000) } }),
      });
    const first = send(api, '1');
    await until(() => begun.length === 1);
    const long = [sendLong('2'), sendLong('3')];
    expect((await Promise.race(long)).status).toBe(429);
    await end('1');
    await until(() => begun.length === 2);
    await end(begun[1] ?? '');
    const statuses = await Promise.all([first, ...long].map(async (one) => (await one).status));
    expect(statuses.toSorted()).toEqual([200, 200, 429]);
    // What has waited counts no more.
    const last = send(api, '4');
    await until(() => begun.length === 3);
    const next = sendLong('5');
    await end('4');
    await end('5');
    expect([(await last).status, (await next).status]).toEqual([200, 200]);
  });

  test('of all clients: 503, and a place is free again when an answer has left', async () => {
    const api = await open({ running: { perClient: 5, all: 1, waitMs: 30 } });
    const first = send(api, '1');
    await until(() => begun.length === 1);
    const refused = await send(api, '2');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    await end('1');
    await first;
    const next = send(api, '3');
    await end('3');
    expect((await next).status).toBe(200);
  });

  test('A2: who leaves while being worked on frees no place before the work has ended', async () => {
    const api = await open({ running: { perClient: 1 } });
    const leaving = new AbortController();
    const left = fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer read' },
      body: '{"query":"{ waits(name: \\"1\\") }"}',
      signal: leaving.signal,
    }).catch(() => undefined);
    await until(() => begun.length === 1);
    leaving.abort();
    await left;
    const next = send(api, '2');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(begun).toEqual(['1']);
    await end('1');
    await end('2');
    expect((await next).status).toBe(200);
  });

  test('who leaves while waiting takes no place', async () => {
    const api = await open({ running: { perClient: 1 } });
    const first = send(api, '1');
    await until(() => begun.length === 1);
    const leaving = new AbortController();
    const left = fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer read' },
      body: '{"query":"{ waits(name: \\"2\\") }"}',
      signal: leaving.signal,
    }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    leaving.abort();
    await left;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await end('1');
    await first;
    const next = send(api, '3');
    await end('3');
    expect((await next).status).toBe(200);
    expect(begun).toEqual(['1', '3']);
  });
});
