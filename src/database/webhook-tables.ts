/** The tables of endpoints and deliveries; the conventions are those of tables.ts. */
import type { Generated } from 'kysely';

export type WebhookTables = {
  tegata_webhook: {
    webhook_id: string;
    payload_url: string;
    /** AES-256-GCM (base/encryption.ts); null = deliveries are not signed. */
    secret_sealed: string | null;
    /** 0 or 1. */
    enabled: number;
    description: string;
    /** Space-separated `product.created` …; '' = everything. */
    topic_names: string | null;
    /** Space-separated ids; '' = orders in any status. */
    order_statuses: string;
    /** Up to here the feed has been turned into deliveries. */
    feed_position: number;
    paused_at: number | null;
    /** `failing`, `gone` or `staff`. */
    paused_reason: string | null;
    failing_since: number | null;
    last_error: string | null;
    last_success_at: number | null;
    /** The endpoint has asked to be left alone until then (Retry-After). */
    quiet_until: number | null;
    created_at: number;
    updated_at: number;
    /** Signs beside the present one until then. */
    former_secret_sealed: Generated<string | null>;
    former_secret_until: Generated<number | null>;
    /** Space-separated; null or '' = whatever has changed. */
    parts: Generated<string | null>;
    /** Space-separated ids; null or '' = products in any status. */
    product_statuses: Generated<string | null>;
    /** The changes that this client wrote are not told; null = all are. */
    excluded_client_id: Generated<string | null>;
    /** The client that registered it; null = staff did. */
    client_id: Generated<string | null>;
    grant_id: Generated<string | null>;
    member_id: Generated<number | null>;
    /** Space-separated: those of the token that registered it. */
    scopes: Generated<string | null>;
    /** What is asked for each change, in GraphQL; null = nothing. */
    payload_query: Generated<string | null>;
    /** It hears of nothing behind this place in the feed; null = of all that comes. */
    feed_until: Generated<number | null>;
  };
  tegata_delivery: {
    delivery_id: string;
    webhook_id: string;
    /** The highest feed position in the body: orders the deliveries of an endpoint. */
    last_position: number;
    body: string;
    /** `pending`, `delivered`, `failed` or `cancelled`. */
    state: string;
    attempts: number;
    created_at: number;
    give_up_at: number;
    next_attempt_at: number;
    lease_owner: string | null;
    lease_until: number | null;
    settled_at: number | null;
    attempted_at: number | null;
    status_code: number | null;
    took_ms: number | null;
    error: string | null;
    request_head: string | null;
    response_head: string | null;
  };
  /** The attempts before the last one, which stands in the delivery's own row. */
  tegata_delivery_attempt: {
    delivery_id: string;
    attempt_no: number;
    attempted_at: number;
    status_code: number | null;
    took_ms: number | null;
    error: string | null;
    response_head: string | null;
  };
  /** A delivery stays behind an earlier one that tells about the same thing, while that one is pending. */
  tegata_delivery_wait: {
    delivery_id: string;
    waits_for: string;
  };
};
