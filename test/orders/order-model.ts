/**
 * A shop with orders in plain numbers, made from what EC-CUBE's pages were seen to do and knowing nothing of this program: what a
 * step makes of stock, points, totals, the tax of each rate and the purchases of a customer, or that it is refused.
 */
import { type Money, moneyOf, type Rates } from './order-money.ts';

export type ProductLine = {
  readonly kind: 'product';
  readonly cls: number;
  readonly price: number;
  readonly quantity: number;
  readonly rate: number;
  /** Of its parcel, from 0. */
  readonly place: number;
};

export type Line =
  | ProductLine
  | { readonly kind: 'fee' | 'charge'; readonly price: number }
  | { readonly kind: 'discount'; readonly price: number; readonly taxed: boolean };

export type Order = {
  readonly id: number;
  readonly isMember: boolean;
  readonly date: string;
  readonly status: number;
  readonly lines: readonly Line[];
  readonly used: number;
  /** One for each parcel: whether it is sent. */
  readonly parcels: readonly boolean[];
};

export type Purchase = { readonly id: number; readonly total: number; readonly date: string };

export type Shop = {
  readonly rates: Rates;
  /** Class → pieces; one that is not here is sold without limit. */
  readonly stock: ReadonlyMap<number, number>;
  readonly held: number;
  readonly orders: readonly Order[];
  /** Of the customer, before the first of `orders`. */
  readonly earlier: readonly Purchase[];
};

export const isProduct = (line: Line): line is ProductLine => line.kind === 'product';

export const moneyIn = (shop: Shop, order: Order): Money => moneyOf(shop.rates, order);

type Way = { readonly stock?: 1 | -1; readonly used?: 1 | -1; readonly earned?: 1 | -1 };

const WAYS: Readonly<Record<string, Way>> = {
  '1>6': {},
  '1>4': {},
  '6>4': {},
  '1>3': { stock: 1, used: 1 },
  '4>3': { stock: 1, used: 1 },
  '6>3': { stock: 1, used: 1 },
  '3>4': { stock: -1, used: -1 },
  '1>5': { earned: 1 },
  '4>5': { earned: 1 },
  '6>5': { earned: 1 },
  '5>9': { used: 1, earned: -1 },
  '9>5': { used: -1, earned: 1 },
};
const [CANCELLED, SENT, RETURNED] = [3, 5, 9];
const BOUGHT = [1, 4, 5, 6];

function pieces(lines: readonly Line[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { cls, quantity } of lines.filter(isProduct)) sums.set(cls, (sums.get(cls) ?? 0) + quantity);
  return sums;
}

/** undefined: there is not enough. */
function taking(shop: Shop, taken: ReadonlyMap<number, number>): ReadonlyMap<number, number> | undefined {
  const stock = new Map(shop.stock);
  for (const [cls, count] of taken) {
    const present = stock.get(cls);
    if (present === undefined || count === 0) continue;
    if (count > 0 && present < count) return undefined;
    stock.set(cls, present - count);
  }
  return stock;
}

const replaced = (shop: Shop, order: Order): Shop => ({
  ...shop,
  orders: shop.orders.map((one) => (one.id === order.id ? order : one)),
});

/** Whether the page would take it: products, no amount below 0, points that are there. */
function isTaken(shop: Shop, order: Order, more: number): boolean {
  if (order.lines.every((line) => !isProduct(line))) return false;
  const { subtotal, discount, fee, charge, tax, total } = moneyIn(shop, order);
  const isOver = order.isMember && more > 0 && more > shop.held;
  return !isOver && [subtotal, discount, fee, charge, tax, total].every((amount) => amount >= 0);
}

export function created(shop: Shop, order: Order): Shop | undefined {
  if (!isTaken(shop, order, order.used)) return undefined;
  const stock = taking(shop, pieces(order.lines));
  const held = shop.held - (order.isMember ? order.used : 0);
  return stock && { ...shop, stock, held, orders: [...shop.orders, order] };
}

