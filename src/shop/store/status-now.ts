/** Leaves out changes of orders and products that are not in one of the chosen statuses now. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { orderStatuses } from './order-statuses.ts';

type Changed = { readonly entity: string; readonly id: number; readonly action: string };

/** Ids of `mtb_order_status` and `mtb_product_status`; undefined or empty = any. */
export type StatusChoice = {
  readonly order?: readonly number[] | undefined;
  readonly product?: readonly number[] | undefined;
};

const IDS_IN_ONE_SELECT = 1_000;
const HIGHEST_STATUS = 32_767; // smallint

export const MAX_STATUSES = 50;

export const isStatusId = (id: number): boolean => Number.isInteger(id) && id > 0 && id <= HIGHEST_STATUS;

/** By the status that the thing has now; `deleted` always passes: it has none any more. */
export async function inStatus<C extends Changed>(
  db: Db,
  changes: readonly C[],
  { order = [], product = [] }: StatusChoice,
): Promise<C[]> {
  const inOrder = await passing(db, changes, 'order', order, orderStatuses);
  return passing(db, inOrder, 'product', product, productStatuses);
}

async function passing<C extends Changed>(
  db: Db,
  changes: readonly C[],
  entity: string,
  wanted: readonly number[],
  read: typeof orderStatuses,
): Promise<C[]> {
  const isJudged = (one: C) => one.entity === entity && one.action !== 'deleted';
  const ids = new Set(wanted.length === 0 ? [] : changes.filter(isJudged).map(({ id }) => id));
  if (ids.size === 0) return [...changes];
  const statuses = await read(db, [...ids]);
  return changes.filter((one) => !isJudged(one) || wanted.includes(statuses.get(one.id) ?? -1));
}

/** Product id → `mtb_product_status` id; products that are gone are left out. */
async function productStatuses(db: Db, productIds: readonly number[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (let i = 0; i < productIds.length; i += IDS_IN_ONE_SELECT) {
    const { rows } = await sql<{ id: number; status: number | null }>`
      select id, product_status_id as status from dtb_product
      where id in (${sql.join(productIds.slice(i, i + IDS_IN_ONE_SELECT))})`.execute(db);
    for (const { id, status } of rows) if (status !== null) found.set(id, status);
  }
  return found;
}
