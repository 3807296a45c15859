/** How a question may be sent, and how its answer may be asked for: GraphQL over HTTP, RFC 9110, RFC 8259. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

let store: Store;
let shop: ShopApi;
beforeAll(async () => {
  store = openStore('sqlite::memory:');
  shop = await embeddedShopApi(store);
});
afterAll(async () => {
  expect(shop.log).toEqual([]);
  await shop.close();
  await store.close();
});

const bearer = { authorization: 'Bearer read-write' };
const QUESTION = { query: 'query A { __typename }' };
// What it cost has tests of its own.
const DATA = { data: { __typename: 'Query' }, extensions: expect.anything() };

const post = (body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> =>
  fetch(shop.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer, ...headers },
    body: body ?? null,
  });
const get = (query: string): Promise<Response> => fetch(`${shop.url}?${query}`, { headers: bearer });
const query = encodeURIComponent(QUESTION.query);

describe('what is empty or null is as good as not given', () => {
  test.each([
    { operationName: '' },
    { operationName: null, variables: null, extensions: null },
    { variables: {}, extensions: {} },
    { somethingElse: 1 },
  ])('in a body: %j', async (members) => {
    const answer = await post(JSON.stringify({ ...QUESTION, ...members }));
    expect([answer.status, await answer.json()]).toEqual([200, DATA]);
  });

  test.each([
    'operationName=',
    'variables=&extensions=&operationName=',
    'variables=null&extensions=null',
    'other=1&other=2',
  ])('in an address: %s', async (further) => {
    expect(await (await get(`query=${query}&${further}`)).json()).toEqual(DATA);
  });

  test('a question mark in an address belongs to the question', async () => {
    const answer = await get(`query=${query}%23?really&operationName=A`);
    expect(await answer.json()).toEqual(DATA);
  });
});

describe('what is malformed is told', () => {
  test.each<[string, string]>([
    [JSON.stringify({ query: null }), 'query'],
    [JSON.stringify({ query: '' }), ''],
    [JSON.stringify({ ...QUESTION, operationName: 5 }), 'operationName'],
    [JSON.stringify({ ...QUESTION, variables: 'x' }), 'variables'],
    [JSON.stringify({ ...QUESTION, extensions: [] }), 'extensions'],
    ['"text"', 'body'],
    ['{', 'body'],
    ['', 'body'],
  ])('%s', async (body, named) => {
    const answer = await post(body, { accept: 'application/graphql-response+json' });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { errors: { message: string }[] }).errors[0]?.message).toContain(named);
  });

  test('a parameter that stands in the address twice', async () => {
    for (const name of ['query', 'operationName', 'variables', 'extensions']) {
      const answer = await get(`query=${query}&${name}=%7B%7D&${name}=%7B%7D`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{}] }]);
    }
  });

  test('bytes that are not UTF-8', async () => {
    const answer = await post(Buffer.from('{"query":"{__typename}","operationName":"\xff"}', 'latin1'));
    expect(answer.status).toBe(400);
  });

  test('a hash instead of a question, so that the client sends the question', async () => {
    const answer = await post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}');
    expect(await answer.json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotSupported' }] });
  });
});

test('a byte order mark before the JSON is passed over', async () => {
  expect(await (await post(`\ufeff${JSON.stringify(QUESTION)}`)).json()).toEqual(DATA);
});

describe('Content-Type and Content-Encoding', () => {
  test.each([
    'application/json',
    'Application/JSON; Charset=UTF-8',
    'application/json;charset="utf-8"',
    'application/json; charset=utf8',
    'application/json; profile="a;b,c"; charset=utf-8',
  ])('%s is read', async (type) => {
    expect((await post(JSON.stringify(QUESTION), { 'content-type': type })).status).toBe(200);
  });

  test.each([
    'application/json; charset=shift_jis',
    'application/json; profile=x; charset=utf-16',
    'application/graphql',
    'text/plain',
    'application/jsonx',
  ])('%s is refused, with the type that is taken', async (type) => {
    const answer = await post(JSON.stringify(QUESTION), { 'content-type': type });
    expect([answer.status, answer.headers.get('accept')]).toEqual([415, 'application/json']);
  });

  test('a coded body is refused, with the coding that is taken; identity is none', async () => {
    const coded = await post(new Uint8Array(gzipSync(JSON.stringify(QUESTION))), {
      'content-encoding': 'gzip',
    });
    expect([coded.status, coded.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect((await post(JSON.stringify(QUESTION), { 'content-encoding': 'identity' })).status).toBe(200);
  });
});

describe('Accept', () => {
  const OLD = 'application/json; charset=utf-8';
  const NEW = 'application/graphql-response+json; charset=utf-8';

  test.each<[string, string]>([
    ['', OLD],
    ['*/*', OLD],
    ['application/*', OLD],
    ['application/graphql-response+json', NEW],
    ['application/graphql-response+json,application/json;q=0.9', NEW],
    ['application/json;q=0.9,application/graphql-response+json', NEW],
    ['application/json, application/graphql-response+json', OLD],
    ['application/graphql-response+json;q=0.5, */*', OLD],
    ['application/json;q=0, */*', NEW],
    ['text/html, application/json;q=0.1', OLD],
    ['APPLICATION/JSON; Charset="UTF-8"', OLD],
    ['application/json;profile="a,b";q=1', OLD],
    ['application/graphql-response+json; charset=utf-8, application/json; charset=utf-8', NEW],
  ])('%s', async (accept, type) => {
    const answer = await post(JSON.stringify(QUESTION), { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  });

  test.each([
    'text/html',
    'application/json;q=0',
    'application/json; charset=shift_jis',
    'application/*;q=0.000',
  ])('%s takes none of ours', async (accept) => {
    expect((await post(JSON.stringify(QUESTION), { accept })).status).toBe(406);
  });
});

test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is told what is allowed', async (method) => {
  const answer = await fetch(shop.url, { method, headers: bearer });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
});
