/** An endpoint as a value, and how it stands in its row. */
import type { Selectable } from 'kysely';
import { type ChangePart, isChangePart } from '../../database/change-parts.ts';
import type { FeedAction } from '../../database/feed-sources.ts';
import { storable } from '../../database/storable.ts';
import type { Tables } from '../../database/tables.ts';

export type WebhookTopic = `${string}.${FeedAction}`;

/**
 * `failing`: nothing has been accepted for long; `gone`: the endpoint has answered 410; `staff`: someone wished it;
 * `access`: the client that registered it may no longer read what it hears of.
 */
export type PauseReason = 'failing' | 'gone' | 'staff' | 'access';

/** The access with which an endpoint was registered. */
export type WebhookOwner = {
  readonly clientId: string;
  readonly grantId: string;
  /** Null = the client acts as itself. */
  readonly memberId: number | null;
  /** Those of the token; less when the grant or the client has less by now. */
  readonly scopes: readonly string[];
};

/** What is decided about an endpoint. */
export type WebhookSettings = {
  readonly payloadUrl: string;
  readonly enabled: boolean;
  readonly description: string;
  /** Empty = everything. */
  readonly topics: readonly WebhookTopic[];
  /** Ids of `mtb_order_status`; empty = orders in any status. */
  readonly orderStatuses: readonly number[];
  /** Ids of `mtb_product_status`; empty = products in any status. */
  readonly productStatuses: readonly number[];
  /** Only what touched one of these, was created or deleted; empty = whatever has changed. */
  readonly parts: readonly ChangePart[];
  /** What this client alone has written is not told; null = everything is. */
  readonly excludedClientId: string | null;
  /** The client that registered it, with its access; null = staff did. */
  readonly owner: WebhookOwner | null;
  /** What an owner's endpoint asks for each change, in GraphQL; null = nothing. */
  readonly query: string | null;
};

export type Webhook = WebhookSettings & {
  readonly webhookId: string;
  readonly secretSealed: string | null;
  readonly feedPosition: number;
  /** It hears of nothing behind this place; null = of all that comes. */
  readonly feedUntil: number | null;
  readonly pausedAt: number | null;
  readonly pausedReason: PauseReason | null;
  readonly failingSince: number | null;
  readonly lastError: string | null;
  readonly lastSuccessAt: number | null;
  readonly quietUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Signs beside the present one until `formerSecretUntil`. */
  readonly formerSecretSealed: string | null;
  readonly formerSecretUntil: number | null;
};

export const columnsOf = (settings: WebhookSettings) => ({
  payload_url: settings.payloadUrl,
  enabled: settings.enabled ? 1 : 0,
  description: storable(settings.description, 255) ?? '',
  topic_names: settings.topics.join(' '),
  order_statuses: settings.orderStatuses.join(' '),
  product_statuses: settings.productStatuses.join(' '),
  parts: settings.parts.join(' '),
  excluded_client_id: settings.excludedClientId,
  client_id: settings.owner?.clientId ?? null,
  grant_id: settings.owner?.grantId ?? null,
  member_id: settings.owner?.memberId ?? null,
  scopes: settings.owner?.scopes.join(' ') ?? null,
  payload_query: settings.query,
});

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const ownerOf = (row: Selectable<Tables['tegata_webhook']>): WebhookOwner | null =>
  row.client_id === null
    ? null
    : {
        clientId: row.client_id,
        grantId: row.grant_id ?? '',
        memberId: row.member_id,
        scopes: words(row.scopes ?? ''),
      };

export const webhookOf = (row: Selectable<Tables['tegata_webhook']>): Webhook => ({
  webhookId: row.webhook_id,
  payloadUrl: row.payload_url,
  secretSealed: row.secret_sealed,
  enabled: row.enabled === 1,
  description: row.description,
  topics: words(row.topic_names ?? '') as WebhookTopic[],
  orderStatuses: words(row.order_statuses).map(Number),
  productStatuses: words(row.product_statuses ?? '').map(Number),
  parts: words(row.parts ?? '').filter(isChangePart),
  excludedClientId: row.excluded_client_id,
  owner: ownerOf(row),
  query: row.payload_query,
  feedPosition: row.feed_position,
  feedUntil: row.feed_until,
  pausedAt: row.paused_at,
  pausedReason: row.paused_reason as PauseReason | null,
  failingSince: row.failing_since,
  lastError: row.last_error,
  lastSuccessAt: row.last_success_at,
  quietUntil: row.quiet_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  formerSecretSealed: row.former_secret_sealed,
  formerSecretUntil: row.former_secret_until,
});
