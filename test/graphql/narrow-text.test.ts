/** A shop that began with EC-CUBE 4.0 on MySQL: its texts are in the old `utf8`, which has no emoji. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const TABLES = ['product', 'product_class', 'order', 'order_item', 'shipping', 'customer', 'mail_history'];

eachDatabase((database) => {
  const narrow = database.name === 'mysql';
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    if (!narrow) return;
    for (const table of TABLES) {
      const to = sql.raw('convert to character set utf8mb3 collate utf8mb3_general_ci');
      await sql`alter table ${sql.table(`dtb_${table}`)} ${to}`.execute(store.db);
    }
  });
  afterAll(() => shop.close());

  test.each([
    ['products', 'id: "😀"'],
    ['products', 'id: "湯のみ😀"'],
    ['orders', 'multi: "😀"'],
    ['orders', 'name: "𠮷"'],
    ['orders', 'order_no: "😀"'],
    ['orders', 'tracking_number: "😀"'],
    ['orders', 'buy_product_name: "😀"'],
    ['customers', 'multi: "𠮷野"'],
    ['customers', 'buy_product_name: "😀"'],
  ])('%s(%s) finds nothing', async (field, args) => {
    const { data } = await shop.ask(`{ ${field}(${args}) { totalCount nodes { id } } }`);
    expect(data).toEqual({ [field]: { totalCount: 0, nodes: [] } });
  });

  test('every other search is as ever', async () => {
    const { data } = await shop.ask(
      '{ products(id: "湯のみ") { totalCount } orders(multi: "山") { totalCount } }',
    );
    expect(data.products.totalCount).toBe(1);
    expect(data.orders.totalCount).toBeGreaterThan(0);
  });

  test('a code with such a character is unknown, and holds up no other row', async () => {
    const { data } = await shop.ask(`mutation {
      bulkUpdateProductStock(items: [
        { code: "😀", stock: 1, stock_unlimited: false }
        { code: "YNM-01", stock: 1, stock_unlimited: false }
      ]) { ok message }
    }`);
    expect(data.bulkUpdateProductStock).toEqual([
      { ok: false, message: 'code: No ProductClass found;' },
      { ok: true, message: null },
    ]);
  });

  test('a text that cannot be stored is refused by the name of its argument', async () => {
    const { data, errors } = await shop.ask(
      'mutation { updateProduct(id: 3, name: "湯のみ", note: "😀") { note } }',
    );
    if (narrow) {
      const message = 'note: The shop’s database cannot store one of its characters;';
      expect(errors?.[0]).toMatchObject({ message, extensions: { category: 'Invalid argument' } });
    } else expect(data.updateProduct.note).toBe('😀');
  });

  test('nothing unexpected was logged', () => expect(shop.log).toEqual([]));
});
