/** The demo shop with stock, prices, taxes and points that are round, and short ways to look at what is written. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import type { Result, ShopApi } from '../graphql/support/shop-api.ts';

export const GUEST =
  'name01: "来店", name02: "客", kana01: "ライテン", kana02: "キャク", postal_code: "1500001", pref_id: 13, addr01: "渋谷区", addr02: "神宮前1-1", phone_number: "0312345678", email: "guest-rec@example.com", payment_id: 3';

/** Two product classes that are sold by number, and one without limit. */
export const [JAM, CHOCOLATE, ENDLESS] = [1, 2, 3];
export const CUSTOMER = 1;

export type Row = Readonly<Record<string, unknown>>;

export function orderShop(store: Store, shop: ShopApi) {
  const rows = async (text: string): Promise<Row[]> =>
    (await sql<Row>`${sql.raw(text)}`.execute(store.db)).rows as Row[];
  const one = async (text: string): Promise<Row> => (await rows(text))[0] ?? {};
  const flag = (on: boolean) => (store.kit.name === 'postgres' ? String(on) : String(Number(on)));
  return {
    rows,
    one,
    flag,
    run: async (text: string) => void (await rows(text)),
    reset: async () => {
      for (const [id, price, stock] of [
        [JAM, 1300, 100],
        [CHOCOLATE, 333, 7],
        [ENDLESS, 10, 0],
      ]) {
        const unlimited = flag(id === ENDLESS);
        await rows(
          `update dtb_product_class set price02 = ${price}, stock = ${stock}, stock_unlimited = ${unlimited} where id = ${id}`,
        );
        await rows(`update dtb_product_stock set stock = ${stock} where product_class_id = ${id}`);
      }
      await rows(`update dtb_customer set point = 1000 where id = ${CUSTOMER}`);
      await rows(`update dtb_tax_rule set tax_rate = 10, rounding_type_id = 1 where product_id is null`);
      await rows(
        `update dtb_base_info set option_point = ${flag(true)}, basic_point_rate = 1, point_conversion_rate = 1`,
      );
    },
    /** Both places. */
    stock: async (id: number): Promise<number> => {
      const { a, b } = await one(`select c.stock as a, s.stock as b from dtb_product_class c
        join dtb_product_stock s on s.product_class_id = c.id where c.id = ${id}`);
      expect(Number(a)).toBe(Number(b));
      return Number(a);
    },
    points: async () => Number((await one(`select point from dtb_customer where id = ${CUSTOMER}`)).point),
    summary: async () => {
      const row = await one(`select buy_times, buy_total from dtb_customer where id = ${CUSTOMER}`);
      return [Number(row.buy_times), Number(row.buy_total)];
    },
    order: (id: string | number) => one(`select * from dtb_order where id = ${id}`),
    items: (id: string | number) => rows(`select * from dtb_order_item where order_id = ${id} order by id`),
    shippings: (id: string | number) => rows(`select * from dtb_shipping where order_id = ${id} order by id`),
    done: async (field: string) => {
      const { data, errors } = await shop.ask(`mutation { it: ${field} }`);
      expect(errors).toBeUndefined();
      return data.it;
    },
    /** `items[0].price INVALID` of everything that was refused. */
    faults: async (field: string): Promise<string[]> => {
      const { errors } = await shop.ask(`mutation { it: ${field} }`);
      return faultsOf({ errors: errors ?? [] });
    },
  };
}

export const faultsOf = ({ errors }: Result): string[] =>
  (errors ?? []).flatMap(({ extensions }) =>
    (extensions.faults ?? [extensions]).map(
      ({ field, code }: { field: string; code: string }) => `${field} ${code}`,
    ),
  );

/** Numbers of columns, whatever a driver makes of decimals. */
export const numbers = (row: Row | undefined, names: readonly string[]) =>
  names.map((name) => Number(row?.[name]));

export const TOTALS = [
  'subtotal',
  'discount',
  'delivery_fee_total',
  'charge',
  'tax',
  'total',
  'payment_total',
  'add_point',
  'use_point',
];
