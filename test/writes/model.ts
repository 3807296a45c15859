/**
 * A shop in memory that does what EC-CUBE's rules say of stock, points, dates and summaries, written from what a running EC-CUBE
 * was seen to do and not from this program. A test does the same to both and compares.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/database/open.ts';

type Order = {
  status: number;
  readonly customer: number | null;
  readonly usePoint: number;
  readonly addPoint: number;
  /** In hundredths. */
  readonly total: number;
  readonly orderDate: string;
  /** Product class → pieces. */
  readonly lines: ReadonlyMap<number, number>;
};

type Parcel = { readonly order: number; shipped: boolean; number: string | null };

export type Shop = {
  readonly orders: Map<number, Order>;
  readonly parcels: Map<number, Parcel>;
  /** Product class → stock; null = unlimited. */
  readonly stock: Map<number, number | null>;
  readonly points: Map<number, number>;
  /** Customers whose summary was counted. */
  readonly counted: Set<number>;
};

export type Step =
  | { readonly kind: 'status'; readonly order: number; readonly to: number }
  | { readonly kind: 'ship'; readonly parcel: number }
  | { readonly kind: 'number'; readonly parcel: number; readonly text: string }
  | { readonly kind: 'set'; readonly productClass: number; readonly stock: number }
  | { readonly kind: 'delta'; readonly productClass: number; readonly by: number }
  | { readonly kind: 'compare'; readonly productClass: number; readonly off: number; readonly stock: number };

/** from → to, and what it does: +1 gives to stock or customer, −1 takes. */
const WAYS: readonly { from: number[]; to: number; stock?: number; used?: number; earned?: number }[] = [
  { from: [1], to: 6 },
  { from: [1, 6], to: 4 },
  { from: [1, 4, 6], to: 3, stock: 1, used: 1 },
  { from: [3], to: 4, stock: -1, used: -1 },
  { from: [1, 4, 6], to: 5, earned: 1 },
  { from: [5], to: 9, used: 1, earned: -1 },
  { from: [9], to: 5, used: -1, earned: 1 },
];

const PURCHASES = [1, 4, 5, 6];

/** Does a step; false when the rules do not allow it, and then nothing has changed. */
export function doStep(shop: Shop, step: Step): boolean {
  switch (step.kind) {
    case 'status':
      return move(shop, step.order, step.to);
    case 'ship':
      return ship(shop, step.parcel);
    case 'number':
      return label(shop, step.parcel, step.text);
    case 'set':
      return setStock(shop, step.productClass, step.stock);
    case 'delta':
      return setStock(shop, step.productClass, (shop.stock.get(step.productClass) ?? Number.NaN) + step.by);
    case 'compare':
      return step.off === 0 && setStock(shop, step.productClass, step.stock);
  }
}

function setStock(shop: Shop, id: number, to: number): boolean {
  if (shop.stock.get(id) === null || !(to >= 0)) return false;
  shop.stock.set(id, to);
  return true;
}

function label(shop: Shop, id: number, text: string): boolean {
  const parcel = shop.parcels.get(id);
  if (!parcel || !/^[0-9a-zA-Z-]*$/.test(text)) return false;
  parcel.number = text;
  return true;
}

function ship(shop: Shop, id: number): boolean {
  const parcel = shop.parcels.get(id);
  const order = parcel && shop.orders.get(parcel.order);
  if (!parcel || !order || parcel.shipped || ![1, 4, 6, 9].includes(order.status)) return false;
  parcel.shipped = true;
  if (parcelsOf(shop, parcel.order).every(({ shipped }) => shipped)) return move(shop, parcel.order, 5);
  count(shop, order);
  return true;
}

function move(shop: Shop, id: number, to: number): boolean {
  const order = shop.orders.get(id);
  if (!order) return false;
  if (order.status === to) return true;
  const way = WAYS.find((one) => one.to === to && one.from.includes(order.status));
  if (!way || !moveStock(shop, order, way.stock ?? 0)) return false;
  order.status = to;
  if (to === 5) for (const parcel of parcelsOf(shop, id)) parcel.shipped = true;
  if (order.customer !== null) {
    const by = (way.used ?? 0) * order.usePoint + (way.earned ?? 0) * order.addPoint;
    shop.points.set(order.customer, (shop.points.get(order.customer) ?? 0) + by);
  }
  count(shop, order);
  return true;
}

const count = (shop: Shop, { customer }: Order): void =>
  void (customer !== null && shop.counted.add(customer));

