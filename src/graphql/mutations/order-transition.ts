/**
 * Takes an order from one status to another, with all that follows (eccube/graphql.md §9). Locks in this order: the
 * order, its customer, stock rows, classes; a caller that also locks shippings does so after the order.
 */
import { pointChange, type Transition } from '../../shop/order-status.ts';
import { type FieldValue, lockRows, readRows, updateRows } from '../../store/shop-rows-write.ts';
import type { MutationContext } from '../mutation.ts';
import { invalid } from './arguments.ts';
import { lockStock, type StockedClass, writeStock } from './stock.ts';

const PRODUCT_ITEM = 1; // 商品 in mtb_order_item_type

export type LockedOrder = {
  readonly id: number;
  readonly status: number;
  readonly customerId: number | null;
  readonly usePoint: number;
  readonly addPoint: number;
};

/** undefined when there is no such order. */
export async function lockOrder(context: MutationContext, id: number): Promise<LockedOrder | undefined> {
  const fields = ['id', 'OrderStatus', 'Customer', 'use_point', 'add_point'] as const;
  const [row] = await lockRows(context, 'Order', fields, { id });
  return (
    row && {
      id,
      status: Number(row.OrderStatus),
      customerId: row.Customer === null ? null : Number(row.Customer),
      usePoint: Number(row.use_point),
      addPoint: Number(row.add_point),
    }
  );
}

export async function applyTransition(
  context: MutationContext,
  order: LockedOrder,
  transition: Transition,
): Promise<void> {
  const { setsPaymentDate, to, stock } = transition;
  await updateRows(
    context,
    'Order',
    { id: order.id },
    { OrderStatus: to, ...(setsPaymentDate && { payment_date: context.now }) },
  );
  await changePoints(context, order.customerId, pointChange(transition, order));
  if (stock) await moveStock(context, order.id, stock);
}

/** A guest has no points; a customer's may fall below zero, as in EC-CUBE. */
async function changePoints(context: MutationContext, customerId: number | null, by: number): Promise<void> {
  if (customerId === null || by === 0) return;
  const [row] = await lockRows(context, 'Customer', ['point'], { id: customerId });
  if (row) await updateRows(context, 'Customer', { id: customerId }, { point: Number(row.point) + by });
}

/** Classes that are gone or sold without limit have nothing to move. */
async function moveStock(context: MutationContext, orderId: number, direction: 1 | -1): Promise<void> {
  const items = await readRows(context, 'OrderItem', ['ProductClass', 'quantity'], {
    Order: orderId,
    OrderItemType: PRODUCT_ITEM,
  });
  const moved = new Map<number, number>();
  for (const { ProductClass, quantity } of items) {
    if (ProductClass === null) continue;
    const id = Number(ProductClass);
    moved.set(id, (moved.get(id) ?? 0) + direction * Number(quantity));
  }
  const classes = await lockStock(context, [...moved.keys()]);
  for (const [id, row] of classes) {
    if (row.stock_unlimited) continue;
    const stock = stockOf(row) + (moved.get(id) ?? 0);
    if (stock < 0) throw invalid('order_status_id', `There is not enough stock of ${nameOf(row)}`);
    await writeStock(context, row, { stock, stock_unlimited: false });
  }
}

/** The row that EC-CUBE's checkout counts on is the stock row. */
const stockOf = ({ stock, second }: StockedClass): number => Number(second ? second.stock : stock);

const nameOf = ({ id, code }: { id: number; code: FieldValue }): string =>
  code === null ? `product class ${id}` : String(code);
