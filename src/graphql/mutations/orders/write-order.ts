/** Writes the shippings and lines that an order is to have; what is there already and right is not written. */
import { ITEM_TYPE } from '../../../shop/order-totals.ts';
import { differing } from '../../../shop/rows/differing.ts';
import {
  addRow,
  deleteRows,
  type FieldValue,
  insertRow,
  lockRows,
  updateRows,
} from '../../../shop/rows/write.ts';
import { purchaseSummary } from '../../../shop/store/purchase-summary.ts';
import type { MutationContext } from '../../mutation.ts';
import { differingFrom } from '../customers/differing-from.ts';
import type { PlannedItem } from './line-reader.ts';
import type { PlannedShipping } from './shipping-values.ts';
import { type ItemFields, type StoredShipping, typeOf } from './stored-order.ts';

export type Stored = {
  readonly shippings: readonly StoredShipping[];
  readonly items: readonly ItemFields[];
};

export type Planned = {
  readonly shippings: readonly PlannedShipping[];
  /** Without that of points. */
  readonly items: readonly PlannedItem[];
  /** undefined: the stored one stays; null: there is none. */
  readonly pointLine: ItemFields | null | undefined;
};

export const NOTHING: Stored = { shippings: [], items: [] };

/** Returns whether anything was written. */
export async function writeParts(
  context: MutationContext,
  orderId: number,
  stored: Stored,
  planned: Planned,
): Promise<boolean> {
  const { ids, isWritten } = await writeShippings(context, orderId, stored.shippings, planned.shippings);
  const itemsWritten = await writeItems(context, orderId, stored.items, planned, ids);
  const gone = stored.shippings.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
  if (gone.length > 0) await deleteRows(context, 'Shipping', { id: gone });
  return isWritten || itemsWritten || gone.length > 0;
}

async function writeShippings(
  context: MutationContext,
  orderId: number,
  stored: readonly StoredShipping[],
  planned: readonly PlannedShipping[],
): Promise<{ readonly ids: readonly number[]; readonly isWritten: boolean }> {
  const ids: number[] = [];
  let isWritten = false;
  for (const { id, values } of planned) {
    const row = stored.find((one) => one.id === id);
    const changed = row ? differingFrom(context, 'Shipping', row.fields, values) : values;
    ids.push(row?.id ?? (await addRow(context, 'Shipping', { ...values, Order: orderId })));
    if (row) await updateRows(context, 'Shipping', { id: row.id }, changed);
    isWritten ||= Object.keys(changed).length > 0;
  }
  return { ids, isWritten };
}

async function writeItems(
  context: MutationContext,
  orderId: number,
  stored: readonly ItemFields[],
  { items, pointLine }: Planned,
  shippingIds: readonly number[],
): Promise<boolean> {
  const kept = new Set(items.map(({ id }) => id));
  const isGone = (row: ItemFields) =>
    typeOf(row) === ITEM_TYPE.point ? pointLine !== undefined : !kept.has(Number(row.id));
  const gone = stored.filter(isGone).map(({ id }) => Number(id));
  if (gone.length > 0) await deleteRows(context, 'OrderItem', { id: gone });
  let isWritten = gone.length > 0;
  for (const { id, place, fields } of items) {
    const Shipping = place === null ? null : (shippingIds[place] ?? null);
    const wanted = { ...fields, Shipping };
    const row = stored.find((one) => Number(one.id) === id);
    const changed = row ? differing(context, 'OrderItem', row, wanted) : wanted;
    if (row) await updateRows(context, 'OrderItem', { id: Number(row.id) }, changed);
    else await insertRow(context, 'OrderItem', { ...wanted, Order: orderId });
    isWritten ||= Object.keys(changed).length > 0;
  }
  if (!pointLine) return isWritten;
  await insertRow(context, 'OrderItem', { ...pointLine, Order: orderId });
  return true;
}

export type LockedCustomer = {
  readonly id: number;
  readonly point: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
};

const SUMMARY = ['point', 'buy_times', 'buy_total', 'first_buy_date', 'last_buy_date'] as const;

/** undefined when there is no such customer. `fields`: what else is wanted of the row. */
export async function lockCustomer(
  context: MutationContext,
  id: number,
  fields: readonly string[] = [],
): Promise<LockedCustomer | undefined> {
  const [row] = await lockRows(context, 'Customer', [...SUMMARY, ...fields], { id });
  return row && { id, point: Number(row.point), fields: row };
}

/** Moves points, and counts the customer's purchases again. */
export async function settleCustomer(
  context: MutationContext,
  customer: LockedCustomer | undefined,
  points: number,
): Promise<void> {
  if (!customer) return;
  const { id, point, fields } = customer;
  const wanted = { ...(await purchaseSummary(context.db, id)), point: point + points };
  await updateRows(context, 'Customer', { id }, differing(context, 'Customer', fields, wanted));
}
