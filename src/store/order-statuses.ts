/** In which status the shop's orders are now; the one shop column that the filter of an endpoint asks for. */
import { sql } from 'kysely';
import type { Db } from './open.ts';

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