export function edited(shop: Shop, before: Order, changed: Partial<Order>): Shop | undefined {
  const order = { ...before, ...changed };
  const more = order.used - before.used;
  if (!isTaken(shop, order, more)) return undefined;
  const taken = pieces(order.lines);
  for (const [cls, count] of pieces(before.lines)) taken.set(cls, (taken.get(cls) ?? 0) - count);
  const stock = taking(shop, taken);
  // One that was cancelled or returned has given its points back.
  const isSettled = before.status === CANCELLED || before.status === RETURNED;
  const held = shop.held - (order.isMember && !isSettled ? more : 0);
  return stock && replaced({ ...shop, stock, held }, order);
}

export function cancelledInPart(
  shop: Shop,
  order: Order,
  taken: ReadonlyMap<number, number>,
  used: number,
): Shop | undefined {
  if (![1, 4, 6].includes(order.status)) return undefined;
  const lines: Line[] = [];
  for (const [place, line] of order.lines.entries()) {
    const count = taken.get(place);
    if (count === undefined || !isProduct(line)) lines.push(line);
    else if (count < 1 || count > line.quantity) return undefined;
    else if (count < line.quantity) lines.push({ ...line, quantity: line.quantity - count });
  }
  return edited(shop, order, { lines, used });
}

export function moved(shop: Shop, order: Order, to: number): Shop | undefined {
  if (order.status === to) return shop;
  const way = WAYS[`${order.status}>${to}`];
  if (!way) return undefined;
  const { stock: gives = 0, used = 0, earned = 0 } = way;
  const taken = new Map([...pieces(order.lines)].map(([cls, count]) => [cls, -gives * count]));
  const stock = taking(shop, taken);
  const points = used * order.used + earned * moneyIn(shop, order).add;
  const parcels = to === SENT ? order.parcels.map(() => true) : order.parcels;
  const held = shop.held + (order.isMember ? points : 0);
  return stock && replaced({ ...shop, stock, held }, { ...order, status: to, parcels });
}

/** The order is sent with the last of its parcels. */
export function shipped(shop: Shop, order: Order, parcel: number): Shop | undefined {
  if (order.parcels[parcel] !== false || !WAYS[`${order.status}>${SENT}`]) return undefined;
  const parcels = order.parcels.map((sent, place) => sent || place === parcel);
  const after = { ...order, parcels };
  return parcels.every(Boolean) ? moved(replaced(shop, after), after, SENT) : replaced(shop, after);
}

/** Gives back what the order's own end would: cancelled before it was sent, returned behind that. */
export function deleted(shop: Shop, order: Order, back: { stock: boolean; points: boolean }): Shop {
  const {
    stock: gives = 0,
    used = 0,
    earned = 0,
  } = WAYS[`${order.status}>${CANCELLED}`] ?? WAYS[`${order.status}>${RETURNED}`] ?? {};
  const counts = back.stock ? [...pieces(order.lines)] : [];
  const stock = taking(shop, new Map(counts.map(([cls, count]) => [cls, -gives * count]))) ?? shop.stock;
  const points = used * order.used + earned * moneyIn(shop, order).add;
  const held = shop.held + (order.isMember && back.points ? points : 0);
  return { ...shop, stock, held, orders: shop.orders.filter(({ id }) => id !== order.id) };
}

export function given(shop: Shop, delta: number): Shop | undefined {
  const held = shop.held + delta;
  return held < 0 && delta < 0 ? undefined : { ...shop, held };
}

/** How often and for how much, and the dates of the orders with the lowest and the highest id. */
export function purchases(shop: Shop): readonly [number, number, string | null, string | null] {
  const own = shop.orders
    .filter(({ isMember, status }) => isMember && BOUGHT.includes(status))
    .map((order) => ({ id: order.id, date: order.date, total: moneyIn(shop, order).total }));
  const all = [...shop.earlier, ...own].sort((a, b) => a.id - b.id);
  const total = all.reduce((sum, one) => sum + one.total, 0);
  return [all.length, total, all[0]?.date ?? null, all.at(-1)?.date ?? null];
}
