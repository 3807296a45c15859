/** External ids and metadata: each client's own, found again, never inherited by another row. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { pruneClientData } from '../../src/shop/store/client-data.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const SET = 'mutation($items: [ExternalIdInput!]!) { setExternalIds(items: $items) }';
const KEEP = 'mutation($items: [MetadataInput!]!) { setMetadata(items: $items) }';

eachDatabase((database) => {
  const registry = buildRegistry(coreEntities);
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const set = async (...items: object[]) => shop.ask(SET, { items });
  const done = async (query: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await shop.ask(query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const refused = async (
    answer: Promise<{ errors?: { extensions: object }[] }>,
    code: string,
    field: string,
  ) => expect((await answer).errors?.[0]?.extensions).toMatchObject({ code, field });

  describe('external ids', () => {
    test('choose the product class of a stock', async () => {
      await set(
        { entity: 'ProductClass', id: 2, external_id: 'SKU-2' },
        { entity: 'ProductClass', id: 3, external_id: 'SKU-3' },
      );
      const { bulkUpdateProductStock: rows } = await done(`mutation { bulkUpdateProductStock(items: [
        { external_id: "SKU-3", stock: 31, stock_unlimited: false }
        { external_id: "none", stock: 1 }
        { external_id: "SKU-2", product_class_id: 2, stock: 1 }
        { product_class_id: 3, stock: 1 }
        { external_id: "a\u0000b", stock: 1 }
      ]) { ok code field ProductClass { id stock } } }`);
      expect(rows).toEqual([
        { ok: true, code: null, field: null, ProductClass: { id: '3', stock: 31 } },
        { ok: false, code: 'NOT_FOUND', field: 'items[1].external_id', ProductClass: null },
        { ok: false, code: 'INVALID', field: 'items[2].code', ProductClass: null },
        { ok: false, code: 'INVALID', field: 'items[3]', ProductClass: null },
        { ok: false, code: 'NOT_FOUND', field: 'items[4].external_id', ProductClass: null },
      ]);
    });

    test('every kind of row is found by its own, in the order named, and shows it', async () => {
      const { data } = await set(
        { entity: 'Product', id: 1, external_id: 'P-壱' },
        { entity: 'Product', id: 2, external_id: 'P-2' },
        { entity: 'ProductClass', id: 4, external_id: 'P-2' },
        { entity: 'Order', id: 1, external_id: 'O-1' },
        { entity: 'Customer', id: 1, external_id: 'C-1' },
        { entity: 'Category', id: 1, external_id: 'K-1' },
      );
      expect(data).toEqual({ setExternalIds: 6 });
      const found = await done(`{
        products(external_ids: ["P-2", "p-2", "P-壱"]) { nodes { id external_id } missing }
        orders(external_ids: ["O-1"]) { nodes { id external_id } }
        customers(external_ids: ["C-1"]) { nodes { id external_id } missing }
        productClasses(external_ids: ["P-2", "none"]) { nodes { id external_id } missing }
        categories { id external_id }
      }`);
      expect(found.products).toEqual({
        nodes: [
          { id: '2', external_id: 'P-2' },
          { id: '1', external_id: 'P-壱' },
        ],
        missing: ['p-2'],
      });
      expect(found.orders.nodes).toEqual([{ id: '1', external_id: 'O-1' }]);
      expect(found.customers).toEqual({ nodes: [{ id: '1', external_id: 'C-1' }], missing: [] });
      expect(found.productClasses).toEqual({ nodes: [{ id: '4', external_id: 'P-2' }], missing: ['none'] });
      expect(found.categories.find(({ id }: { id: string }) => id === '1')).toEqual({
        id: '1',
        external_id: 'K-1',
      });
    });

    test('one of another row is moved only when that is said; rows may change theirs among themselves', async () => {
      await refused(set({ entity: 'Product', id: 3, external_id: 'P-2' }), 'INVALID', 'items[0].external_id');
      expect((await set({ entity: 'Product', id: 3, external_id: 'P-2', move: true })).data).toEqual({
        setExternalIds: 2,
      });
      const swapped = await set(
        { entity: 'Product', id: 3, external_id: 'P-壱' },
        { entity: 'Product', id: 1, external_id: 'P-2' },
      );
      expect(swapped.data).toEqual({ setExternalIds: 2 });
      const { products } = await done('{ products(ids: [1, 2, 3]) { nodes { external_id } } }');
      expect(products.nodes.map((one: { external_id: string }) => one.external_id)).toEqual([
        'P-2',
        null,
        'P-壱',
      ]);
      expect((await set({ entity: 'Product', id: 3, external_id: 'P-壱' })).data).toEqual({
        setExternalIds: 0,
      });
    });

    test('what is wrong is told with its place, and nothing is kept', async () => {
      const bad = set(
        { entity: 'Product', id: 2, external_id: 'ok' },
        { entity: 'Product', id: 99_999, external_id: 'x' },
      );
      await refused(bad, 'NOT_FOUND', 'items[1].id');
      for (const external_id of ['', ' a', 'a\n', 'a'.repeat(256)])
        await refused(set({ entity: 'Product', id: 2, external_id }), 'INVALID', 'items[0].external_id');
      const twice = { entity: 'Product', id: 2, external_id: 'twice' };
      await refused(set(twice, twice), 'INVALID', 'items[1].id');
      await refused(set(twice, { ...twice, id: 4 }), 'INVALID', 'items[0].external_id');
      await refused(
        set({ ...twice, move: true }, { ...twice, id: 4, move: true }),
        'INVALID',
        'items[0].external_id',
      );
      const many = Array.from({ length: 1001 }, (_, i) => ({
        entity: 'Product',
        id: i + 1,
        external_id: `m${i}`,
      }));
      await refused(set(...many), 'LIMIT', 'items');
      expect((await done('{ product(id: 2) { external_id } }')).product).toEqual({ external_id: null });
    });

    test('one statement shows those of a whole list', async () => {
      shop.statements.length = 0;
      await done('{ products(limit: 10) { nodes { external_id metadata } } }');
      expect(shop.statements.filter((text) => text.includes('tegata_client_data'))).toHaveLength(1);
    });

    test('productSet finds or makes a product by it', async () => {
      const input = { external_id: 'new-1', name: '外部', classes: [{ price02: '1', stock: 1 }] };
      const write = (more: object) =>
        shop.ask('mutation($input: ProductSetInput!) { productSet(input: $input) { id name external_id } }', {
          input: { ...input, ...more },
        });
      const made = (await write({})).data.productSet;
      expect(made).toMatchObject({ name: '外部', external_id: 'new-1' });
      expect((await write({ name: '外部改' })).data.productSet).toEqual({ ...made, name: '外部改' });
      await refused(write({ id: '2' }), 'INVALID', 'input.external_id');
      await refused(write({ external_id: ' ' }), 'INVALID', 'input.external_id');
    });
  });

  describe('metadata', () => {
    const keep = (value: string | null, id = 5) =>
      shop.ask(KEEP, { items: [{ entity: 'Product', id, value }] });
    const shown = async () => (await done('{ product(id: 5) { metadata } }')).product.metadata;

    test('is kept in canonical form beside the external id, and taken away with null', async () => {
      await set({ entity: 'Product', id: 5, external_id: 'five' });
      expect((await keep('{"b": [1, null],  "a": "値"}')).data).toEqual({ setMetadata: 1 });
      expect(await shown()).toBe('{"a":"値","b":[1,null]}');
      expect((await keep('{"a":"値","b":[1,null]}')).data).toEqual({ setMetadata: 0 });
      await keep(null);
      expect(await shown()).toBeNull();
      expect((await done('{ product(id: 5) { external_id } }')).product.external_id).toBe('five');
    });

    test('16 KB of JSON, not more, not deeper than 50 levels', async () => {
      const most = JSON.stringify('a'.repeat(16_382));
      expect((await keep(most)).errors).toBeUndefined();
      expect(await shown()).toBe(most);
      for (const value of [
        '{',
        '',
        'undefined',
        JSON.stringify('あ'.repeat(5_461)),
        '['.repeat(60) + ']'.repeat(60),
      ])
        await refused(keep(value), 'INVALID', 'items[0].value');
      await refused(keep(JSON.stringify('a'.repeat(16_383))), 'LIMIT', 'items');
      expect(await shown()).toBe(most);
    });
  });

  describe('belongs to one client and one row', () => {
    test('another client’s is never shown', async () => {
      await set({ entity: 'Product', id: 6, external_id: 'mine' });
      await sql`update tegata_client_data set client_id = 'other' where external_id = 'mine'`.execute(
        store.db,
      );
      const { product, products } = await done(
        '{ product(id: 6) { external_id } products(external_ids: ["mine"]) { missing } }',
      );
      expect([product.external_id, products.missing]).toEqual([null, ['mine']]);
      expect((await set({ entity: 'Product', id: 6, external_id: 'mine' })).errors).toBeUndefined();
    });

    test('a new row with an old id inherits nothing; what is left of rows that are gone is removed', async () => {
      await set(
        { entity: 'Product', id: 7, external_id: 'gone' },
        { entity: 'Customer', id: 2, external_id: 'stays' },
      );
      await shop.ask(KEEP, { items: [{ entity: 'Product', id: 7, value: '1' }] });
      await sql`update dtb_product set create_date = '2020-01-01 00:00:00' where id = 7`.execute(store.db);
      const { product, products } = await done(
        '{ product(id: 7) { external_id metadata } products(external_ids: ["gone"]) { missing } }',
      );
      expect(product).toEqual({ external_id: null, metadata: null });
      expect(products.missing).toEqual(['gone']);
      expect((await set({ entity: 'Product', id: 8, external_id: 'gone' })).errors).toBeUndefined();
      await set({ entity: 'Product', id: 9, external_id: 'orphan' });
      await sql`update dtb_product set create_date = '2020-01-01 00:00:00' where id = 9`.execute(store.db);
      const place = { clientId: '', entity: '', rowId: 0 };
      let removed = 0;
      for (let round = 0; round < 20; round += 1)
        removed += await pruneClientData({ ...store, registry }, place, 3);
      expect(removed).toBe(1);
      const { products: left, customers } = await done(
        '{ products(external_ids: ["gone"]) { nodes { id } } customers(external_ids: ["stays"]) { nodes { id } } }',
      );
      expect([left.nodes, customers.nodes]).toEqual([[{ id: '8' }], [{ id: '2' }]]);
    });
  });
});
