/**
 * What an order costs and earns, as EC-CUBE's order page computes it (docs/eccube/database.md, Taxes): from the lines alone, in whole
 * hundredths, without a database.
 */
import { type Decimal, decimalText, hundredths, rounded, type TaxLine, totalsByRate } from './tax.ts';

/** Ids of `mtb_order_item_type`. */
export const ITEM_TYPE = { product: 1, deliveryFee: 2, charge: 3, discount: 4, tax: 5, point: 6 } as const;
/** Ids of `mtb_tax_type`: taxed, and 不課税. */
export const TAX_TYPE = { taxed: 1, untaxed: 2 } as const;
/** Ids of `mtb_tax_display_type`: how a price is meant. */
export const TAX_DISPLAY = { without: 1, with: 2 } as const;

/** `tax` is that of one piece. */
export type OrderLine = TaxLine & { readonly point_rate: Decimal | null };

/** Fields of `Order`, as digits with two decimals. */
export type OrderTotals = {
  readonly subtotal: string;
  readonly discount: string;
  readonly delivery_fee_total: string;
  readonly charge: string;
  readonly tax: string;
  readonly total: string;
  readonly payment_total: string;
};

export type PointSettings = {
  /** Whether the shop uses points now. */
  readonly isOn: boolean;
  /** Percent of the price that is given; null: none. */
  readonly basicRate: Decimal | null;
  /** What a point is worth; null: nothing. */
  readonly conversionRate: Decimal | null;
};

type Taxed = Pick<
  OrderLine,
  'price' | 'tax_rate' | 'tax_type_id' | 'tax_display_type_id' | 'rounding_type_id'
>;

/** The tax of one piece, a whole number; that of a price with tax is the part of it that is tax. */
export function lineTax(line: Taxed): bigint {
  if (line.tax_type_id !== TAX_TYPE.taxed) return 0n;
  const [price, rate] = [hundredths(line.price), hundredths(line.tax_rate)];
  const isWithTax = line.tax_display_type_id === TAX_DISPLAY.with;
  const whole = isWithTax ? (10_000n + rate) * 100n : 1_000_000n;
  return rounded(price * rate, whole, line.rounding_type_id);
}

/** How the prices of lines of a type are meant. */
export const taxDisplayOf = (itemType: number): number =>
  itemType === ITEM_TYPE.product || itemType === ITEM_TYPE.discount ? TAX_DISPLAY.without : TAX_DISPLAY.with;

const priceWithTax = ({ price, tax, tax_display_type_id }: OrderLine): bigint =>
  hundredths(price) + (tax_display_type_id === TAX_DISPLAY.with ? 0n : hundredths(tax));

const cost = (line: OrderLine): bigint => (priceWithTax(line) * hundredths(line.quantity)) / 100n;

function costOf(lines: readonly OrderLine[], ...types: readonly number[]): bigint {
  const counted = lines.filter(({ order_item_type_id: type }) => type !== null && types.includes(type));
  return counted.reduce((sum, line) => sum + cost(line), 0n);
}

/** The tax of an order is not the sum of its lines' taxes: it is computed once for each rate. */
export function orderTotals(lines: readonly OrderLine[]): OrderTotals {
  const total = decimalText(lines.reduce((sum, line) => sum + cost(line), 0n));
  const tax = totalsByRate(lines).reduce((sum, rate) => sum + hundredths(rate.tax), 0n);
  return {
    subtotal: decimalText(costOf(lines, ITEM_TYPE.product)),
    discount: decimalText(-costOf(lines, ITEM_TYPE.discount, ITEM_TYPE.point)),
    delivery_fee_total: decimalText(costOf(lines, ITEM_TYPE.deliveryFee)),
    charge: decimalText(costOf(lines, ITEM_TYPE.charge)),
    tax: decimalText(tax),
    total,
    payment_total: total,
  };
}

const EARNING: readonly (number | null)[] = [ITEM_TYPE.product, ITEM_TYPE.discount, ITEM_TYPE.point];

/** Points that the order will give: never fewer than none; a guest gets none. */
export function earnedPoints(
  lines: readonly OrderLine[],
  settings: PointSettings,
  isMember: boolean,
): bigint {
  if (!settings.isOn || !isMember) return 0n;
  const points = lines
    .filter(({ order_item_type_id: type }) => EARNING.includes(type))
    .reduce((sum, line) => sum + (pointsOfOne(line, settings) * hundredths(line.quantity)) / 100n, 0n);
  return points < 0n ? 0n : points;
}

/** Of one piece, rounded half away from zero. */
function pointsOfOne({ price, point_rate }: OrderLine, { basicRate }: PointSettings): bigint {
  const HALF_AWAY = 1;
  return rounded(hundredths(price) * hundredths(point_rate ?? basicRate ?? 0), 1_000_000n, HALF_AWAY);
}

/** What used points take off the price. */
export const pointPrice = (points: number, { conversionRate }: PointSettings): string =>
  decimalText((-BigInt(points) * 100n * hundredths(conversionRate ?? 0)) / 100n);
