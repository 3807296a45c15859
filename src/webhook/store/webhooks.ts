/** The endpoints that hear of changes: registered, found, changed, paused, removed. Their secrets come sealed. */
import { type SqlBool, sql, type Updateable } from 'kysely';
import { behind, type Part, type Place } from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';
import type { Tables } from '../../database/tables.ts';
import { feedHead } from '../../feed/store/feed.ts';
import { columnsOf, type Webhook, type WebhookSettings, webhookOf } from './webhook-row.ts';

/** Oldest first. */
export async function listWebhooks(db: Db): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('tegata_webhook')
    .selectAll()
    .orderBy('created_at')
    .orderBy('webhook_id')
    .execute();
  return rows.map(webhookOf);
}

/** A page of all, newest first, from a place on. */
export async function pageOfWebhooks(
  db: Db,
  limit: number,
  after: Place | undefined,
): Promise<Part<Webhook>> {
  let query = db.selectFrom('tegata_webhook').selectAll();
  if (after) query = query.where(behind('created_at', 'webhook_id', after));
  const found = await query
    .orderBy('created_at', 'desc')
    .orderBy('webhook_id', 'desc')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit).map(webhookOf);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last && { at: last.createdAt, id: last.webhookId } };
}

/** The first of those that stand still or fail, for whatever reason. */
export async function unwellWebhooks(db: Db, limit: number): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('tegata_webhook')
    .selectAll()
    .where((eb) => eb.or([eb('paused_at', 'is not', null), eb('failing_since', 'is not', null)]))
    // Those that staff have paused or switched off themselves are well.
    .where((eb) => eb.or([eb('paused_reason', 'is', null), eb('paused_reason', '!=', 'staff')]))
    .where((eb) => eb.or([eb('enabled', '=', 1), eb('paused_reason', '=', 'gone')]))
    .orderBy('created_at')
    .orderBy('webhook_id')
    .limit(limit)
    .execute();
  return rows.map(webhookOf);
}

/** Those that a client has registered, oldest first. */
export async function webhooksOfClient(db: Db, clientId: string): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('tegata_webhook')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('created_at')
    .orderBy('webhook_id')
    .execute();
  return rows.map(webhookOf);
}

export async function findWebhook(db: Db, webhookId: string): Promise<Webhook | undefined> {
  const row = await db
    .selectFrom('tegata_webhook')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  return row && webhookOf(row);
}

