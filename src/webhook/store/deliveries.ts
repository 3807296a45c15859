/**
 * Deliveries on their way: planned once, claimed under a lease, settled by the one who still holds it. A process that dies
 * leaves its lease behind; when it has run out, the next one claims the delivery again.
 */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';
import type { Tables } from '../../database/tables.ts';
import { type EarlierAttempt, keepAttempt } from './delivery-attempts.ts';

const HEAD_CHARACTERS = 8_192; // of a request or response head; fits MySQL's TEXT in any script

/** `cancelled`: the endpoint was switched off before its turn came. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'cancelled';

export type PendingDelivery = { readonly deliveryId: string; readonly body: string };

export type NewDelivery = {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly lastPosition: number;
  readonly body: string;
  readonly createdAt: number;
  readonly giveUpAt: number;
  /** Earlier pending deliveries that tell about the same things. */
  readonly waitsFor: readonly string[];
};

export type ReadyDelivery = {
  readonly deliveryId: string;
  readonly webhookId: string;
  /** The endpoint has accepted nothing since its last failure. */
  readonly failing: boolean;
};

export type ClaimedDelivery = {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly body: string;
  /** This one counted. */
  readonly attempts: number;
  readonly giveUpAt: number;
  readonly createdAt: number;
  /** Until this second the claimer may send. */
  readonly leaseUntil: number;
  /** The attempt before this one; null = this is the first. */
  readonly before: EarlierAttempt | null;
};

/** What an attempt has brought. */
export type Attempt = {
  readonly at: number;
  /** null = no answer came. */
  readonly statusCode: number | null;
  readonly tookMs: number;
  readonly error: string | null;
  readonly requestHead: string;
  readonly responseHead: string | null;
};

export async function countPending(db: Db, webhookId: string): Promise<number> {
  const { n } = await db
    .selectFrom('tegata_delivery')
    .select(sql<number>`count(*)`.as('n'))
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function pendingDeliveries(db: Db, webhookId: string): Promise<PendingDelivery[]> {
  const rows = await db
    .selectFrom('tegata_delivery')
    .select(['delivery_id', 'body'])
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'pending')
    .execute();
  return rows.map((row) => ({ deliveryId: row.delivery_id, body: row.body }));
}

export async function insertDelivery(tx: Db, delivery: NewDelivery): Promise<void> {
  await tx
    .insertInto('tegata_delivery')
    .values({
      delivery_id: delivery.deliveryId,
      webhook_id: delivery.webhookId,
      last_position: delivery.lastPosition,
      body: delivery.body,
      state: 'pending',
      attempts: 0,
      created_at: delivery.createdAt,
      give_up_at: delivery.giveUpAt,
      next_attempt_at: delivery.createdAt,
    })
    .execute();
  if (delivery.waitsFor.length === 0) return;
  await tx
    .insertInto('tegata_delivery_wait')
    .values(delivery.waitsFor.map((id) => ({ delivery_id: delivery.deliveryId, waits_for: id })))
    .execute();
}

/** Deliveries that may go now, those that have waited longest first. */
export async function readyDeliveries(
  db: Db,
  { now, limit }: { now: number; limit: number },
): Promise<ReadyDelivery[]> {
  const rows = await db
    .selectFrom('tegata_delivery as d')
    .innerJoin('tegata_webhook as w', 'w.webhook_id', 'd.webhook_id')
    .select(['d.delivery_id', 'd.webhook_id', 'w.failing_since'])
    .where('d.state', '=', 'pending')
    .where('d.next_attempt_at', '<=', now)
    .where((eb) => eb.or([eb('d.lease_until', 'is', null), eb('d.lease_until', '<', now)]))
    .where('w.enabled', '=', 1)
    .where('w.paused_at', 'is', null)
    .where((eb) => eb.or([eb('w.quiet_until', 'is', null), eb('w.quiet_until', '<=', now)]))
    .where((eb) => eb.not(eb.exists(unsettledBefore(eb))))
    .orderBy('d.next_attempt_at')
    .orderBy('d.last_position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    webhookId: row.webhook_id,
    failing: row.failing_since !== null,
  }));
}

const unsettledBefore = (eb: ExpressionBuilder<Tables & { d: Tables['tegata_delivery'] }, 'd'>) =>
  eb
    .selectFrom('tegata_delivery_wait as wait')
    .innerJoin('tegata_delivery as earlier', 'earlier.delivery_id', 'wait.waits_for')
    .select('earlier.delivery_id')
    .whereRef('wait.delivery_id', '=', 'd.delivery_id')
    .where('earlier.state', '=', 'pending');

