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

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openMigrated());
  });
  afterAll(() => shop.close());

  const ask = async (scopes: string, query: string) => {
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes}` },
      body: JSON.stringify({ query }),
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
  });
});
