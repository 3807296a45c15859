/** The attempts at a delivery before its last one, which its own row holds. */
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';

const KEPT_ATTEMPTS = 50; // of one delivery; three days hold about 30
const HEAD_CHARACTERS = 1_024; // of an earlier answer

export type EarlierAttempt = {
  readonly at: number;
  /** null = no answer came. */
  readonly statusCode: number | null;
  readonly tookMs: number | null;
  readonly error: string | null;
  /** Status line, header, and the beginning of the body. */
  readonly responseHead: string | null;
};

/** Called by the one who holds the delivery's row. */
export async function keepAttempt(tx: Db, deliveryId: string, attempt: EarlierAttempt): Promise<void> {
  const last = await tx
    .selectFrom('tegata_delivery_attempt')
    .select('attempt_no')
    .where('delivery_id', '=', deliveryId)
    .orderBy('attempt_no', 'desc')
    .limit(1)
    .executeTakeFirst();
  const attemptNo = (last?.attempt_no ?? 0) + 1;
  await tx
    .insertInto('tegata_delivery_attempt')
    .values({
      delivery_id: deliveryId,
      attempt_no: attemptNo,
      attempted_at: attempt.at,
      status_code: attempt.statusCode,
      took_ms: attempt.tookMs,
      error: storable(attempt.error, 255),
      response_head: storable(attempt.responseHead, HEAD_CHARACTERS),
    })
    .execute();
  if (attemptNo <= KEPT_ATTEMPTS) return;
  await tx
    .deleteFrom('tegata_delivery_attempt')
    .where('delivery_id', '=', deliveryId)
    .where('attempt_no', '<=', attemptNo - KEPT_ATTEMPTS)
    .execute();
}

/** Newest first. */
export async function earlierAttempts(
  db: Db,
  deliveryId: string,
): Promise<(EarlierAttempt & { attemptNo: number })[]> {
  const rows = await db
    .selectFrom('tegata_delivery_attempt')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('attempt_no', 'desc')
    .execute();
  return rows.map((row) => ({
    attemptNo: row.attempt_no,
    at: row.attempted_at,
    statusCode: row.status_code,
    tookMs: row.took_ms,
    error: row.error,
    responseHead: row.response_head,
  }));
}
