/** Deliveries as staff see them: listed, looked at, sent again, pruned by age. */
import { sql } from 'kysely';
import { countSome, type Part, type Place } from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import type { Tables } from '../../database/tables.ts';
import type { DeliveryState } from './deliveries.ts';

export type Delivery = {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: number;
  /** Of the newest change in it. */
  readonly lastPosition: number;
  readonly nextAttemptAt: number;
  readonly giveUpAt: number;
  readonly settledAt: number | null;
  readonly attemptedAt: number | null;
  /** null = no answer came, or no attempt was made. */
  readonly statusCode: number | null;
  readonly tookMs: number | null;
  readonly error: string | null;
  readonly requestHead: string | null;
  /** Status line, header, and the beginning of the body. */
  readonly responseHead: string | null;
};

/** `pending` has not failed yet, `retrying` has. */
export type Standing = DeliveryState | 'retrying';

export type DeliveryFilter = {
  readonly webhookId?: string;
  readonly states?: readonly DeliveryState[];
  /** Of those that are pending: only those that have failed before, or only those that have not. */
  readonly retrying?: boolean;
  readonly limit: number;
  readonly after?: Place | undefined;
};

/** Newest first. */
export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<Delivery[]> {
  let query = db.selectFrom('tegata_delivery').selectAll();
  if (filter.webhookId !== undefined) query = query.where('webhook_id', '=', filter.webhookId);
  if (filter.states) query = query.where('state', 'in', [...filter.states]);
  if (filter.retrying !== undefined) query = query.where(filter.retrying ? hasFailed : neverFailed);
  if (filter.after) query = query.where(behindDelivery(filter.after));
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('last_position', 'desc')
    .orderBy('delivery_id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(deliveryOf);
}

/** A page of the list, and where it goes on. */
export async function pageOfDeliveries(db: Db, filter: DeliveryFilter): Promise<Part<Delivery>> {
  const { limit } = filter;
  const rows = await listDeliveries(db, { ...filter, limit: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last && placeOfDelivery(last) };
}

/** Deliveries of one second go by the place of their changes. */
const placeOfDelivery = ({ createdAt, lastPosition, deliveryId }: Delivery): Place => ({
  at: createdAt,
  id: `${lastPosition}-${deliveryId}`,
});

/** Spelled out as in `database/keyset`, over three columns. A place that is none of ours is before everything. */
function behindDelivery({ at, id }: Place) {
  const [, position = '0', deliveryId = ''] = /^(\d{1,15})-(\w+)$/.exec(id) ?? [];
  return sql<boolean>`(created_at <= ${at} and (created_at < ${at} or last_position < ${Number(position)}
    or (last_position = ${Number(position)} and delivery_id < ${deliveryId})))`;
}

export async function findDelivery(db: Db, deliveryId: string): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom('tegata_delivery')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst();
  return row && deliveryOf(row);
}

/** Sent at least once since it was made or last asked for by staff, and to be sent again. */
const hasFailed = sql<boolean>`attempts > 0 and attempted_at is not null`;
const neverFailed = sql<boolean>`(attempts = 0 or attempted_at is null)`;

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;

/** Of a state no more are counted. */
export const DELIVERIES_COUNTED = 10_000;

/** How many deliveries of each state are kept; of all endpoints, or of one. */
export async function countDeliveries(db: Db, webhookId?: string): Promise<DeliveryCounts> {
  const ofOne = webhookId === undefined ? sql`` : sql`and webhook_id = ${webhookId}`;
  const count = async (state: DeliveryState) =>
    (await countSome(db, sql`from tegata_delivery where state = ${state} ${ofOne}`, DELIVERIES_COUNTED)).n;
  return {
    pending: await count('pending'),
    delivered: await count('delivered'),
    failed: await count('failed'),
    cancelled: await count('cancelled'),
  };
}

/** How many of an endpoint's pending ones have failed before. */
export async function countRetrying(db: Db, webhookId: string): Promise<number> {
  const { n } = await db
    .selectFrom('tegata_delivery')
    .select(sql<number>`count(*)`.as('n'))
    .where('state', '=', 'pending')
    .where('webhook_id', '=', webhookId)
    .where(hasFailed)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/**
 * Sends settled deliveries again: one by its id, or all that failed or were cancelled at an endpoint. The same body
 * under the same `webhook-id`, out of turn. Says how many.
 */
export async function resend(
  db: Db,
  which: { deliveryId: string } | { webhookId: string },
  { now, giveUpAt }: { now: number; giveUpAt: number },
): Promise<number> {
  const query = db.updateTable('tegata_delivery').set({
    state: 'pending',
    attempts: 0,
    next_attempt_at: now,
    give_up_at: giveUpAt,
    settled_at: null,
    lease_owner: null,
    lease_until: null,
  });
  const chosen =
    'deliveryId' in which
      ? query.where('delivery_id', '=', which.deliveryId).where('state', '!=', 'pending')
      : query.where('webhook_id', '=', which.webhookId).where('state', 'in', ['failed', 'cancelled']);
  return Number((await chosen.executeTakeFirst()).numUpdatedRows);
}

/** Removes deliveries settled before `before`, `batch` at the most; says how many. */
export async function pruneDeliveries(
  db: Db,
  { states, before, batch }: { states: readonly DeliveryState[]; before: number; batch: number },
): Promise<number> {
  const old = await db
    .selectFrom('tegata_delivery')
    .select('delivery_id')
    .where('state', 'in', [...states])
    .where('created_at', '<', before)
    .where('settled_at', '<', before)
    .limit(batch)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.delivery_id);
  await db.deleteFrom('tegata_delivery_attempt').where('delivery_id', 'in', ids).execute();
  await db.deleteFrom('tegata_delivery_wait').where('delivery_id', 'in', ids).execute();
  await db.deleteFrom('tegata_delivery_wait').where('waits_for', 'in', ids).execute();
  const { numDeletedRows } = await db
    .deleteFrom('tegata_delivery')
    .where('delivery_id', 'in', ids)
    .where('state', '!=', 'pending')
    .executeTakeFirst();
  return Number(numDeletedRows);
}

const deliveryOf = (row: Tables['tegata_delivery']): Delivery => ({
  deliveryId: row.delivery_id,
  webhookId: row.webhook_id,
  body: row.body,
  state: row.state as DeliveryState,
  attempts: row.attempts,
  createdAt: row.created_at,
  lastPosition: Number(row.last_position),
  nextAttemptAt: row.next_attempt_at,
  giveUpAt: row.give_up_at,
  settledAt: row.settled_at,
  attemptedAt: row.attempted_at,
  statusCode: row.status_code,
  tookMs: row.took_ms,
  error: row.error,
  requestHead: row.request_head,
  responseHead: row.response_head,
});

/** Seconds since the oldest delivery was made that still waits, at endpoints that are on and not paused; 0 = none. */
export async function oldestPendingAge(db: Db, now: number): Promise<number> {
  const { oldest } = await db
    .selectFrom('tegata_delivery as d')
    .innerJoin('tegata_webhook as w', 'w.webhook_id', 'd.webhook_id')
    .select((eb) => eb.fn.min('d.created_at').as('oldest'))
    .where('d.state', '=', 'pending')
    .where('w.enabled', '=', 1)
    .where('w.paused_at', 'is', null)
    .executeTakeFirstOrThrow();
  return oldest === null ? 0 : Math.max(0, now - Number(oldest));
}
