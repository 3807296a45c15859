/** The history of points that the API has given or taken: who, why, and from what to what. */
import type { Db } from '../../database/open.ts';

export type PointChange = {
  readonly customerId: number;
  readonly before: number;
  readonly after: number;
  readonly reason: string;
  readonly reference: string | null;
  readonly clientId: string;
  /** null: a client acted as itself. */
  readonly memberId: number | null;
  /** Epoch seconds. */
  readonly at: number;
};

export type KeptPointChange = PointChange & { readonly id: string };

export async function keepPointChange(db: Db, change: PointChange): Promise<void> {
  await db
    .insertInto('tegata_point_change')
    .values({
      customer_id: change.customerId,
      before_points: change.before,
      after_points: change.after,
      reason: change.reason,
      reference: change.reference,
      client_id: change.clientId,
      member_id: change.memberId,
      changed_at: change.at,
    })
    .execute();
}

/** Newest first, `limit` at the most; those before `before`. */
export async function readPointChanges(
  db: Db,
  { customerId, before }: { readonly customerId: number | undefined; readonly before: string | undefined },
  limit: number,
): Promise<KeptPointChange[]> {
  let query = db.selectFrom('tegata_point_change').selectAll().orderBy('change_id', 'desc').limit(limit);
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (before !== undefined) query = query.where('change_id', '<', Number(before));
  const rows = await query.execute();
  return rows.map((row) => ({
    id: String(row.change_id),
    customerId: Number(row.customer_id),
    before: Number(row.before_points),
    after: Number(row.after_points),
    reason: row.reason,
    reference: row.reference,
    clientId: row.client_id,
    memberId: row.member_id === null ? null : Number(row.member_id),
    at: Number(row.changed_at),
  }));
}
