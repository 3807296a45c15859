/** Brings an order that there is to what is wanted of it: the shared end of every change of lines, shippings and points. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { ITEM_TYPE } from '../../../shop/order-totals.ts';
import { type FieldValues, updateRows } from '../../../shop/rows/write.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { differingFrom } from '../customers/differing-from.ts';
import { faultAt, throwFaults } from '../form-faults.ts';
import type { PlannedItem } from './line-reader.ts';
import {
  movesPoints,
  pointFaults,
  pointLine,
  priceFaults,
  priceOf,
  readPointSettings,
} from './order-points.ts';
import { difference, lockPieces, movePieces, piecesOf } from './order-stock.ts';
import { lineNames } from './planned-lines.ts';
import type { PlannedShipping } from './shipping-values.ts';
import { type ItemFields, isProductLine, type StoredOrder, typeOf } from './stored-order.ts';
import { type LockedCustomer, lockCustomer, settleCustomer, writeParts } from './write-order.ts';

export type Wanted = {
  readonly values: FieldValues;
  readonly shippings: readonly PlannedShipping[];
  /** Without that of points. */
  readonly items: readonly PlannedItem[];
  readonly usePoint: number;
  /** Whether the totals are computed again though no line may have changed. */
  readonly isPriced: boolean;
  /** What was found wrong before. */
  readonly faults: readonly Fault[];
  /** For the history of stock. */
  readonly reason: string;
};

export async function changeOrder(
  context: MutationContext,
  order: StoredOrder,
  wanted: Wanted,
): Promise<void> {
  const customer = order.customerId === null ? undefined : await lockCustomer(context, order.customerId);
  const { points, values, moved } = await reckon(context, order, customer, wanted);
  const lines = wanted.items.map(({ fields }) => fields);
  const taken = difference(piecesOf(order.items), piecesOf(lines));
  const stock = await lockPieces(context, taken, { lineOf: lineNames(wanted.items) });
  const { shippings, items } = wanted;
  const isWritten = await writeParts(context, order.id, order, { shippings, items, pointLine: points });
  const changed = differingFrom(context, 'Order', order.fields, values);
  const isOtherwise = isWritten || taken.size > 0;
  const dated = isOtherwise && Object.keys(changed).length === 0 ? { update_date: context.now } : changed;
  await updateRows(context, 'Order', { id: order.id }, dated);
  await movePieces(context, stock, taken, { reason: wanted.reason, orderId: order.id });
  if (Object.keys(dated).length > 0) await settleCustomer(context, customer, -moved);
}

type Reckoned = {
  /** As in `Planned.pointLine`. */
  readonly points: ItemFields | null | undefined;
  /** Fields of `Order`. */
  readonly values: FieldValues;
  /** How many of the customer's points are taken. */
  readonly moved: number;
};

async function reckon(
  context: MutationContext,
  order: StoredOrder,
  customer: LockedCustomer | undefined,
  { values, items, usePoint, isPriced, faults }: Wanted,
): Promise<Reckoned> {
  const settings = await readPointSettings(context);
  const more = usePoint - order.usePoint;
  const held = settings.isOn ? customer?.point : undefined;
  throwFaults([...faults, ...pointFaults(context, usePoint, more, held), ...noProduct(context, items)]);
  const isMember = customer !== undefined;
  const points = more === 0 ? undefined : (pointLine(usePoint, settings, isMember) ?? null);
  if (!isPriced && more === 0) return { points, values, moved: 0 };
  const stored = order.items.filter((item) => typeOf(item) === ITEM_TYPE.point);
  const ofPoints = points === undefined ? stored : points === null ? [] : [points];
  const price = priceOf([...items.map(({ fields }) => fields), ...ofPoints], settings, isMember);
  throwFaults(priceFaults(context, price, usePoint));
  return {
    points,
    values: { ...values, ...price, use_point: usePoint },
    moved: isMember && movesPoints(order.status, settings) ? more : 0,
  };
}

/** EC-CUBE's form takes no order without a product. */
export const noProduct = ({ locale }: MutationContext, items: readonly PlannedItem[]): Fault[] =>
  items.some(({ fields }) => isProductLine(fields))
    ? []
    : [faultAt('items', formMessages.productNeeded[locale])];
