/**
 * Whatever sequence of new orders, edits, parcels, partial cancellations, changes of status, deletions and points: stock, points,
 * totals, the tax of each rate and purchases are those of a model (order-model.ts). A few sequences each time;
 * `TEGATA_TEST_ORDER_RUNS` new ones when it is set.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { onSqlite } from '../support/databases.ts';
import {
  cancelledInPart,
  created,
  deleted,
  edited,
  given,
  isProduct,
  type Line,
  moneyIn,
  moved,
  type Order,
  type ProductLine,
  purchases,
  type Shop,
  shipped,
} from './order-model.ts';
import type { Rates } from './order-money.ts';
import { CHOCOLATE, CUSTOMER, GUEST, JAM, numbers, orderShop } from './order-shop.ts';
import { anyRates, anyStep, FIRST, type Step } from './order-steps.ts';

const asked = Number(process.env.TEGATA_TEST_ORDER_RUNS ?? 0);
const RUNS = asked > 0 ? { numRuns: asked } : { numRuns: 10, seed: 20_261_129 };
const STOCK = 20;
const HELD = 1000;

onSqlite((database) => {
  let store: Store;
  let shop: ShopApi;
  let at: ReturnType<typeof orderShop>;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    at = orderShop(store, shop);
  });
  afterAll(() => shop.close());

  const begin = async (chosen: Rates): Promise<Shop> => {
    await at.reset();
    for (const id of [JAM, CHOCOLATE]) {
      await at.run(`update dtb_product_class set stock = ${STOCK} where id = ${id}`);
      await at.run(`update dtb_product_stock set stock = ${STOCK} where product_class_id = ${id}`);
    }
    await at.run(`update dtb_tax_rule set rounding_type_id = ${chosen.rounding} where product_id is null`);
    await at.run(
      `update dtb_base_info set basic_point_rate = ${chosen.points}, point_conversion_rate = ${chosen.worth}`,
    );
    const bought = await at.rows(
      `select id, total, order_date from dtb_order where customer_id = ${CUSTOMER} and order_status_id in (1, 4, 5, 6)`,
    );
    const earlier = bought.map((row) => ({
      id: Number(row.id),
      total: Number(row.total),
      date: second(row.order_date),
    }));
    return {
      rates: chosen,
      stock: new Map([
        [JAM, STOCK],
        [CHOCOLATE, STOCK],
      ]),
      held: HELD,
      orders: [],
      earlier,
    };
  };

  const second = (date: unknown): string => String(date).slice(0, 19).replace('T', ' ');

  /** Lines whose places are among so many parcels. */
  const within = (all: readonly Line[], parcels: number): Line[] =>
    all.map((line) => (isProduct(line) ? { ...line, place: line.place % parcels } : line));

  /** How a line is written; `ids`: of the stored lines of products, each to be named once. */
  const written = (line: Line, ids: { readonly id: unknown; readonly cls: number }[]): string => {
    if (line.kind === 'discount')
      return `{ order_item_type_id: 4, price: "${line.price}", tax_type_id: ${line.taxed ? 1 : 2} }`;
    if (!isProduct(line))
      return `{ order_item_type_id: ${line.kind === 'fee' ? 2 : 3}, price: "${line.price}" }`;
    const stored = ids.findIndex(({ cls }) => cls === line.cls);
    const [named] = stored < 0 ? [] : ids.splice(stored, 1);
    const head = named ? `id: ${named.id}` : `product_class_id: ${line.cls}`;
    return `{ ${head}, price: "${line.price}", quantity: ${line.quantity}, tax_rate: ${line.rate}, shipping: ${line.place} }`;
  };

  const storedLines = async ({ id }: Order) =>
    (await at.items(id))
      .filter(({ order_item_type_id: type }) => Number(type) === 1)
      .map((row) => ({ id: row.id, cls: Number(row.product_class_id), row }));

  type Try = { readonly field: string; readonly after: (made: number) => Shop | undefined };

  const createOf = (
    now: Shop,
    { lines: all, isMember, used: points, parcels }: Extract<Step, { kind: 'create' }>,
  ): Try => {
    const placed = within(all, parcels);
    // Later orders may have earlier dates.
    const date = `2026-10-${String(28 - (now.orders.length % 20)).padStart(2, '0')} 03:00:00`;
    const input = `input: { ${isMember ? 'payment_id: 3' : GUEST}, order_date: "${date.replace(' ', 'T')}Z" }`;
    const shippings = Array.from({ length: parcels }, () => '{ delivery_id: 1 }').join(' ');
    const items = placed.map((line) => written(line, [])).join(' ');
    const whose = isMember ? `customer_id: ${CUSTOMER}, ` : '';
    return {
      field: `orderCreate(${whose}${input}, shippings: [${shippings}], items: [${items}], use_point: ${points}) { id }`,
      after: (id) =>
        created(now, {
          id,
          isMember,
          date,
          status: 1,
          lines: placed,
          used: points,
          parcels: Array(parcels).fill(false),
        }),
    };
  };

  const editOf = async (
    now: Shop,
    order: Order,
    { lines: all, used: points, parcels }: Extract<Step, { kind: 'edit' }>,
  ): Promise<Try> => {
    const count = parcels ?? order.parcels.length;
    const placed = within(all, count);
    const ids = (await at.shippings(order.id)).slice(0, count).map(({ id }) => `{ id: ${id} }`);
    while (ids.length < count) ids.push('{ delivery_id: 1 }');
    const stored = await storedLines(order);
    const args = [
      `items: [${placed.map((line) => written(line, stored)).join(' ')}]`,
      ...(points === null ? [] : [`use_point: ${points}`]),
      ...(parcels === null ? [] : [`shippings: [${ids.join(' ')}]`]),
    ];
    const sent = Array.from({ length: count }, (_, place) => order.parcels[place] ?? false);
    return {
      field: `orderUpdate(id: ${order.id}, ${args.join(', ')}) { id }`,
      after: () => edited(now, order, { lines: placed, used: points ?? order.used, parcels: sent }),
    };
  };

  /** Lines of the model stand in the order in which they were given, and stored ones by their class, price, rate and place. */
  const cancelOf = async (
    now: Shop,
    order: Order,
    { pieces, used: points }: Extract<Step, { kind: 'cancel' }>,
  ): Promise<Try | undefined> => {
    const products = order.lines.flatMap((line, place) => (isProduct(line) ? [{ line, place }] : []));
    const stored = await storedLines(order);
    const parcels = (await at.shippings(order.id)).map(({ id }) => Number(id));
    const isSame = (line: ProductLine, row: Readonly<Record<string, unknown>>) =>
      Number(row.product_class_id) === line.cls &&
      Number(row.price) === line.price &&
      Number(row.quantity) === line.quantity &&
      Number(row.tax_rate) === line.rate &&
      parcels.indexOf(Number(row.shipping_id)) === line.place;
    const taken = new Map<number, number>();
    const items: string[] = [];
    for (const [nth, count] of pieces) {
      const chosen = products[nth];
      if (!chosen) continue;
      const found = stored.findIndex(({ row }) => isSame(chosen.line, row));
      const [named] = stored.splice(found, 1);
      taken.set(chosen.place, count);
      items.push(`{ id: ${named?.id}, quantity: ${count} }`);
    }
    if (items.length === 0) return undefined;
    const args = `id: ${order.id}, items: [${items.join(' ')}]${points === null ? '' : `, use_point: ${points}`}`;
    return {
      field: `orderCancelItems(${args}) { id }`,
      after: () => cancelledInPart(now, order, taken, points ?? order.used),
    };
  };

  const tryOf = async (now: Shop, one: Step): Promise<Try | undefined> => {
    if (one.kind === 'create') return createOf(now, one);
    if (one.kind === 'give')
      return {
        field: `customerPointChange(id: ${CUSTOMER}, delta: ${one.delta}, reason: "調整") { id }`,
        after: () => given(now, one.delta),
      };
    const order = now.orders[one.of % Math.max(1, now.orders.length)];
    if (!order) return undefined;
    const { id } = order;
    switch (one.kind) {
      case 'edit':
        return editOf(now, order, one);
      case 'cancel':
        return cancelOf(now, order, one);
      case 'use':
        return {
          field: `orderUpdate(id: ${id}, use_point: ${one.used}) { id }`,
          after: () => edited(now, order, { used: one.used }),
        };
      case 'status':
        return {
          field: `updateOrderStatus(id: ${id}, order_status_id: ${one.to}) { id }`,
          after: () => moved(now, order, one.to),
        };
      case 'ship': {
        const parcel = (await at.shippings(id))[one.parcel];
        return (
          parcel && {
            field: `updateShipped(id: ${parcel.id}) { id }`,
            after: () => shipped(now, order, one.parcel),
          }
        );
      }
      case 'delete':
        return {
          field: `orderDelete(id: ${id}, restoreStock: ${one.stock}, restorePoints: ${one.points})`,
          after: () => deleted(now, order, one),
        };
    }
  };

  const TOTALS = [
    'subtotal',
    'discount',
    'delivery_fee_total',
    'charge',
    'tax',
    'total',
    'payment_total',
    'add_point',
  ];

  const compare = async (now: Shop, said: string) => {
    for (const order of now.orders) {
      const [row, money] = [await at.order(order.id), moneyIn(now, order)];
      const { subtotal, discount, fee, charge, tax, total, add, byRate } = money;
      expect(numbers(row, ['order_status_id', 'use_point', ...TOTALS]), said).toEqual([
        order.status,
        order.used,
        ...[subtotal, discount, fee, charge, tax, total, total, add],
      ]);
      const { data } = await shop.ask(`{ order(id: ${order.id}) { TaxByRate { tax_rate total tax } } }`);
      const told = data.order.TaxByRate.map((one: Record<string, unknown>) =>
        numbers(one, ['tax_rate', 'total', 'tax']),
      );
      expect(told, said).toEqual(byRate);
      const parcels = await at.shippings(order.id);
      expect(
        parcels.map(({ shipping_date: date }) => date !== null),
        said,
      ).toEqual(order.parcels);
    }
    const stock = await Promise.all([JAM, CHOCOLATE].map((id) => at.stock(id)));
    expect([...stock, await at.points()], said).toEqual([...now.stock.values(), now.held]);
    const row = await at.one(
      `select buy_times, buy_total, first_buy_date, last_buy_date from dtb_customer where id = ${CUSTOMER}`,
    );
    const date = (value: unknown) => (value === null ? null : second(value));
    expect(
      [...numbers(row, ['buy_times', 'buy_total']), date(row.first_buy_date), date(row.last_buy_date)],
      said,
    ).toEqual(purchases(now));
  };

  test('a model and the shop agree after every step', { timeout: 60_000 + asked * 20_000 }, async () => {
    let steps = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        anyRates,
        fc.array(anyStep, { minLength: 8, maxLength: 20, size: 'max' }),
        async (chosen, all) => {
          let now = await begin(chosen);
          for (const one of [FIRST, ...all]) {
            const tried = await tryOf(now, one);
            if (!tried) continue;
            const { data, errors } = await shop.ask(`mutation { it: ${tried.field} }`);
            const after = tried.after(Number(data?.it?.id));
            const said = JSON.stringify({
              field: tried.field,
              errors,
              now: { ...now, stock: [...now.stock] },
            });
            expect(errors === undefined, said).toBe(after !== undefined);
            steps += 1;
            if (!after) refused += 1;
            now = after ?? now;
            await compare(now, said);
          }
        },
      ),
      RUNS,
    );
    console.info(`${steps} steps, ${refused} of them refused by both`);
  });
});
