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
