/** Ids beyond 31 bits: MySQL's are `int unsigned`. Where a database stops before, such a number is nobody's id. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { encodeCursor } from '../../src/shop/search/paging.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const PRODUCT = 3_000_000_000;
const CLASS = PRODUCT + 1;
const STOCK = PRODUCT + 2;
const NEWEST = [
  { field: 'update_date', direction: 'desc' },
  { field: 'id', direction: 'desc' },
] as const;

eachDatabase((database) => {
  const holdsThem = database.name !== 'postgres';
  let shop: ShopApi;
  let store: Store;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    if (holdsThem) await addProduct(store);
  });
  afterAll(() => shop.close());
  afterEach(() => expect(shop.log).toEqual([]));

  test('queries', async () => {
    const { data, errors } = await shop.ask(`{
      product(id: "${PRODUCT}") { id }
      products(id: "${PRODUCT}") { nodes { id } }
      orders(multi: "${PRODUCT}") { totalCount }
      customers(multi: "4294967295") { totalCount }
    }`);
    expect(errors).toBeUndefined();
    const found = holdsThem ? [{ id: String(PRODUCT) }] : [];
    expect(data).toEqual({
      product: found[0] ?? null,
      products: { nodes: found },
      orders: { totalCount: 0 },
      customers: { totalCount: 0 },
    });
  });

  test('a page behind it', async () => {
    const cursor = encodeCursor(NEWEST, ['2020-01-01 00:00:00', PRODUCT]);
    const { data, errors } = await shop.ask(`{ products(first: 5, after: "${cursor}") { nodes { id } } }`);
    expect(errors).toBeUndefined();
    expect(data.products.nodes).toEqual([]);
  });

  test('mutations', async () => {
    const { data, errors } = await shop.ask(`mutation {
      one: updateProduct(id: "${PRODUCT}", note: "n") { note }
      two: updateProductClassStock(product_class_id: "${CLASS}", stock: 9, stock_unlimited: false) { stock }
      three: bulkUpdateProductStock(items: [{ product_class_id: "${CLASS}", stock: 8, stock_unlimited: false }]) { ok }
    }`);
    if (holdsThem) {
      expect(errors).toBeUndefined();
      expect(data).toEqual({ one: { note: 'n' }, two: { stock: 9 }, three: [{ ok: true }] });
      return;
    }
    expect(errors?.map(({ message }) => message)).toEqual([
      'id: No Product found;',
      'product_class_id: No ProductClass found;',
    ]);
    const alone = await shop.ask(`mutation {
      bulkUpdateProductStock(items: [
        { product_class_id: "${CLASS}", stock: 8, stock_unlimited: false }
        { code: "YNM-01", stock: 1, stock_unlimited: false }
      ]) { ok }
    }`);
    expect(alone.data.bulkUpdateProductStock).toEqual([{ ok: false }, { ok: true }]);
    const order = await shop.ask(
      `mutation { updateOrderStatus(id: "${PRODUCT}", order_status_id: "5") { id } }`,
    );
    expect(order.errors?.[0]?.message).toContain('No Order found');
  });
});

async function addProduct({ db }: Store): Promise<void> {
  const at = sql`'2026-01-01 00:00:00'`;
  await sql`insert into dtb_product (id, product_status_id, name, create_date, update_date, discriminator_type)
    values (${PRODUCT}, 1, 'big', ${at}, ${at}, 'product')`.execute(db);
  await sql`insert into dtb_product_class (id, product_id, sale_type_id, product_code, stock, stock_unlimited, price02,
      visible, create_date, update_date, discriminator_type)
    values (${CLASS}, ${PRODUCT}, 1, 'BIG-1', 5, 0, 100, 1, ${at}, ${at}, 'productclass')`.execute(db);
  await sql`insert into dtb_product_stock (id, product_class_id, stock, create_date, update_date, discriminator_type)
    values (${STOCK}, ${CLASS}, 5, ${at}, ${at}, 'productstock')`.execute(db);
}
