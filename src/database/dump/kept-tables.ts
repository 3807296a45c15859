/**
 * What of Tegata's own tables a backup keeps. Left out is what would open something again that has been closed since
 * (sessions, codes), what belongs to running processes, and the feed, which belongs to the shop's own time.
 */
import type { Tables } from '../tables.ts';

export type KeptTable = {
  /** The primary key, by which the rows are read. */
  readonly key: readonly [string, ...string[]];
  /** Rows that are read and written at once. */
  readonly batch: number;
  /** Only ever added to: what happened after the backup stays. The key is a number that the database gives. */
  readonly isHistory: boolean;
  /** Says something of rows of the shop, by their ids. */
  readonly isOfShop: boolean;
};

const kept = (...key: KeptTable['key']): KeptTable => ({
  key,
  batch: 500,
  isHistory: false,
  isOfShop: false,
});
const wide = (table: KeptTable): KeptTable => ({ ...table, batch: 20 });
const history = (table: KeptTable): KeptTable => ({ ...table, isHistory: true });
const ofShop = (table: KeptTable): KeptTable => ({ ...table, isOfShop: true });

const OWN_TABLES = {
  tegata_setting: kept('name'),
  tegata_takeover: kept('takeover_id'),
  // A row that was spent since is spent in the plugin's own tables, which are the shop's.
  tegata_plugin_token: kept('identifier', 'kind'),
  tegata_takeover_webhook: kept('plugin_id'),
  tegata_takeover_secret: kept('client_id'),
  tegata_client: kept('client_id'),
  tegata_client_secret: kept('secret_id'),
  tegata_grant: kept('grant_id'),
  tegata_grant_use: kept('grant_id', 'operation'),
  tegata_refresh_token: kept('token_hash'),
  tegata_access_token: kept('grant_id', 'jti'),
  tegata_assertion: kept('assertion_hash'),
  tegata_two_factor_use: kept('member_id'),
  tegata_recovery_code: kept('code_hash'),
  tegata_throttle: kept('throttle_id'),
  tegata_api_use: kept('subject', 'hour_at'),
  tegata_api_call: kept('request_id'),
  tegata_client_mutation: wide(kept('client_id', 'mutation', 'id_hash')),
  tegata_client_data: ofShop(kept('client_id', 'entity', 'row_id')),
  tegata_unnamed_image: ofShop(kept('file_name')),
  tegata_webhook: kept('webhook_id'),
  tegata_delivery: wide(kept('delivery_id')),
  tegata_delivery_attempt: kept('delivery_id', 'attempt_no'),
  tegata_delivery_wait: kept('delivery_id', 'waits_for'),
  tegata_job: kept('job_id'),
  tegata_job_part: wide(kept('job_id', 'kind', 'number')),
  tegata_mail_outbox: ofShop(kept('mail_id')),
  tegata_event: history(kept('event_id')),
  tegata_stock_change: ofShop(history(kept('change_id'))),
  tegata_point_change: ofShop(history(kept('change_id'))),
  tegata_feed_head: kept('head_id'),
  tegata_session: 'left',
  tegata_code: 'left',
  tegata_authorization_request: 'left',
  tegata_lease: 'left',
  // A backup holds the keys themselves, whatever store they lie in.
  tegata_key_store: 'left',
  tegata_node: 'left',
  tegata_link_ticket: 'left',
  tegata_change: 'left',
  tegata_feed: 'left',
} as const satisfies Record<keyof Tables, KeptTable | 'left'>;

export type NamedTable = KeptTable & { readonly name: string };

/** In the order in which they are written. */
export const keptTables = (): readonly NamedTable[] =>
  Object.entries(OWN_TABLES).flatMap(([name, table]) => (table === 'left' ? [] : [{ name, ...table }]));

export const keptTable = (name: string): NamedTable | undefined =>
  keptTables().find((table) => table.name === name);
