/** The statuses of orders, and in which the shop's orders are now: what the filter of an endpoint asks for. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

export type OrderStatusName = { readonly id: number; readonly name: string };

/** All statuses that an order of this shop can have, in the shop's order. */
export async function listOrderStatuses(db: Db): Promise<OrderStatusName[]> {
  const { rows } =
    await sql<OrderStatusName>`select id, name from mtb_order_status order by sort_no, id`.execute(db);
  return rows.map(({ id, name }) => ({ id, name }));
}

const IDS_IN_ONE_SELECT = 1_000;

/** Order id → `mtb_order_status` id; orders that are gone or have none are left out. */
export async function orderStatuses(db: Db, orderIds: readonly number[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (let i = 0; i < orderIds.length; i += IDS_IN_ONE_SELECT) {
    const { rows } = await sql<{ id: number; status: number | null }>`
      select id, order_status_id as status from dtb_order
      where id in (${sql.join(orderIds.slice(i, i + IDS_IN_ONE_SELECT))})`.execute(db);
    for (const { id, status } of rows) if (status !== null) found.set(id, status);
  }
  return found;
}
