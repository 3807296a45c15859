/** The history of the stock: what the API has done to it. What the shop itself does, the change feed tells. */
import type { Db } from '../../database/open.ts';

/** So long a change of the stock is told; docs/graphql.md says so. */
export const STOCK_HISTORY_DAYS = 90;

const DAY_SECONDS = 86_400;
const ROWS_AT_ONCE = 500; // 9 values each; SQLite takes 32,766

export type StockChange = {
  readonly productClassId: number;
  /** null = without limit, or none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly clientId: string;
  readonly memberId: number | null;
  readonly changedAt: number;
};

export type KeptStockChange = StockChange & { readonly id: string };

/** In the transaction that changes the stock. */
export async function recordStockChanges(db: Db, changes: readonly StockChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += ROWS_AT_ONCE) {
    const rows = changes.slice(start, start + ROWS_AT_ONCE).map((change) => ({
      product_class_id: change.productClassId,
      stock_before: change.before,
      stock_after: change.after,
      delta: change.before === null || change.after === null ? null : change.after - change.before,
      reason: change.reason,
      reference: change.reference,
      client_id: change.clientId,
      member_id: change.memberId,
      changed_at: change.changedAt,
    }));
    await db.insertInto('tegata_stock_change').values(rows).execute();
  }
}

export type StockChangeFilter = {
  /** undefined = of all. */
  readonly productClassIds: readonly number[] | undefined;
  readonly clientId: string | undefined;
  /** Epoch seconds, both included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Only those before this one. */
  readonly before: string | undefined;
};

/** Newest first, `limit` at the most. */
export async function readStockChanges(
  db: Db,
  { productClassIds, clientId, from, to, before }: StockChangeFilter,
  limit: number,
): Promise<KeptStockChange[]> {
  if (productClassIds?.length === 0) return [];
  let query = db.selectFrom('tegata_stock_change').selectAll().orderBy('change_id', 'desc').limit(limit);
  if (productClassIds) query = query.where('product_class_id', 'in', [...productClassIds]);
  if (clientId !== undefined) query = query.where('client_id', '=', clientId);
  if (from !== undefined) query = query.where('changed_at', '>=', from);
  if (to !== undefined) query = query.where('changed_at', '<=', to);
  if (before !== undefined) query = query.where('change_id', '<', Number(before));
  const rows = await query.execute();
  return rows.map((row) => ({
    id: String(row.change_id),
    productClassId: Number(row.product_class_id),
    before: row.stock_before === null ? null : Number(row.stock_before),
    after: row.stock_after === null ? null : Number(row.stock_after),
    reason: row.reason,
    reference: row.reference,
    clientId: row.client_id,
    memberId: row.member_id === null ? null : Number(row.member_id),
    changedAt: Number(row.changed_at),
  }));
}

/** Removes what is no longer told, `batch` rows at the most; says how many. */
export async function pruneStockChanges(db: Db, now: number, batch: number): Promise<number> {
  const old = await db
    .selectFrom('tegata_stock_change')
    .select('change_id')
    .where('changed_at', '<', now - STOCK_HISTORY_DAYS * DAY_SECONDS)
    .orderBy('changed_at')
    .limit(batch)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map(({ change_id }) => change_id);
  await db.deleteFrom('tegata_stock_change').where('change_id', 'in', ids).execute();
  return old.length;
}
