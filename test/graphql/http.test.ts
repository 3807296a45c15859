/** /api over HTTP: the whole audit suite of graphql-http, and bearer tokens by RFC 6750. */
import { type AuditResult, auditServer } from 'graphql-http';
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
  await shop.close();
  await store.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(shop.url, {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: 'Bearer read-write', ...headers },
    body: JSON.stringify({ query }),
  });
const errorOf = async (response: Response) => ((await response.json()) as { errors: unknown[] }).errors[0];

test('every audit of graphql-http passes', async () => {
  const fetchFn = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: 'Bearer read-write' } });
  const results: AuditResult[] = await auditServer({ url: shop.url, fetchFn });
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ status }) => status !== 'ok').map((one) => `${one.id} ${one.name}`)).toEqual([]);
});

describe('without a good token', () => {
  test('none: 401 with a challenge that names no error', async () => {
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: JSON_TYPE,
      body: '{"query":"{__typename}"}',
    });
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toMatch(
      /^Bearer realm="tegata", resource_metadata="http:\/\/localhost\/\.well-known\//,
    );
    expect(challenge).not.toContain('error=');
    expect(await errorOf(response)).toEqual({
      message: 'An access token is needed.',
      extensions: { category: 'authentication', code: 'UNAUTHENTICATED' },
    });
  });

  test('a bad one: 401 invalid_token, and a description that a header can hold', async () => {
    const response = await post('{__typename}', { authorization: 'Bearer nothing' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain(
      `error="invalid_token", error_description="no 'such' token"`,
    );
  });

  test('the scheme is case-insensitive', async () => {
    expect((await post('{__typename}', { authorization: 'bEARER read' })).status).toBe(200);
  });

  test('in the address: refused, whatever the header says', async () => {
    const response = await fetch(`${shop.url}?query={__typename}&access_token=read`, {
      headers: { authorization: 'Bearer read' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_request"');
  });
});

describe('scopes', () => {
  const PERMISSION = (scopes: string) => ({
    message: `Insufficient permission. (${scopes})`,
    extensions: { category: 'graphql', code: 'FORBIDDEN' },
  });
  const MUTATION = 'mutation { updateProductStock(code: "x", stock_unlimited: true) { id } }';

  test.each([
    ['none', '{ __typename }', 'read'],
    ['write', '{ product(id: 1) { id } }', 'read'],
    ['none', '{ __schema { types { name } } }', 'read'],
    ['none', '{ noSuchField }', 'read'],
    ['read', MUTATION, 'read,write'],
    ['write', MUTATION, 'read,write'],
    ['read', `query a { __typename } ${MUTATION.replace('mutation', 'mutation b')}`, 'read,write'],
  ])('a token with %s may not %s', async (scopes, query, needed) => {
    const response = await post(query, { authorization: `Bearer ${scopes}` });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="tegata", error="insufficient_scope", scope="${needed.replace(',', ' ')}", resource_metadata="http://localhost/.well-known/oauth-protected-resource/api"`,
    );
    expect(await response.json()).toEqual({ errors: [PERMISSION(needed)] });
  });

  test('read and write together may do both', async () => {
    const answer = await shop.ask(MUTATION);
    expect(answer.errors?.[0]?.message).toBe('code: No ProductClass found;');
  });
});

describe('what is no question', () => {
  const send = (init: RequestInit & { path?: string }): Promise<Response> =>
    fetch(shop.url + (init.path ?? ''), {
      method: 'POST',
      ...init,
      headers: { ...JSON_TYPE, authorization: 'Bearer read-write', ...init.headers },
    });

  test.each<[string, RequestInit & { path?: string }, number]>([
    ['broken JSON', { body: '{"query":' }, 400],
    ['a list', { body: '[{"query":"{__typename}"}]' }, 400],
    ['null', { body: 'null' }, 400],
    ['no body', {}, 400],
    ['a query that is no text', { body: '{"query":1}' }, 400],
    ['variables that are a list', { body: '{"query":"{__typename}","variables":[]}' }, 400],
    [
      'a form',
      { body: 'query={__typename}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    [
      'another encoding',
      { body: '{}', headers: { 'content-type': 'application/json; charset=shift_jis' } },
      415,
    ],
    ['an answer as a page', { body: '{"query":"{__typename}"}', headers: { accept: 'text/html' } }, 406],
    ['a megabyte and more', { body: JSON.stringify({ query: '#'.repeat(1_048_576) }) }, 413],
    ['GET without a query', { method: 'GET' }, 400],
    ['a mutation by GET', { method: 'GET', path: '?query=mutation{__typename}' }, 405],
    ['DELETE', { method: 'DELETE', body: '{}' }, 405],
    ['OPTIONS', { method: 'OPTIONS' }, 405],
  ])('%s', async (_what, init, status) => {
    const response = await send(init);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({
      message: expect.any(String),
      extensions: { category: 'graphql', code: status === 413 ? 'LIMIT' : 'BAD_REQUEST' },
    });
    expect(shop.log).toEqual([]);
  });

  test('a hash without a question: the words that make clients send the question itself', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const path = `?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`;
    for (const init of [{ body: JSON.stringify({ extensions }) }, { method: 'GET', path }]) {
      const response = await send(init);
      expect(response.status).toBe(200);
      expect(await errorOf(response)).toEqual({
        message: 'PersistedQueryNotSupported',
        extensions: { category: 'graphql', code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
      });
    }
    const both = await send({ body: JSON.stringify({ query: '{ __typename }', extensions }) });
    expect(await both.json()).toMatchObject({ data: { __typename: 'Query' } });
  });

  test('a byte order mark before the JSON is passed over (RFC 8259 §8.1)', async () => {
    const marked = await send({ body: `\uFEFF${JSON.stringify({ query: '{ __typename }' })}` });
    expect(await marked.json()).toMatchObject({ data: { __typename: 'Query' } });
  });

  test('an empty cursor begins at the start, a fraction of a second is cut off', async () => {
    const query = `query($d: DateTime) { products(first: 1, after: "") { nodes { id } } 
      orders(order_datetime_start: $d) { totalCount } }`;
    const answer = await send({
      body: JSON.stringify({ query, variables: { d: new Date(0).toISOString() } }),
    });
    const { data, errors } = (await answer.json()) as { data: { products: object }; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data.products).toMatchObject({ nodes: [{ id: expect.any(String) }] });
  });

  test('an unclear question is 400 for who takes the new media type, 200 for who takes the old', async () => {
    const accept = { accept: 'application/graphql-response+json' };
    expect((await post('{ nope }', accept)).status).toBe(400);
    expect((await post('{ nope }')).status).toBe(200);
    expect((await post('{ product(id: 1) { id } products(page: 0) { totalCount } }', accept)).status).toBe(
      200,
    );
  });
});

test('operationName chooses among several operations', async () => {
  const query = 'query a { product(id: 1) { id } } query b { __typename }';
  const ask = (operationName?: string) =>
    fetch(shop.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: 'Bearer read' },
      body: JSON.stringify({ query, operationName }),
    }).then((response) => response.json());
  expect(await ask('b')).toMatchObject({ data: { __typename: 'Query' } });
  expect(await ask('a')).toMatchObject({ data: { product: { id: '1' } } });
  expect(await ask()).toMatchObject({ errors: [{ extensions: { category: 'graphql' } }] });
});