const parcelsOf = (shop: Shop, order: number): Parcel[] =>
  [...shop.parcels.values()].filter((parcel) => parcel.order === order);

function moveStock(shop: Shop, { lines }: Order, direction: number): boolean {
  const after = [...lines].map(([id, pieces]): [number, number | null] => {
    const stock = shop.stock.get(id) ?? null;
    return [id, stock === null ? null : stock + direction * pieces];
  });
  if (direction < 0 && after.some(([, stock]) => stock !== null && stock < 0)) return false;
  for (const [id, stock] of after) if (direction !== 0) shop.stock.set(id, stock);
  return true;
}

/** Of every customer whose orders were touched: times, sum, first and last date. */
export const summaries = ({ orders, counted }: Shop) =>
  [...counted]
    .sort((a, b) => a - b)
    .map((customer) => {
      const bought = [...orders]
        .filter(([, order]) => order.customer === customer && PURCHASES.includes(order.status))
        .sort(([a], [b]) => a - b)
        .map(([, order]) => order);
      const total = bought.reduce((sum, order) => sum + order.total, 0);
      return [customer, bought.length, total, bought[0]?.orderDate ?? null, bought.at(-1)?.orderDate ?? null];
    });

const cents = (value: unknown): number => Math.round(Number(value) * 100);
const date = (value: unknown): string => String(value).slice(0, 19);

/** The shop as the database has it now. */
export async function readShop(db: Db): Promise<Shop> {
  const rowsOf = async (text: string) =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(db)).rows;
  const items = await rowsOf(
    'select order_id, product_class_id, quantity from dtb_order_item where order_item_type_id = 1 and product_class_id is not null',
  );
  const orders = await rowsOf(
    'select id, order_status_id, customer_id, use_point, add_point, total, order_date from dtb_order',
  );
  return {
    orders: new Map(orders.map((row) => [Number(row.id), orderOf(row, items)])),
    parcels: new Map(
      (await rowsOf('select id, order_id, shipping_date, tracking_number from dtb_shipping')).map((row) => [
        Number(row.id),
        {
          order: Number(row.order_id),
          shipped: row.shipping_date !== null,
          number: row.tracking_number === null ? null : String(row.tracking_number),
        },
      ]),
    ),
    stock: new Map(
      (
        await rowsOf(`select pc.id, pc.stock_unlimited, pc.stock as a, ps.stock as b from dtb_product_class pc
          join dtb_product_stock ps on ps.product_class_id = pc.id`)
      ).map((row) => [Number(row.id), stockOf(row)]),
    ),
    points: new Map(
      (await rowsOf('select id, point from dtb_customer')).map((row) => [Number(row.id), Number(row.point)]),
    ),
    counted: new Set(),
  };
}

/** Both places hold the same number, always. */
function stockOf({ stock_unlimited, a, b }: Record<string, unknown>): number | null {
  if (stock_unlimited || a === null) return null;
  if (Number(a) !== Number(b)) throw new Error(`two stocks: ${a} and ${b}`);
  return Number(a);
}

function orderOf(row: Record<string, unknown>, items: readonly Record<string, unknown>[]): Order {
  const lines = new Map<number, number>();
  for (const { order_id, product_class_id, quantity } of items) {
    if (Number(order_id) !== Number(row.id)) continue;
    const id = Number(product_class_id);
    lines.set(id, (lines.get(id) ?? 0) + Number(quantity));
  }
  return {
    status: Number(row.order_status_id),
    customer: row.customer_id === null ? null : Number(row.customer_id),
    usePoint: Number(row.use_point),
    addPoint: Number(row.add_point),
    total: cents(row.total),
    orderDate: date(row.order_date),
    lines,
  };
}

/** The same summaries, as stored. */
export async function storedSummaries(db: Db, customers: Iterable<number>) {
  const ids = [...customers].sort((a, b) => a - b);
  if (ids.length === 0) return [];
  const { rows } = await sql<
    Record<string, unknown>
  >`select id, buy_times, buy_total, first_buy_date, last_buy_date
    from dtb_customer where id in (${sql.join(ids)}) order by id`.execute(db);
  return rows.map((row) => [
    Number(row.id),
    Number(row.buy_times),
    cents(row.buy_total),
    row.first_buy_date === null ? null : date(row.first_buy_date),
    row.last_buy_date === null ? null : date(row.last_buy_date),
  ]);
}
