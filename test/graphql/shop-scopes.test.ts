/** Shop-worded scopes: a token opens its own part of the shop and nothing beyond, however a question is nested. */
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_EXTENSION } from '../../src/graphql/extension-parts.ts';
import { scopeTable } from '../../src/graphql/scope-table.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

test('a type, query or mutation without a row stops the start, and is named', () => {
  const schema = buildSchema(`
    type Query { product: Product  secrets: Secret }
    type Mutation { wipe: Boolean }
    type Product { id: ID }
    type Secret { id: ID }
  `);
  expect(() => scopeTable(schema, [], NO_EXTENSION)).toThrow(/Secret, secrets, wipe/);
});

test('an argument that does not say which types it crosses stops the start, and is named', () => {
  const told = buildSchema('type Query { products(name: String): Product } type Product { id: ID }');
  expect(() => scopeTable(told, [], NO_EXTENSION)).toThrow('products(name:)');
  const [argument] = told.getQueryType()?.getFields().products?.args ?? [];
  if (argument) argument.extensions = { crosses: ['Nobody'] };
  expect(() => scopeTable(told, [], NO_EXTENSION)).toThrow('products(name:)');
  if (argument) argument.extensions = { crosses: ['Product'] };
  expect(() => scopeTable(told, [], NO_EXTENSION)).not.toThrow();
});

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
  });
  afterAll(() => shop.close());

  const ask = async (scopes: string, query: string, variables?: object) => {
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes}` },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { errors?: { message: string }[] };
    return { status: response.status, message: body.errors?.[0]?.message };
  };

  describe(`on ${database.name}`, () => {
    test.each([
      [
        'read:products',
        '{ products { nodes { name ProductClasses { code stock ProductStock { stock } } } totalCount } }',
      ],
      ['read:products', '{ product(id: 1) { ProductCategories { Category { name } } Status { name } } }'],
      [
        'read:orders',
        '{ orders { nodes { order_no OrderItems { product_name } Shippings { addr01 } Pref { name } } } }',
      ],
      ['read:customers', '{ customers { nodes { email CustomerAddresses { addr01 } Sex { name } } } }'],
      ['read:products-read:customers', '{ products { totalCount } customers { totalCount } }'],
      ['read:products', '{ __schema { queryType { name } } __typename }'],
      [
        'write:stock',
        'mutation { updateProductStock(code: "nope", stock: 1, stock_unlimited: false) { code stock } }',
      ],
      ['read:customers', '{ customers(multi: "x", pref: "13", sex: ["1"], sortkey: "name") { totalCount } }'],
      ['read:customers-read:orders', '{ customers(buy_product_name: "x") { totalCount } }'],
      ['read:products', '{ products(id: "x", category_id: "1", sortkey: "product_code") { totalCount } }'],
      [
        'read:orders',
        '{ orders(buy_product_name: "x", payment: ["1"], sortkey: "tracking_number") { totalCount } }',
      ],
      ['read:products', '{ changes(entities: ["product"]) { latestCursor } }'],
    ])('%s opens %s', async (scopes, query) => {
      expect((await ask(scopes, query)).status).toBe(200);
    });

    test.each([
      ['read:products', '{ customers { totalCount } }', 'read:customers'],
      ['read:products', '{ orders { totalCount } }', 'read:orders'],
      [
        'read:products',
        '{ product(id: 1) { CustomerFavoriteProducts { Customer { email } } } }',
        'read:customers',
      ],
      [
        'read:products',
        'query { ...q } fragment q on Query { products { nodes { ...p } } } fragment p on Product { CustomerFavoriteProducts { id } }',
        'read:customers',
      ],
      ['read:products', '{ product(id: 1) { ... on Product { Creator { login_id } } } }', 'read'],
      ['read:orders', '{ orders { nodes { Customer { email } } } }', 'read:customers'],
      ['read:customers', '{ customers { nodes { Orders { order_no } } } }', 'read:orders'],
      [
        'read:products',
        'mutation { updateProductStock(code: "x", stock: 1, stock_unlimited: false) { code } }',
        'write:stock',
      ],
      ['write:stock', 'mutation { updateShipped(id: 1) { id } }', 'write:shipping'],
      [
        'write:stock',
        'mutation { updateProductStock(code: "x", stock: 1, stock_unlimited: false) { Product { name } } }',
        'read:products',
      ],
      ['write:stock', '{ products { totalCount } }', 'read:products'],
      [
        'read:products-write',
        'mutation { updateProductStock(code: "x", stock: 1, stock_unlimited: false) { code } }',
        'write:stock',
      ],
      ['read:customers', '{ customers(buy_product_name: "x") { totalCount } }', 'read:orders'],
      ['read:customers', '{ customers(buy_product_name: null) { totalCount } }', 'read:orders'],
      [
        'read:customers',
        'query ($n: String) { ...q } fragment q on Query { customers(buy_product_name: $n) { totalCount } }',
        'read:orders',
      ],
      ['read:products', '{ changes(entities: ["product", "order"]) { latestCursor } }', 'read:orders'],
      ['write', '{ products { totalCount } }', 'read'],
      [
        'read',
        'mutation { updateProductStock(code: "x", stock: 1, stock_unlimited: false) { code } }',
        'read,write',
      ],
    ])('ASVS-8.2.3: %s does not open %s', async (scopes, query, lacking) => {
      expect(await ask(scopes, query)).toEqual({
        status: 403,
        message: `Insufficient permission. (${lacking})`,
      });
    });

    test('a variable that names what the token does not open is refused in the same form', async () => {
      const query = 'query ($e: [String] = ["order"]) { changes(entities: $e) { latestCursor } }';
      const refused = { status: 403, message: 'Insufficient permission. (read:orders)' };
      expect(await ask('read:products', query)).toEqual(refused);
      expect(await ask('read:products', query, { e: ['product', 'order'] })).toEqual(refused);
      expect((await ask('read:products', query, { e: ['product'] })).status).toBe(200);
      const nested = 'query ($e: String) { changes(entities: ["product", $e]) { latestCursor } }';
      expect(await ask('read:products', nested, { e: 'order' })).toEqual(refused);
    });
  });
});
