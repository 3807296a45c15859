/** `salesByDay`: what EC-CUBE's home page shows, for any days. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi, startApi } from './support/shop-api.ts';

type Line = readonly [
  productClass: number | null,
  type: number,
  price: number,
  tax: number,
  display: number,
  quantity: number,
];
type Order = { at: string; status: number; payment: number; total: number; lines: readonly Line[] };

const ORDERS: readonly Order[] = [
  // 00:00 of the 1st in Tokyo
  {
    at: '2025-05-31T15:00:00Z',
    status: 1,
    payment: 1,
    total: 2700.5,
    lines: [
      [1, 1, 1000, 100, 1, 2],
      [null, 2, 500, 45, 2, 1],
    ],
  },
  {
    at: '2025-06-01T14:59:59Z',
    status: 5,
    payment: 2,
    total: 330.25,
    lines: [
      [1, 1, 330, 30, 2, 1],
      [4, 1, 0.1, 0, 1, 3],
    ],
  },
  { at: '2025-06-01T15:00:00Z', status: 6, payment: 1, total: 0.1, lines: [[4, 1, 0.2, 0, 1, 1]] },
  ...[3, 7, 8, 9].map((status) => ({
    at: '2025-06-01T01:00:00Z',
    status,
    payment: 1,
    total: 10_000,
    lines: [[1, 1, 1, 0, 1, 1] as const],
  })),
  { at: '2025-06-03T15:00:00Z', status: 1, payment: 1, total: 777, lines: [] },
];

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    await sql`delete from dtb_mail_history`.execute(store.db);
    await sql`delete from dtb_order_item`.execute(store.db);
    await sql`delete from dtb_shipping`.execute(store.db);
    await sql`delete from dtb_order`.execute(store.db);
    for (const [place, order] of ORDERS.entries()) await addOrder(store, place + 1, order);
  });
  afterAll(() => shop.close());

  const sales = async (args: string, of = shop) => {
    const { data, errors } = await of.ask(
      `{ salesByDay(${args}) { date orders turnover items groups { id name code orders turnover items } } }`,
    );
    expect(errors).toBeUndefined();
    return data.salesByDay;
  };

  test('a day is the shop’s own; cancelled, pending, unfinished and returned orders are no sales', async () => {
    expect(await sales('from: "2025-06-01", to: "2025-06-03"')).toEqual([
      { date: '2025-06-01', orders: 2, turnover: 3030.75, items: 6, groups: null },
      { date: '2025-06-02', orders: 1, turnover: 0.1, items: 1, groups: null },
      { date: '2025-06-03', orders: 0, turnover: 0, items: 0, groups: null },
    ]);
  });

  test('by status and by way to pay the parts are the whole', async () => {
    const [byStatus] = await sales('from: "2025-06-01", to: "2025-06-01", by: STATUS');
    expect(byStatus).toMatchObject({ orders: 2, turnover: 3030.75, items: 6 });
    expect(byStatus.groups).toEqual([
      { id: '1', name: '新規受付', code: null, orders: 1, turnover: 2700.5, items: 2 },
      { id: '5', name: '発送済み', code: null, orders: 1, turnover: 330.25, items: 4 },
    ]);
    const [byPayment] = await sales('from: "2025-06-01", to: "2025-06-01", by: PAYMENT');
    expect(byPayment.groups.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      ['1', '郵便振替'],
      ['2', '現金書留'],
    ]);
  });

  test('by product class the lines count with their tax, the best first', async () => {
    const [day] = await sales('from: "2025-06-01", to: "2025-06-01", by: PRODUCT_CLASS');
    expect(day).toMatchObject({ orders: 2, turnover: 3030.75 });
    expect(day.groups).toEqual([
      { id: '1', name: 'item 1', code: 'code 1', orders: 2, turnover: 2530, items: 3 },
      { id: '4', name: 'item 4', code: 'code 4', orders: 1, turnover: 0.3, items: 3 },
    ]);
    const [products] = await sales('from: "2025-06-01", to: "2025-06-01", by: PRODUCT');
    expect(
      products.groups.map(({ code, turnover }: { code: null; turnover: number }) => [code, turnover]),
    ).toEqual([
      [null, 2530],
      [null, 0.3],
    ]);
  });

  test('where the clocks are set a day has 23 or 25 hours', async () => {
    const berlin = await startApi(store, { timeZone: 'Europe/Berlin' });
    await addOrder(store, 101, { at: '2025-03-29T23:00:00Z', status: 1, payment: 1, total: 1, lines: [] });
    await addOrder(store, 102, { at: '2025-03-30T21:59:59Z', status: 1, payment: 1, total: 10, lines: [] });
    await addOrder(store, 103, { at: '2025-03-30T22:00:00Z', status: 1, payment: 1, total: 100, lines: [] });
    const days = await sales('from: "2025-03-29", to: "2025-03-31"', berlin);
    expect(days.map(({ turnover }: { turnover: number }) => turnover)).toEqual([0, 11, 100]);
    await berlin.close();
  });

  test.each([
    ['from: "2025-06-01", to: "2025-05-31"', 'INVALID', 'to'],
    ['from: "2025-02-30", to: "2025-05-31"', 'INVALID', 'from'],
    ['from: "2025-06-01", to: "tomorrow"', 'INVALID', 'to'],
    ['from: "2025-01-01", to: "2026-02-05"', 'LIMIT', 'to'],
    ['from: "0001-01-01", to: "9999-12-31"', 'LIMIT', 'to'],
  ])('%s is refused: %s', async (args, code, field) => {
    const { errors } = await shop.ask(`{ salesByDay(${args}) { orders } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code, field });
  });

  test('four hundred days take as many statements as one', async () => {
    const count = async (to: string) => {
      shop.statements.length = 0;
      expect(await sales(`from: "2025-01-01", to: "${to}"`)).toHaveLength(to === '2026-02-04' ? 400 : 1);
      return shop.statements.length;
    };
    expect(await count('2026-02-04')).toBe(await count('2025-01-01'));
  });
});

async function addOrder(
  { db, kit }: Store,
  id: number,
  { at, status, payment, total, lines }: Order,
): Promise<void> {
  const date = kit.dateText(Date.parse(at) / 1000);
  await sql`insert into dtb_order (id, name01, name02, order_status_id, payment_id, payment_total, order_date, create_date,
      update_date, discriminator_type)
    values (${id}, 'a', 'b', ${status}, ${payment}, ${total}, ${date}, ${date}, ${date}, 'order')`.execute(
    db,
  );
  for (const [one, type, price, tax, display, quantity] of lines) {
    await sql`insert into dtb_order_item (order_id, product_class_id, product_id, product_name, product_code, order_item_type_id,
        price, tax, tax_display_type_id, quantity, discriminator_type)
      values (${id}, ${one}, ${one}, ${`item ${one}`}, ${`code ${one}`}, ${type}, ${price}, ${tax}, ${display}, ${quantity},
        'orderitem')`.execute(db);
  }
}
