/** What a customer has bought, as EC-CUBE sums it up in the customer's row after every change of an order. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { PURCHASE_STATUSES } from '../order-status.ts';
import type { FieldValue } from '../rows/write.ts';

/** Fields of `Customer`; dates as the database gave them, null when nothing counts. */
export type PurchaseSummary = {
  readonly buy_times: number;
  /** Digits with two decimals. */
  readonly buy_total: string;
  readonly first_buy_date: FieldValue;
  readonly last_buy_date: FieldValue;
};

type Totals = {
  times: number | string;
  total: number | string | null;
  first: number | null;
  last: number | null;
};

/** First and last are the orders with the lowest and the highest id, whatever their dates. */
export async function purchaseSummary(db: Db, customerId: number): Promise<PurchaseSummary> {
  const { rows } = await sql<Totals>`
    select count(*) as times, sum(total) as total, min(id) as ${sql.id('first')}, max(id) as ${sql.id('last')}
    from dtb_order where customer_id = ${customerId} and order_status_id in (${sql.join(PURCHASE_STATUSES)})`.execute(
    db,
  );
  const { times = 0, total = null, first = null, last = null } = rows[0] ?? {};
  const dates = await orderDates(db, [first, last]);
  return {
    buy_times: Number(times),
    buy_total: decimal(total),
    first_buy_date: dates.get(first) ?? null,
    last_buy_date: dates.get(last) ?? null,
  };
}

async function orderDates(db: Db, ids: readonly (number | null)[]): Promise<Map<number | null, FieldValue>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const { rows } = await sql<{ id: number; order_date: string | null }>`
    select id, order_date from dtb_order where id in (${sql.join(known)})`.execute(db);
  return new Map(rows.map(({ id, order_date }) => [id, order_date]));
}

/** PostgreSQL and MySQL add decimals up exactly and give text; SQLite stores and gives numbers, exact to the cent. */
const decimal = (total: number | string | null): string =>
  typeof total === 'string' ? total : (total ?? 0).toFixed(2);