/** Takes a delivery until `leaseUntil`; undefined = someone else was quicker. */
export async function claimDelivery(
  db: Db,
  claim: { deliveryId: string; owner: string; now: number; leaseUntil: number },
): Promise<ClaimedDelivery | undefined> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_delivery')
    .set((eb) => ({
      lease_owner: claim.owner,
      lease_until: claim.leaseUntil,
      attempts: eb('attempts', '+', 1),
    }))
    .where('delivery_id', '=', claim.deliveryId)
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', claim.now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', claim.now)]))
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return undefined;
  const row = await db
    .selectFrom('tegata_delivery')
    .selectAll()
    .where('delivery_id', '=', claim.deliveryId)
    .where('lease_owner', '=', claim.owner)
    .executeTakeFirst();
  return (
    row && {
      deliveryId: row.delivery_id,
      webhookId: row.webhook_id,
      body: row.body,
      attempts: row.attempts,
      giveUpAt: row.give_up_at,
      createdAt: row.created_at,
      leaseUntil: claim.leaseUntil,
      before: lastAttempt(row),
    }
  );
}

const lastAttempt = (row: Tables['tegata_delivery']): EarlierAttempt | null =>
  row.attempted_at === null
    ? null
    : {
        at: row.attempted_at,
        statusCode: row.status_code,
        tookMs: row.took_ms,
        error: row.error,
        responseHead: row.response_head,
      };

/** Writes down an attempt and what follows from it; false = the lease was lost, nothing is written. */
export async function settleDelivery(
  db: Db,
  claim: { deliveryId: string; owner: string },
  attempt: Attempt,
  outcome: SettledAs,
  before: EarlierAttempt | null,
): Promise<boolean> {
  if (before === null) return settle(db, claim, attempt, outcome);
  return db.transaction().execute(async (tx) => {
    if (!(await settle(tx, claim, attempt, outcome))) return false;
    await keepAttempt(tx, claim.deliveryId, before);
    return true;
  });
}

type SettledAs =
  | { state: 'delivered' | 'failed' | 'cancelled' }
  | { state: 'pending'; nextAttemptAt: number };

async function settle(
  db: Db,
  { deliveryId, owner }: { deliveryId: string; owner: string },
  attempt: Attempt,
  outcome: SettledAs,
): Promise<boolean> {
  const ends =
    outcome.state === 'pending'
      ? { next_attempt_at: outcome.nextAttemptAt }
      : { state: outcome.state, settled_at: attempt.at };
  const { numUpdatedRows } = await db
    .updateTable('tegata_delivery')
    .set({
      ...ends,
      lease_owner: null,
      lease_until: null,
      attempted_at: attempt.at,
      status_code: attempt.statusCode,
      took_ms: attempt.tookMs,
      error: storable(attempt.error, 255),
      request_head: storable(attempt.requestHead, HEAD_CHARACTERS),
      response_head: storable(attempt.responseHead, HEAD_CHARACTERS),
    })
    .where('delivery_id', '=', deliveryId)
    .where('state', '=', 'pending')
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives a claim back unused: no attempt was made. */
export async function releaseDelivery(
  db: Db,
  { deliveryId, owner }: { deliveryId: string; owner: string },
): Promise<void> {
  await db
    .updateTable('tegata_delivery')
    .set((eb) => ({ lease_owner: null, lease_until: null, attempts: eb('attempts', '-', 1) }))
    .where('delivery_id', '=', deliveryId)
    .where('lease_owner', '=', owner)
    .execute();
}

/** An endpoint that is switched off has nothing on its way any more; says how many were cancelled. */
export async function cancelPending(db: Db, webhookId: string, now: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_delivery')
    .set({ state: 'cancelled', settled_at: now, lease_owner: null, lease_until: null })
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Lets what waits for a retry go at once, one delivery or all of an endpoint; says how many. */
export async function hurryPending(
  db: Db,
  which: { deliveryId: string } | { webhookId: string },
  now: number,
): Promise<number> {
  const [column, id] =
    'deliveryId' in which
      ? (['delivery_id', which.deliveryId] as const)
      : (['webhook_id', which.webhookId] as const);
  const { numUpdatedRows } = await db
    .updateTable('tegata_delivery')
    .set({ next_attempt_at: now })
    .where(column, '=', id)
    .where('state', '=', 'pending')
    .where('next_attempt_at', '>', now)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