/** It hears of what happens from now on. */
export async function insertWebhook(
  db: Db,
  webhook: WebhookSettings & { webhookId: string; secretSealed: string | null },
  now: number,
): Promise<void> {
  await db
    .insertInto('tegata_webhook')
    .values({
      webhook_id: webhook.webhookId,
      secret_sealed: webhook.secretSealed,
      ...columnsOf(webhook),
      feed_position: await feedHead(db),
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** Without `secrets` they stay as they are. */
export async function updateWebhook(
  db: Db,
  webhookId: string,
  settings: WebhookSettings & { secrets?: WebhookSecrets },
  now: number,
): Promise<boolean> {
  const { secrets } = settings;
  const columns = secrets && {
    secret_sealed: secrets.present,
    former_secret_sealed: secrets.former,
    former_secret_until: secrets.formerUntil,
  };
  return change(db, webhookId, { ...columnsOf(settings), ...columns, updated_at: now });
}

/** Sealed. */
export type WebhookSecrets = {
  readonly present: string | null;
  readonly former: string | null;
  readonly formerUntil: number | null;
};

/** What no longer signs is no longer kept. */
export async function forgetFormerSecrets(db: Db, now: number): Promise<void> {
  await db
    .updateTable('tegata_webhook')
    .set({ former_secret_sealed: null, former_secret_until: null })
    .where('former_secret_until', '<=', now)
    .execute();
}

/** The endpoint's own wish to be left alone counts no longer. */
export const endQuiet = (db: Db, webhookId: string): Promise<boolean> =>
  change(db, webhookId, { quiet_until: null });

/** Forgets that the endpoint was failing or gone: it goes on where it stopped. */
export const clearPause = (db: Db, webhookId: string): Promise<boolean> =>
  change(db, webhookId, {
    paused_at: null,
    paused_reason: null,
    failing_since: null,
    quiet_until: null,
  });

/** The endpoint hears of nothing that happened before now. */
export const skipToHead = async (db: Db, webhookId: string): Promise<boolean> =>
  change(db, webhookId, { feed_position: await feedHead(db) });

export async function deleteWebhook(db: Db, webhookId: string): Promise<boolean> {
  const ids = db.selectFrom('tegata_delivery').select('delivery_id').where('webhook_id', '=', webhookId);
  await db.deleteFrom('tegata_delivery_wait').where('delivery_id', 'in', ids).execute();
  await db.deleteFrom('tegata_delivery_attempt').where('delivery_id', 'in', ids).execute();
  await db.deleteFrom('tegata_delivery').where('webhook_id', '=', webhookId).execute();
  const { numDeletedRows } = await db
    .deleteFrom('tegata_webhook')
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** An endpoint that was given back to the plugin hears of what came before, and of nothing else. */
const NOT_AT_ITS_END = sql<SqlBool>`(feed_until is null or feed_position < feed_until)`;

/** Those that are to hear of positions which they have not been told yet. */
export async function listeningBehind(db: Db, head: number): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('tegata_webhook')
    .selectAll()
    .where('enabled', '=', 1)
    .where('paused_at', 'is', null)
    .where('feed_position', '<', head)
    .where(NOT_AT_ITS_END)
    .execute();
  return rows.map(webhookOf);
}

export async function countEnabledWebhooks(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('tegata_webhook')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('enabled', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Moves the endpoint's place in the feed; false = someone else has moved it since it was read. */
export async function moveFeedPosition(
  tx: Db,
  webhookId: string,
  from: number,
  to: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('tegata_webhook')
    .set({ feed_position: to })
    .where('webhook_id', '=', webhookId)
    .where('feed_position', '=', from)
    .where('enabled', '=', 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The lowest place in the feed of those that still have to be told; undefined = no one listens. */
export async function lowestFeedPosition(
  db: Db,
  pausedBefore: number,
): Promise<{ webhookId: string; position: number } | undefined> {
  const row = await db
    .selectFrom('tegata_webhook')
    .select(['webhook_id', 'feed_position'])
    .where('enabled', '=', 1)
    .where((eb) => eb.or([eb('paused_at', 'is', null), eb('paused_at', '>=', pausedBefore)]))
    .where(NOT_AT_ITS_END)
    .orderBy('feed_position')
    .limit(1)
    .executeTakeFirst();
  return row && { webhookId: row.webhook_id, position: row.feed_position };
}

export async function noteSuccess(db: Db, webhookId: string, now: number): Promise<void> {
  await change(db, webhookId, { failing_since: null, quiet_until: null, last_success_at: now });
}

/** `quietUntil` null leaves an earlier wish of the endpoint as it is. */
export async function noteFailure(
  db: Db,
  webhookId: string,
  failure: { error: string; quietUntil: number | null; now: number },
): Promise<void> {
  await db
    .updateTable('tegata_webhook')
    .set((eb) => ({
      failing_since: eb.fn.coalesce('failing_since', eb.val(failure.now)),
      last_error: storable(failure.error, 255),
      ...(failure.quietUntil === null ? {} : { quiet_until: failure.quietUntil }),
    }))
    .where('webhook_id', '=', webhookId)
    .execute();
}

/** Pauses an endpoint that has been failing since `failingBefore` or longer; true for the one caller who did it. */
export const pauseFailing = (
  db: Db,
  webhookId: string,
  failingBefore: number,
  now: number,
): Promise<boolean> => pause(db, webhookId, { failingBefore }, { paused_at: now, paused_reason: 'failing' });

/** Switches off an endpoint that says that it is gone for good; true for the one caller who did it. */
export const disableGone = (db: Db, webhookId: string, now: number): Promise<boolean> =>
  pause(db, webhookId, {}, { enabled: 0, paused_at: now, paused_reason: 'gone' });

/** Holds deliveries back without losing any; true for the one caller who did it. */
export const pauseByStaff = (db: Db, webhookId: string, now: number): Promise<boolean> =>
  pause(db, webhookId, {}, { paused_at: now, paused_reason: 'staff' });

/** The client that registered it may no longer read what it hears of; true for the one caller who did it. */
export const pauseForAccess = (db: Db, webhookId: string, now: number): Promise<boolean> =>
  pause(db, webhookId, {}, { paused_at: now, paused_reason: 'access' });

async function pause(
  db: Db,
  webhookId: string,
  when: { failingBefore?: number },
  set: Updateable<Tables['tegata_webhook']>,
): Promise<boolean> {
  let query = db
    .updateTable('tegata_webhook')
    .set(set)
    .where('webhook_id', '=', webhookId)
    .where('paused_at', 'is', null);
  if (when.failingBefore !== undefined) query = query.where('failing_since', '<=', when.failingBefore);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

async function change(
  db: Db,
  webhookId: string,
  set: Updateable<Tables['tegata_webhook']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_webhook')
    .set(set)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
