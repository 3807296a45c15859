/** No error leaves the API without a code of the enumeration, whichever door refuses; the type of a response asks for it too. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi, startApi } from './support/shop-api.ts';

type Shown = { message: string; extensions: { code?: string; field?: string; category?: string } };

const JSON_BODY = { 'content-type': 'application/json', authorization: 'Bearer read-write' };

const errorsOf = async (url: string, init: RequestInit): Promise<Shown[]> =>
  ((await (await fetch(url, init)).json()) as { errors: Shown[] }).errors;

const asked = (
  query: string,
  variables?: object,
  headers: Record<string, string> = JSON_BODY,
): RequestInit => ({
  method: 'POST',
  headers,
  body: JSON.stringify({ query, variables }),
});

const DOORS: readonly [what: string, init: RequestInit, code: keyof typeof ERROR_CODES, field?: string][] = [
  ['no token', asked('{ __typename }', {}, { 'content-type': 'application/json' }), 'UNAUTHENTICATED'],
  [
    'a bad token',
    asked('{ __typename }', {}, { ...JSON_BODY, authorization: 'Bearer x' }),
    'UNAUTHENTICATED',
  ],
  [
    'too little scope',
    asked('{ orders { totalCount } }', {}, { ...JSON_BODY, authorization: 'Bearer write' }),
    'FORBIDDEN',
  ],
  ['another method', { method: 'DELETE', headers: { authorization: 'Bearer read' } }, 'BAD_REQUEST'],
  ['a body that is no JSON', { method: 'POST', headers: JSON_BODY, body: '{' }, 'BAD_REQUEST'],
  [
    'a form',
    { method: 'POST', headers: { ...JSON_BODY, 'content-type': 'text/plain' }, body: 'x' },
    'BAD_REQUEST',
  ],
  [
    'a megabyte and more',
    { method: 'POST', headers: JSON_BODY, body: `{"query":"${'#'.repeat(1_048_576)}"}` },
    'LIMIT',
  ],
  ['broken text', asked('{'), 'SYNTAX'],
  ['tokens without end', asked(`{ ${'__typename '.repeat(25_000)} }`), 'LIMIT'],
  ['an unknown field', asked('{ nope }'), 'VALIDATION'],
  [
    'an unknown operation',
    { ...asked(''), body: '{"query":"{ __typename }","operationName":"x"}' },
    'VALIDATION',
  ],
  [
    'a variable of another type',
    asked('mutation ($i: [ProductStockInput!]!) { bulkUpdateProductStock(items: $i) { ok } }', {
      i: [{ stock_unlimited: true }, { stock_unlimited: false, stock: 'x' }],
    }),
    'VALIDATION',
    'i[1].stock',
  ],
  ['a variable left out', asked('query ($id: ID!) { product(id: $id) { id } }'), 'VALIDATION'],
  ['no date', asked('{ orders(order_datetime_start: "x") { totalCount } }'), 'INVALID'],
  [
    'no date in a variable',
    asked('query ($d: DateTime) { orders(order_datetime_start: $d) { totalCount } }', { d: 'x' }),
    'INVALID',
    'd',
  ],
  ['a search', asked('{ products(limit: 0) { totalCount } }'), 'INVALID', 'limit'],
  ['a long text', asked(`{ products(id: "${'x'.repeat(5000)}") { totalCount } }`), 'LIMIT', 'id'],
  ['changes', asked('{ changes(after: "x") { latestCursor } }'), 'INVALID', 'after'],
  [
    'a mutation',
    asked('mutation { updateOrderStatus(id: 999, order_status_id: 5) { id } }'),
    'NOT_FOUND',
    'id',
  ],
  [
    'a transition',
    asked('mutation { updateOrderStatus(id: 1, order_status_id: 1) { id } }'),
    'BAD_TRANSITION',
    'order_status_id',
  ],
  [
    'a tracking number',
    asked('mutation { updateShipped(id: 12, tracking_number: "a b") { id } }'),
    'BAD_TRACKING_NUMBER',
    'tracking_number',
  ],
  [
    'a mail',
    asked('mutation { updateShipped(id: 12, is_send_mail: true) { id } }'),
    'MAIL_FAILED',
    'is_send_mail',
  ],
  [
    'stock',
    asked('mutation { updateProductStock(code: "FKN-01", stock: -1, stock_unlimited: false) { id } }'),
    'STOCK_NEGATIVE',
    'stock',
  ],
];

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
  });
  afterAll(() => shop.close());

  test.each(DOORS)('%s', async (_what, init, code, field) => {
    const errors = await errorsOf(shop.url, init);
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) {
      expect(Object.keys(ERROR_CODES)).toContain(extensions.code);
      expect(extensions.category).toMatch(/./);
    }
    expect(errors[0]?.extensions.code).toBe(code);
    if (field !== undefined) expect(errors[0]?.extensions.field).toBe(field);
  });

  test('HTML that is written through the API is purified as by the form', async () => {
    const { data, errors } = await shop.ask(
      `mutation { updateProduct(id: 2, note: "<script>n</script>", description_detail: "<p onclick=\\"x()\\">詳細</p><script>x</script>A & B") {
        note description_detail } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.updateProduct).toEqual({
      note: '<script>n</script>',
      description_detail: '<p>詳細</p>A &amp; B',
    });
  });
});

test('what nobody foresaw', async () => {
  const store = openStore('sqlite::memory:');
  const empty = await startApi(store);
  expect((await errorsOf(empty.url, asked('{ products { totalCount } }')))[0]?.extensions.code).toBe(
    'INTERNAL',
  );
  await empty.close();
  await store.close();
});
