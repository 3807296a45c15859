/** The caches of Relay, Apollo Client and urql, set up word for word as docs/graphql.md says: Product 1 and ProductStatus 1 stay two. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InMemoryCache } from '@apollo/client/cache';
import { Client, type Exchange, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { parse } from 'graphql';
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  Network,
  RecordSource,
  Store as RelayStore,
} from 'relay-runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const QUERY = '{ product(id: 1) { __typename id name Status { __typename id name } } }';

/** The `nth` program of the chapter, as a value; `names` are what it takes from elsewhere. */
function documented<T>(language: '' | 'ja/', nth: number, names: Record<string, unknown>): T {
  const text = readFileSync(join(import.meta.dirname, `../../docs/${language}graphql.md`), 'utf8');
  const chapter = /getDataID[\s\S]*?fetchPolicy/.exec(text);
  const from = text.lastIndexOf('```js', chapter?.index);
  const programs = [...text.slice(from).matchAll(/```js\n([\s\S]*?)```/g)]
    .slice(0, 2)
    .flatMap(([, block = '']) => block.split('\n\n'));
  return new Function(...Object.keys(names), `return ${programs[nth]}`)(...Object.values(names)) as T;
}

/** What Relay's compiler makes of `QUERY`. */
const RELAY_QUERY = (() => {
  const scalar = (name: string) => ({ kind: 'ScalarField', name, alias: null, args: null, storageKey: null });
  const fields = ['__typename', 'id', 'name'].map(scalar);
  const linked = (
    name: string,
    concreteType: string,
    selections: object[],
    args: object[] | null = null,
  ) => ({
    kind: 'LinkedField',
    name,
    concreteType,
    selections,
    args,
    alias: null,
    plural: false,
    storageKey: args && `${name}(id:1)`,
  });
  const selections = [
    linked(
      'product',
      'Product',
      [...fields, linked('Status', 'ProductStatus', fields)],
      [{ kind: 'Literal', name: 'id', value: 1 }],
    ),
  ];
  return {
    kind: 'Request',
    fragment: {
      kind: 'Fragment',
      name: 'q',
      type: 'Query',
      metadata: null,
      argumentDefinitions: [],
      selections,
    },
    operation: { kind: 'Operation', name: 'q', argumentDefinitions: [], selections },
    params: { id: null, cacheID: 'q', metadata: {}, name: 'q', operationKind: 'query', text: QUERY },
  } as unknown as ConcreteRequest;
})();

onSqlite((database) => {
  let shop: ShopApi;
  // biome-ignore lint/suspicious/noExplicitAny: looked into freely
  let answer: any;

  beforeAll(async () => {
    shop = await embeddedShopApi(database.open());
    answer = (await shop.ask(QUERY)).data;
    expect(answer.product).toMatchObject({ id: '1', Status: { id: '1', __typename: 'ProductStatus' } });
    expect(answer.product.name).not.toBe(answer.product.Status.name);
  });
  afterAll(() => shop.close());

  function throughRelay(environment: Environment): unknown {
    const operation = createOperationDescriptor(RELAY_QUERY, {});
    environment.commitPayload(operation, answer);
    return environment.lookup(operation.fragment).data;
  }
  const relay = () => ({
    network: Network.create(() => Promise.reject(new Error('nothing is fetched'))),
    store: new RelayStore(new RecordSource()),
  });

  test.each(['', 'ja/'] as const)('Relay, by docs/%sgraphql.md', (language) => {
    const environment = documented<Environment>(language, 0, { Environment, ...relay() });
    expect(throughRelay(environment)).toEqual(answer);
  });

  test('Relay without it mixes the two up', () => {
    expect(throughRelay(new Environment(relay()))).not.toEqual(answer);
  });

  test.each(['', 'ja/'] as const)('Apollo Client, by docs/%sgraphql.md', (language) => {
    const cache = documented<InMemoryCache>(language, 1, { InMemoryCache });
    const query = parse(QUERY);
    cache.writeQuery({ query, data: answer });
    expect(cache.readQuery({ query })).toEqual(answer);
    expect(Object.keys(cache.extract())).toEqual(expect.arrayContaining(['Product:1', 'ProductStatus:1']));
  });

  test.each(['', 'ja/'] as const)('urql, by docs/%sgraphql.md', async (language) => {
    const exchange = documented<Exchange>(language, 2, { cacheExchange });
    const fetchOptions = { headers: { authorization: 'Bearer read' } };
    const client = new Client({
      url: shop.url,
      exchanges: [exchange, fetchExchange],
      fetchOptions,
      preferGetMethod: false,
    });
    await client.query(QUERY, {}).toPromise();
    const { data } = await client.query(QUERY, {}, { requestPolicy: 'cache-only' }).toPromise();
    expect(data).toEqual(answer);
  });
});
