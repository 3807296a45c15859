/**
 * What an order costs, as EC-CUBE 4.2+ reckons it: products are priced without tax (税抜), 送料 and 手数料 with it
 * (税込), 値引き and ポイント are free of tax and lower the taxed sum. Whole 円 throughout, 四捨五入.
 */
import { POINT_RATE, TAX_RATE } from './settings.ts';

/** Ids of `mtb_order_item_type`. */
export const ITEM = { product: 1, deliveryFee: 2, charge: 3, discount: 4, point: 6 } as const;

export type Priced = { type: (typeof ITEM)[keyof typeof ITEM]; price: number; quantity: number; tax: number };

export type Totals = {
  subtotal: number;
  deliveryFee: number;
  charge: number;
  discount: number;
  tax: number;
  total: number;
  addPoint: number;
};

/** `amount` × `numerator` / `denominator`, half away from zero, in whole numbers. */
const share = (amount: number, numerator: number, denominator: number): number => {
  const rounded = Math.floor((2 * Math.abs(amount) * numerator + denominator) / (2 * denominator));
  return amount < 0 ? -rounded : rounded;
};

/** Tax on top of a price without tax. */
export const taxOnNet = (price: number): number => share(price, TAX_RATE, 100);

/** Tax inside a price with tax. */
export const taxInGross = (price: number): number => share(price, TAX_RATE, 100 + TAX_RATE);

export function totalsOf(items: readonly Priced[], usePoint: number): Totals {
  const sum = (type: number): number =>
    items
      .filter((item) => item.type === type)
      .reduce((total, item) => total + gross(item) * item.quantity, 0);
  const [subtotal, deliveryFee, charge] = [sum(ITEM.product), sum(ITEM.deliveryFee), sum(ITEM.charge)];
  const total = subtotal + deliveryFee + charge + sum(ITEM.discount) + sum(ITEM.point);
  const addPoint = Math.max(0, points(items) - Math.floor((usePoint * POINT_RATE) / 100));
  return {
    subtotal,
    deliveryFee,
    charge,
    discount: -sum(ITEM.discount) || 0,
    tax: taxInGross(total),
    total,
    addPoint,
  };
}

const gross = ({ type, price, tax }: Priced): number => (type === ITEM.product ? price + tax : price);

/** Points are given on products and taken off for discounts, rounded per unit. */
const points = (items: readonly Priced[]): number =>
  items
    .filter(({ type }) => type === ITEM.product || type === ITEM.discount)
    .reduce((total, { price, quantity }) => total + share(price, POINT_RATE, 100) * quantity, 0);
