/** What the PHP plugin has left in the shop's database: its webhooks, and whether it is still at work. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

export type PluginWebhook = {
  readonly id: number;
  readonly payloadUrl: string;
  /** In clear, as the plugin stores it. */
  readonly secret: string | null;
  readonly enabled: boolean;
};

type Row = { id: number; payload_url: string; secret: string | null; enabled: boolean | number };

/** Those with an id above `afterId`, oldest first. The table must exist. */
export async function pluginWebhooks(db: Db, afterId: number): Promise<PluginWebhook[]> {
  const { rows } = await sql<Row>`
    select id, payload_url, secret, enabled from plg_api_webhook where id > ${afterId} order by id`.execute(
    db,
  );
  return rows.map(({ id, payload_url, secret, enabled }) => ({
    id,
    payloadUrl: payload_url,
    secret,
    enabled: Boolean(enabled),
  }));
}

/** Whether EC-CUBE runs its own Web API plugin, by either of its codes. The table must exist. */
export async function phpPluginEnabled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ enabled: boolean | number }>`
    select enabled from dtb_plugin where code in ('Api42', 'Api')`.execute(db);
  return rows.some(({ enabled }) => Boolean(enabled));
}
