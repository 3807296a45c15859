/** `validateOnly` and preconditions: what is only tried leaves nothing behind, and of two who read the same state one is refused. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import type { Mailer } from '../../src/outbound/mailer.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const sent: unknown[] = [];
const mailer: Mailer = {
  sends: true,
  check: () => {},
  send: async (message) => {
    sent.push(message);
  },
  close: () => {},
};

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;

  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { mailer });
  });
  afterAll(() => shop.close());

  const rows = async (table: string): Promise<unknown[]> =>
    (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(store.db)).rows;

  const TABLES = [
    'dtb_order',
    'dtb_shipping',
    'dtb_customer',
    'dtb_product',
    'dtb_product_class',
    'dtb_product_stock',
    'dtb_product_category',
    'dtb_mail_history',
    'tegata_client_mutation',
    'tegata_feed',
  ];
  const everything = () => Promise.all(TABLES.map(rows));

  test('a dry run answers what would be, and leaves no row, mail, name or event', async () => {
    sent.length = 0;
    const before = await everything();
    const { data, errors } = await shop.ask(`mutation {
      status: updateOrderStatus(id: 17, order_status_id: 6, clientMutationId: "dry", validateOnly: true) {
        id payment_date OrderStatus { id } Shippings { id }
      }
      again: updateOrderStatus(id: 17, order_status_id: 6, clientMutationId: "dry", validateOnly: true) {
        OrderStatus { id }
      }
      shipped: updateShipped(id: 11, is_send_mail: true, validateOnly: true) { shipping_date mail_send_date }
      product: updateProduct(id: 3, name: "試し", category_ids: [], validateOnly: true) {
        name ProductCategories { category_id }
      }
      bulk: bulkUpdateProductStock(
        items: [{ code: "YNM-01", stock: 77, stock_unlimited: false }, { code: "?", stock_unlimited: true }]
        validateOnly: true
      ) { ok code field message ProductClass { stock ProductStock { stock } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data.status).toMatchObject({ OrderStatus: { id: '6' }, payment_date: expect.any(String) });
    expect(data.again).toEqual({ OrderStatus: { id: '6' } });
    expect(data.shipped).toEqual({ shipping_date: expect.any(String), mail_send_date: expect.any(String) });
    expect(data.product).toEqual({ name: '試し', ProductCategories: [] });
    expect(data.bulk).toEqual([
      {
        ok: true,
        code: null,
        field: null,
        message: null,
        ProductClass: { stock: 77, ProductStock: { stock: 77 } },
      },
      {
        ok: false,
        code: 'NOT_FOUND',
        field: 'items[1].code',
        message: 'code: No ProductClass found;',
        ProductClass: null,
      },
    ]);
    expect(await everything()).toEqual(before);
    expect(sent).toEqual([]);
  });

  test('what would be refused is refused in the same words', async () => {
    const { errors } = await shop.ask(
      'mutation { updateOrderStatus(id: 999, order_status_id: 6, validateOnly: true) { id } }',
    );
    expect(errors?.[0]).toMatchObject({
      message: 'id: No Order found;',
      extensions: { code: 'NOT_FOUND', field: 'id' },
    });
  });

  test('what follows a dry run in the same request is saved', async () => {
    const { data, errors } = await shop.ask(`mutation {
      dry: updateProduct(id: 4, name: "試し", validateOnly: true) { name }
      real: updateProduct(id: 4, note: "本番") { name note }
    }`);
    expect(errors).toBeUndefined();
    expect(data.dry).toEqual({ name: '試し' });
    expect(data.real.note).toBe('本番');
    expect(data.real.name).not.toBe('試し');
    const { data: read } = await shop.ask('{ product(id: 4) { name note } }');
    expect(read.product).toEqual(data.real);
  });

  const VERSIONED = [
    ['product(id: 3)', 'updateProduct(id: 3, note: "n1"', 'updateProduct(id: 3, note: "n2"'],
    [
      'order(id: 18)',
      'updateOrderStatus(id: 18, order_status_id: 6',
      'updateOrderStatus(id: 18, order_status_id: 4',
    ],
  ] as const;

  test.each(VERSIONED)(
    '%s: the second of two who read the same state is refused',
    async (query, first, second) => {
      const read = async () => {
        const { data, errors } = await shop.ask(`{ it: ${query} { version update_date } }`);
        expect(errors).toBeUndefined();
        return data.it as { version: string; update_date: string };
      };
      const before = await read();
      expect(before.version).toMatch(/^[0-9a-f]{32}$/);
      expect(await read()).toEqual(before);
      const write = async (mutation: string, condition: string) =>
        shop.ask(`mutation { it: ${mutation}, ${condition}) { version update_date } }`);
      const own = await write(first, `ifVersion: "${before.version}", ifUpdateDate: "${before.update_date}"`);
      expect(own.errors).toBeUndefined();
      expect(own.data.it).toEqual(await read());
      expect(own.data.it.version).not.toBe(before.version);
      for (const [condition, field] of [
        [`ifVersion: "${before.version}"`, 'ifVersion'],
        [`ifUpdateDate: "${before.update_date}"`, 'ifUpdateDate'],
      ] as const) {
        const late = await write(second, condition);
        expect(late.data).toEqual({ it: null });
        expect(late.errors?.[0]).toMatchObject({
          message: `${field}: The row has changed in the meantime;`,
          extensions: { code: 'CONFLICT', field, current: own.data.it },
        });
      }
      expect(await read()).toEqual(own.data.it);
    },
  );

  test('rows of a list and of a page have the version that the row alone has', async () => {
    const { data } = await shop.ask(`{
      product(id: 1) { version ProductClasses { id version } }
      products(first: 50) { nodes { id version ProductClasses { id version code } } }
      order(id: 1) { version Shippings { version } Customer { version } }
      orders(first: 50) { nodes { id version Shippings { id version } } }
    }`);
    const [product] = data.products.nodes.filter(({ id }: { id: string }) => id === '1');
    expect(product.version).toBe(data.product.version);
    // A search may leave some of them out.
    expect(product.ProductClasses.length).toBeGreaterThan(0);
    for (const { code: _, ...one } of product.ProductClasses) {
      expect(data.product.ProductClasses).toContainEqual(one);
    }
    const [order] = data.orders.nodes.filter(({ id }: { id: string }) => id === '1');
    expect(order.version).toBe(data.order.version);
    const [one] = data.product.ProductClasses;
    const conflict = await shop.ask(
      `mutation { updateProductClassStock(product_class_id: ${one.id}, stock: 3, stock_unlimited: false, ifVersion: "${one.version}") { stock } }`,
    );
    expect(conflict.data.updateProductClassStock).toEqual({ stock: 3 });
  });

  test('the rows of a bulk write have preconditions of their own', async () => {
    const set = (condition: string) =>
      shop.ask(`mutation { bulkUpdateProductStock(items: [
        { code: "YNM-01", stock: 41, stock_unlimited: false, ${condition} }
        { code: "CHA-02", stock: 42, stock_unlimited: false }
      ]) { ok code field ProductClass { stock version } } }`);
    const { data } = await set('ifVersion: "no"');
    const [refused, saved] = data.bulkUpdateProductStock;
    expect(refused).toMatchObject({ ok: false, code: 'CONFLICT', field: 'items[0].ifVersion' });
    expect(saved).toMatchObject({ ok: true, code: null, field: null, ProductClass: { stock: 42 } });
    const again = await set(`ifVersion: "${refused.ProductClass.version}"`);
    expect(again.data.bulkUpdateProductStock[0]).toMatchObject({ ok: true, ProductClass: { stock: 41 } });
  });
});
