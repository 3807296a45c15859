/**
 * Takes an order from one status to another, with all that follows (docs/eccube/graphql.md, Parcels and states). Locks in this order: the
 * order, its customer, stock rows, classes; a caller that also locks shippings does so after the order.
 */
import { pointChange, type Transition } from '../../../shop/order-status.ts';
import { type FieldValue, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import { purchaseSummary } from '../../../shop/store/purchase-summary.ts';
import { readShopRow } from '../../../shop/store/shop-row.ts';
import type { MutationContext } from '../../mutation.ts';
import { invalid } from '../arguments.ts';
import { keepMoves, lockStock, stockOf, writeStock } from '../stock/stock.ts';

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
  if (order.customerId !== null) {
    const by = pointChange(transition, order, await usesPoints(context));
    await settleCustomer(context, order.customerId, by);
  }
  if (stock) await moveStock(context, order.id, stock);
}

/**
 * For a change that leaves the status as it is. EC-CUBE's order list dates the customer's row then and forgets the order's, by
 * which order managers poll.
 */
export async function dateOrder(context: MutationContext, order: LockedOrder): Promise<void> {
  await updateRows(context, 'Order', { id: order.id }, { update_date: context.now });
  if (order.customerId !== null) await settleCustomer(context, order.customerId, 0);
}

async function usesPoints(context: MutationContext): Promise<boolean> {
  const shop = await readShopRow(context, ['option_point']);
  return shop?.option_point !== false;
}

/**
 * Points, and the summary of purchases counted again, as EC-CUBE's order list does after every change of status: the
 * row is written even when it stays the same. A guest has none; points may fall below zero, as in EC-CUBE.
 */
async function settleCustomer(context: MutationContext, customerId: number, by: number): Promise<void> {
  const [row] = await lockRows(context, 'Customer', ['point'], { id: customerId });
  if (!row) return;
  const summary = await purchaseSummary(context.db, customerId);
  await updateRows(context, 'Customer', { id: customerId }, { ...summary, point: Number(row.point) + by });
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
  const why = { reason: 'order_status', reference: `order ${orderId}` };
  for (const [id, row] of classes) {
    if (row.stock_unlimited) continue;
    const stock = (stockOf(row) ?? 0) + (moved.get(id) ?? 0);
    if (stock < 0) {
      throw invalid('order_status_id', `There is not enough stock of ${nameOf(row)}`, 'STOCK_NEGATIVE');
    }
    await keepMoves(context, [[await writeStock(context, row, { stock, stock_unlimited: false }), why]]);
  }
}

const nameOf = ({ id, code }: { id: number; code: FieldValue }): string =>
  code === null ? `product class ${id}` : String(code);
