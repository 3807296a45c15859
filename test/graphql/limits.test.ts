/** How much one question may ask for, and what an unexpected error shows. */
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { embeddedShopApi, type Result, type ShopApi, startApi } from './support/shop-api.ts';

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

const nested = (depth: number): string => `{ product(id: 1) { ${around(depth)} } }`;
const around = (depth: number): string =>
  depth === 0 ? 'id' : `ProductClasses { Product { ${around(depth - 1)} } }`;
const refused = (answer: Result, text: string, code = 'LIMIT') => {
  expect(answer.errors?.[0]).toMatchObject({
    message: expect.stringContaining(text),
    extensions: { category: 'graphql', code },
  });
};

test('the introspection query of every tool passes', async () => {
  expect((await shop.ask(getIntrospectionQuery())).errors).toBeUndefined();
});

test('ASVS-4.3.1: depth', async () => {
  refused(await shop.ask(nested(12)), '20段以内');
  refused(await shop.ask(`${'{a'.repeat(6_000)}${'}'.repeat(6_000)}`), '段以内');
  refused(await shop.ask(`{ products(id: ${'['.repeat(9_000)}${']'.repeat(9_000)}) { totalCount } }`), '');
});

test('ASVS-4.3.1: aliases', async () => {
  const many = Array.from({ length: 201 }, (_, place) => `a${place}: __typename`).join(' ');
  refused(await shop.ask(`{ ${many} }`), '200個以内');
});

test('ASVS-4.3.1: fields, also those that fragments multiply, and fragments in a circle', async () => {
  refused(await shop.ask(`{ ${'__typename '.repeat(5_001)} }`), '5000項目以内');
  const fragments = Array.from(
    { length: 30 },
    (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
  );
  refused(
    await shop.ask(`{ ...f0 } ${fragments.join(' ')} fragment f30 on Query { __typename }`),
    '5000項目以内',
  );
  refused(
    await shop.ask('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'),
    'Cannot spread',
    'VALIDATION',
  );
  refused(await shop.ask(`{ ${'__typename '.repeat(25_000)} }`), 'tokens');
});

test('ASVS-4.3.1: the schema many times over, though not as tools ask for it', async () => {
  const whole = 'types { name fields { name args { name description } } }';
  const many = Array.from({ length: 190 }, (_, n) => `a${n}: __schema { ${whole} }`).join(' ');
  refused(await shop.ask(`{ ${many} }`), '5000項目以内');
  const tools = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  expect((await shop.ask(tools)).errors).toBeUndefined();
});

test('ASVS-4.3.1: cost: guessed before the database is asked, counted while it answers', async () => {
  shop.statements.length = 0;
  const wide =
    '{ orders(limit: 1000) { nodes { OrderItems { Product { ProductClasses { Product { ProductClasses { Product { id } } } } } } } } }';
  refused(await shop.ask(wide), '200000件まで');
  expect(shop.statements).toEqual([]);
  // Estimated 12 × 2; read are 12 products and 2 states, shown are 12 states.
  const popular = '{ products(limit: 12) { nodes { id Status { id } } } }';
  const small = await embeddedShopApi(store, { limits: { cost: 25 } });
  small.statements.length = 0;
  refused(await small.ask(popular), '25件まで');
  expect(small.statements.length).toBeGreaterThan(0);
  expect((await shop.ask(popular)).errors).toBeUndefined();
  await small.close();
});

test('rows in a page: a lower cap also lowers the default', async () => {
  const small = await embeddedShopApi(store, { limits: { pageSize: 3 } });
  expect((await small.ask('{ products { nodes { id } } }')).data.products.nodes).toHaveLength(3);
  expect((await small.ask('{ products(limit: 4) { nodes { id } } }')).errors?.[0].message).toBe(
    'limit: 3以下でなければなりません。;',
  );
  await small.close();
});

test('ASVS-4.3.1: time', async () => {
  let now = 0;
  const ticking = { now: () => 0, nowMs: () => now, monotonicMs: () => (now += 15_000) };
  const slow = await embeddedShopApi(store, { clock: ticking });
  refused(await slow.ask('{ products { nodes { id ProductImage { id } } } }'), '20秒まで', 'TIMEOUT');
  await slow.close();
});

test('a stream of bad questions does not push out the good ones', async () => {
  const good = '{ products(limit: 1) { nodes { name } } }';
  await shop.ask(good);
  for (let count = 0; count < 300; count++) await shop.ask(`{ bad${count} }`);
  expect((await shop.ask(good)).errors).toBeUndefined();
});

test('what nobody foresaw is logged with the request’s id and shown as that id alone', async () => {
  const nothing = openStore('sqlite::memory:');
  const empty = await startApi(nothing);
  const { errors, data } = await empty.ask('{ products(id: "やまだ たろう") { totalCount } }');
  expect(data).toEqual({ products: null });
  expect(errors).toEqual([
    {
      message: 'Internal server error',
      extensions: { category: 'internal', code: 'INTERNAL', requestId: expect.stringMatching(/./) },
      locations: [{ line: 1, column: 3 }],
      path: ['products'],
    },
  ]);
  expect(empty.log).toHaveLength(1);
  expect(empty.log[0]?.details).toMatchObject({ requestId: errors?.[0].extensions.requestId });
  expect(JSON.stringify(empty.log)).not.toContain('やまだ');
  await empty.close();
  await nothing.close();
});
