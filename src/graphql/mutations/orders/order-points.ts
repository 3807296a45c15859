/** What an order costs with the points that are used for it, and whether the customer has them. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import {
  earnedPoints,
  ITEM_TYPE,
  type OrderTotals,
  orderTotals,
  type PointSettings,
  pointPrice,
  TAX_DISPLAY,
  TAX_TYPE,
} from '../../../shop/order-totals.ts';
import { readShopRow } from '../../../shop/store/shop-row.ts';
import { hundredths } from '../../../shop/tax.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { faultAt } from '../form-faults.ts';
import { type ItemFields, lineOf } from './stored-order.ts';

const HIGHEST = 999_999_999_999n; // hundredths that a column of an order holds
const MOST_POINTS = 2_147_483_647;

export async function readPointSettings(context: MutationContext): Promise<PointSettings> {
  const fields = ['option_point', 'basic_point_rate', 'point_conversion_rate'] as const;
  const shop = await readShopRow(context, fields);
  const rate = (value: unknown) => (value == null ? null : String(value));
  return {
    isOn: shop?.option_point !== false,
    basicRate: rate(shop?.basic_point_rate),
    conversionRate: rate(shop?.point_conversion_rate),
  };
}

/** The line that takes used points off, as EC-CUBE's PointProcessor writes it; none for a guest, or while points are off. */
export function pointLine(
  points: number,
  settings: PointSettings,
  isMember: boolean,
): ItemFields | undefined {
  if (points === 0 || !isMember || !settings.isOn) return undefined;
  return {
    OrderItemType: ITEM_TYPE.point,
    product_name: 'ポイント',
    price: pointPrice(points, settings),
    quantity: 1,
    tax: 0,
    tax_rate: 0,
    tax_adjust: 0,
    TaxType: TAX_TYPE.untaxed,
    TaxDisplayType: TAX_DISPLAY.with,
    RoundingType: null,
    point_rate: settings.basicRate,
    processor_name: 'Eccube\\Service\\PurchaseFlow\\Processor\\PointProcessor',
  };
}

export type Price = OrderTotals & { readonly add_point: string };

/** `items`: all lines, that of points too. */
export function priceOf(items: readonly ItemFields[], settings: PointSettings, isMember: boolean): Price {
  const lines = items.map(lineOf);
  return { ...orderTotals(lines), add_point: String(earnedPoints(lines, settings, isMember)) };
}

export function priceFaults({ locale }: MutationContext, price: Price, usePoint: number): Fault[] {
  const { add_point: _, ...totals } = price;
  const amounts = Object.values(totals).map(hundredths);
  const isGood = amounts.every((amount) => amount >= 0n && amount <= HIGHEST);
  const isOver = usePoint > 0 && hundredths(price.total) < 0n;
  return [
    ...(isOver ? [faultAt('use_point', formMessages.pointsOverTotal[locale])] : []),
    ...(isGood ? [] : [faultAt('items', formMessages.totalNegative[locale])]),
  ];
}

/** `more`: how many points are used beyond those that are already; `held`: what the customer has, undefined for a guest. */
export function pointFaults(
  { locale }: MutationContext,
  usePoint: number,
  more: number,
  held: number | undefined,
): Fault[] {
  if (usePoint < 0 || usePoint > MOST_POINTS) {
    return [faultAt('use_point', formMessages.between(0, MOST_POINTS)[locale])];
  }
  const isOver = held !== undefined && more > 0 && more > held;
  return isOver ? [faultAt('use_point', formMessages.pointsOverHeld[locale])] : [];
}

const SETTLED: readonly number[] = [ORDER_STATUS.cancelled, ORDER_STATUS.returned];

/** Whether a change of used points moves the customer's: an order that is cancelled or returned has given them back. */
export const movesPoints = (status: number, { isOn }: PointSettings): boolean =>
  isOn && !SETTLED.includes(status);
