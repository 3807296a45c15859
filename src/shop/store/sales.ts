/** What orders of a stretch of time come to, by the day that the shop had; one statement for orders, one for their lines. */
import { type RawBuilder, sql } from 'kysely';
import type { OffsetSpan } from '../calendar.ts';
import { ORDER_STATUS } from '../order-status.ts';
import type { ShopStore } from '../rows/select.ts';

/** Orders that EC-CUBE's home page leaves out of the shop's sales. */
const NO_SALES = [
  ORDER_STATUS.cancelled,
  ORDER_STATUS.pending,
  ORDER_STATUS.processing,
  ORDER_STATUS.returned,
];

export const SALES_GROUPS = ['STATUS', 'PAYMENT', 'PRODUCT', 'PRODUCT_CLASS'] as const;

export type SalesGroupKind = (typeof SALES_GROUPS)[number];

/** A column of the order (`o`) or of its lines (`i`). */
const GROUP_COLUMNS: Readonly<Record<SalesGroupKind, string>> = {
  STATUS: 'o.order_status_id',
  PAYMENT: 'o.payment_id',
  PRODUCT: 'i.product_id',
  PRODUCT_CLASS: 'i.product_class_id',
};

export type SalesPart = {
  readonly day: string;
  readonly id: number | null;
  readonly orders: number;
  /** Hundredths. */
  readonly turnover: bigint;
  readonly items: number;
  /** Names of lines only. */
  readonly name: string | null;
  readonly code: string | null;
};

type Raw = Record<'day' | 'name' | 'code', string | null> & {
  id: number | null;
  orders: number | string;
  turnover: number | string | null;
  items: number | string | null;
};

const PRODUCT_LINE = 1; // mtb_order_item_type
const WITH_TAX = 2; // mtb_tax_display_type

/** Orders and `payment_total`, as the home page counts them; `items` is 0. */
export function orderSales(
  store: ShopStore,
  span: OffsetSpan,
  by?: 'STATUS' | 'PAYMENT',
): Promise<SalesPart[]> {
  const group = by ? sql.ref(GROUP_COLUMNS[by]) : sql`null`;
  return parts(
    store,
    sql<Raw>`select ${dayOf(store, span)} as day, ${group} as id, count(*) as orders,
      sum(round(o.payment_total * 100)) as turnover, 0 as items, null as name, null as code
      from dtb_order o where ${within(store, span)} group by 1, 2`,
  );
}

/** Product lines: how many things, what they cost with tax, in how many orders. `most`: rows, at the most. */
export function lineSales(
  store: ShopStore,
  span: OffsetSpan,
  by: SalesGroupKind | undefined,
  most: number,
): Promise<SalesPart[]> {
  const group = by ? sql.ref(GROUP_COLUMNS[by]) : sql`null`;
  const each = sql`i.price + case when i.tax_display_type_id = ${WITH_TAX} then 0 else i.tax end`;
  return parts(
    store,
    sql<Raw>`select ${dayOf(store, span)} as day, ${group} as id, count(distinct o.id) as orders,
      sum(round((${each}) * 100) * i.quantity) as turnover, sum(i.quantity) as items,
      max(i.product_name) as name, max(i.product_code) as code
      from dtb_order o inner join dtb_order_item i on i.order_id = o.id
      where ${within(store, span)} and i.order_item_type_id = ${PRODUCT_LINE} group by 1, 2 limit ${sql.lit(most)}`,
  );
}

const NAMES = {
  STATUS: sql`select id, name from mtb_order_status`,
  PAYMENT: sql`select id, payment_method as name from dtb_payment`,
} as const;

/** What staff call the statuses, or the ways to pay. */
export async function groupNames(
  { db }: ShopStore,
  by: keyof typeof NAMES,
): Promise<Map<number, string | null>> {
  const { rows } = await (NAMES[by] as RawBuilder<{ id: number; name: string | null }>).execute(db);
  return new Map(rows.map(({ id, name }) => [Number(id), name]));
}

const dayOf = ({ kit }: ShopStore, { offset }: OffsetSpan): RawBuilder<string> =>
  kit.localDay(sql.ref('o.order_date'), sql.lit(offset));

const within = ({ kit }: ShopStore, { from, to }: OffsetSpan): RawBuilder<unknown> =>
  sql`o.order_date >= ${kit.dateText(from)} and o.order_date < ${kit.dateText(to)}
    and o.order_status_id not in (${sql.join(NO_SALES)})`;

async function parts({ db }: ShopStore, statement: RawBuilder<Raw>): Promise<SalesPart[]> {
  const { rows } = await statement.execute(db);
  return rows.map(({ day, id, orders, turnover, items, name, code }) => ({
    day: String(day),
    id: id === null ? null : Number(id),
    orders: Number(orders),
    // Whole hundredths on every database: rounded before they are added up.
    turnover: BigInt(String(turnover ?? 0).replace(/\..*$/, '')),
    items: Number(items ?? 0),
    name,
    code,
  }));
}
