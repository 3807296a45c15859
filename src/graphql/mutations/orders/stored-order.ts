/** An order that is about to be changed, with its shippings and lines; all locked in the order that mutations keep. */
import { ORDER_STATUS } from '../../../shop/order-status.ts';
import { ITEM_TYPE, type OrderLine } from '../../../shop/order-totals.ts';
import { type FieldValue, type FieldValues, lockRows, readRows } from '../../../shop/rows/write.ts';
import type { MutationContext } from '../../mutation.ts';
import { invalid } from '../arguments.ts';
import { ORDER_PERSON } from '../customers/person-form.ts';
import { judgeUnchanged, type Precondition } from '../precondition.ts';
import { type LockedOrder, lockOrder } from './order-transition.ts';

const ITEM_FIELDS = [
  'id',
  'OrderItemType',
  'Product',
  'ProductClass',
  'Shipping',
  'product_name',
  'price',
  'quantity',
  'tax',
  'tax_rate',
  'TaxType',
  'TaxDisplayType',
  'RoundingType',
  'point_rate',
] as const;

const SHIPPING_FIELDS = [
  'id',
  ...Object.keys(ORDER_PERSON),
  'Pref',
  'Delivery',
  'shipping_delivery_name',
  'time_id',
  'shipping_delivery_time',
  'shipping_delivery_date',
  'tracking_number',
  'note',
] as const;

/** Fields of an `OrderItem`, as they are stored or will be. */
export type ItemFields = Readonly<Record<string, FieldValue>>;

export type StoredShipping = { readonly id: number; readonly fields: FieldValues };

export type StoredOrder = LockedOrder & {
  /** The person and the texts, to be compared with what is wanted. */
  readonly fields: FieldValues;
  /** By their ids. */
  readonly shippings: readonly StoredShipping[];
  readonly items: readonly ItemFields[];
};

const ORDER_FIELDS = [
  ...Object.keys(ORDER_PERSON),
  'Pref',
  'email',
  'message',
  'note',
  'Payment',
  'payment_method',
  'order_date',
  'payment_date',
  'subtotal',
  'discount',
  'delivery_fee_total',
  'charge',
  'tax',
  'total',
  'payment_total',
  'use_point',
  'add_point',
] as const;

/** Throws NOT_FOUND, CONFLICT, or BAD_TRANSITION for an order that is not placed yet. */
export async function lockStoredOrder(
  context: MutationContext,
  id: number,
  expected: Precondition,
): Promise<StoredOrder> {
  const order = await lockOrder(context, id);
  if (!order) throw invalid('id', 'No Order found', 'NOT_FOUND');
  await judgeUnchanged(context, 'Order', id, expected);
  if (order.status === ORDER_STATUS.pending || order.status === ORDER_STATUS.processing) {
    throw invalid('id', 'The order is not placed yet', 'BAD_TRANSITION');
  }
  const [fields = {}] = await readRows(context, 'Order', ORDER_FIELDS, { id });
  const shippings = await lockRows(context, 'Shipping', SHIPPING_FIELDS, { Order: id });
  return {
    ...order,
    fields,
    shippings: shippings.map((row) => ({ id: Number(row.id), fields: row })),
    items: await readItems(context, id),
  };
}

/** The order's lock is theirs. */
export const readItems = (context: MutationContext, orderId: number): Promise<ItemFields[]> =>
  readRows(context, 'OrderItem', ITEM_FIELDS, { Order: orderId });

export const typeOf = ({ OrderItemType }: ItemFields): number => Number(OrderItemType);

export const isProductLine = (item: ItemFields): boolean => typeOf(item) === ITEM_TYPE.product;

/** A line as the rules of totals see it. */
export const lineOf = (item: ItemFields): OrderLine => ({
  price: decimal(item.price),
  tax: decimal(item.tax),
  quantity: decimal(item.quantity),
  tax_rate: decimal(item.tax_rate),
  tax_type_id: key(item.TaxType),
  tax_display_type_id: key(item.TaxDisplayType),
  rounding_type_id: key(item.RoundingType),
  order_item_type_id: typeOf(item),
  point_rate: item.point_rate == null ? null : String(item.point_rate),
});

const decimal = (value: FieldValue | undefined): string => String(value ?? 0);

const key = (value: FieldValue | undefined): number | null => (value == null ? null : Number(value));
