/** Which endpoint stands for which row of the plugin, and the rows themselves, written to move them there and back. */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';
import { changed } from '../../database/prepared.ts';
import { pluginWebhooks } from '../../webhook/store/plugin-webhooks.ts';
import { deleteWebhook } from '../../webhook/store/webhooks.ts';

export type MovedWebhook = { readonly pluginId: number; readonly webhookId: string };

export async function movedWebhooks(db: Db): Promise<MovedWebhook[]> {
  const rows = await db
    .selectFrom('tegata_takeover_webhook')
    .select(['plugin_id', 'webhook_id'])
    .orderBy('plugin_id')
    .execute();
  return rows.map((row) => ({ pluginId: row.plugin_id, webhookId: row.webhook_id }));
}

export async function noteMoved(tx: Db, { pluginId, webhookId }: MovedWebhook): Promise<void> {
  await tx.deleteFrom('tegata_takeover_webhook').where('plugin_id', '=', pluginId).execute();
  await tx
    .insertInto('tegata_takeover_webhook')
    .values({ plugin_id: pluginId, webhook_id: webhookId })
    .execute();
}

/** Removes the endpoints that were given back; what they still had to tell was told, or is not any more. */
export async function dropReturned(tx: Db): Promise<void> {
  for (const { webhookId } of await movedWebhooks(tx)) await deleteWebhook(tx, webhookId);
  await tx.deleteFrom('tegata_takeover_webhook').execute();
}

/** From this commit on the plugin does not send for the row. */
export async function silencePluginWebhook(tx: Db, pluginId: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update plg_api_webhook set enabled = false
    where id = ${pluginId} and enabled = true`.execute(tx);
  return changed({ numAffectedRows }) > 0;
}

export type PluginWebhookValues = {
  readonly payloadUrl: string;
  /** In clear, as the plugin keeps it. */
  readonly secret: string | null;
  readonly enabled: boolean;
};

/** False: the row is gone. */
export async function writePluginWebhook(
  tx: Db,
  { kit }: Pick<Store, 'kit'>,
  pluginId: number,
  { payloadUrl, secret, enabled }: PluginWebhookValues,
  now: number,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update plg_api_webhook
    set payload_url = ${payloadUrl}, secret = ${secret}, enabled = ${literal(enabled)},
      update_date = ${kit.dateText(now)} where id = ${pluginId}`.execute(tx);
  return numAffectedRows === 1n;
}

/**
 * A row that stands for no endpoint, and sends just this: on MySQL an undo that died between its two commits has made it.
 */
export async function strayPluginWebhook(
  table: Db,
  { payloadUrl, secret }: PluginWebhookValues,
  taken: ReadonlySet<number>,
): Promise<number | undefined> {
  const rows = await pluginWebhooks(table, 0);
  return rows.find((row) => !taken.has(row.id) && row.payloadUrl === payloadUrl && row.secret === secret)?.id;
}

/** The new row's id. */
export async function insertPluginWebhook(
  tx: Db,
  { kit }: Pick<Store, 'kit'>,
  { payloadUrl, secret, enabled }: PluginWebhookValues,
  now: number,
): Promise<number> {
  const at = kit.dateText(now);
  await sql`insert into plg_api_webhook
    (payload_url, secret, enabled, create_date, update_date, discriminator_type)
    values (${payloadUrl}, ${secret}, ${literal(enabled)}, ${at}, ${at}, 'webhook')`.execute(tx);
  const { rows } = await sql<{ id: number | string }>`select max(id) as id from plg_api_webhook`.execute(tx);
  return Number(rows[0]?.id);
}

/** One of PostgreSQL's booleans is no number, one of SQLite's nothing else. */
const literal = (value: boolean) => (value ? sql`true` : sql`false`);

/** The endpoint goes on with what the feed has up to here, and hears of nothing behind it; null = of all that comes. */
export async function endFeedAt(tx: Db, webhookId: string, position: number | null): Promise<void> {
  await tx
    .updateTable('tegata_webhook')
    .set({ feed_until: position })
    .where('webhook_id', '=', webhookId)
    .execute();
}

/** Whether an endpoint that was given back has still to be told of something, and is in a state to be. */
export async function hasMoreToTell(db: Db, webhookId: string): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_webhook as w')
    .select('w.webhook_id')
    .where('w.webhook_id', '=', webhookId)
    .where('w.enabled', '=', 1)
    .where('w.paused_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('w.feed_position', '<', eb.ref('w.feed_until')),
        eb.exists(
          eb
            .selectFrom('tegata_delivery as d')
            .select('d.delivery_id')
            .whereRef('d.webhook_id', '=', 'w.webhook_id')
            .where('d.state', '=', 'pending'),
        ),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}
