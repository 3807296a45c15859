/**
 * Tegata's own tables as one type. Column names appear here and in `migrations/` only.
 * `…_at` columns hold whole seconds since the epoch; nothing here holds a secret or token in clear: `…_hash` is SHA-256 in hex.
 */
import type { Generated } from 'kysely';
import type { JobTables } from './job-tables.ts';
import type { NodeTables } from './nodes/node-tables.ts';
import type { TakeoverTables } from './takeover/takeover-tables.ts';
import type { WebhookTables } from './webhook-tables.ts';
import type { WriteTables } from './write-tables.ts';

type OtherTables = JobTables & NodeTables & TakeoverTables & WebhookTables & WriteTables;

export type Tables = OtherTables & {
  tegata_client: {
    client_id: string;
    name: string;
    /** `confidential` (has a secret) or `public`. */
    client_type: string;
    /** JSON array of strings. */
    redirect_uris: string;
    /** Space-separated. */
    scopes: string;
    /** Space-separated. */
    grants: string;
    /** 0 or 1. */
    pkce_required: number;
    created_at: number;
    updated_at: number;
    created_by: string | null;
    disabled_at: number | null;
    /** Seconds; null = the installation's own. */
    access_seconds: Generated<number | null>;
    refresh_idle_seconds: Generated<number | null>;
    refresh_absolute_seconds: Generated<number | null>;
    /** A JWK Set as JSON. */
    jwks: Generated<string | null>;
    jwks_uri: Generated<string | null>;
    /** Space-separated; '' = the usual ones of its type. */
    auth_methods: Generated<string>;
    /** `compat` or `rfc9068`. */
    token_profile: Generated<string>;
    /** 1 when it may introspect other clients' tokens. */
    resource_server: Generated<number>;
    /** When one of its grants was used last; null = never. */
    last_used_at: Generated<number | null>;
    /** `tester` or `explorer`: made by the program for itself; null = the shop's own. */
    purpose: Generated<string | null>;
    /** When its app last got a token for a code without PKCE, a day exact. */
    without_pkce_at: Generated<number | null>;
    /** Cost points that it may spend a minute; null = the installation's own. */
    cost_per_minute: Generated<number | null>;
  };
  tegata_client_secret: {
    secret_id: string;
    client_id: string;
    secret_hash: string;
    created_at: number;
    /** After this second the secret is refused; null = until it is replaced. */
    expires_at: number | null;
    last_used_at: number | null;
  };
  /** One consent and all that came from it; revoking the row kills every token of the family. */
  tegata_grant: {
    grant_id: string;
    client_id: string;
    member_id: number | null;
    login_id: string | null;
    scope: string;
    created_at: number;
    last_used_at: number | null;
    revoked_at: number | null;
    revoked_reason: string | null;
    /** RFC 8707; null = the API as the plugin's tokens name it. */
    resource: Generated<string | null>;
    /** No refresh token of the grant outlives this; null = no such limit. */
    expires_at: Generated<number | null>;
  };
  /** What a grant has called, by operation of the API. */
  tegata_grant_use: {
    grant_id: string;
    operation: string;
    calls: number;
    last_used_at: number;
    last_ip: string | null;
  };
  /** How much the API was used in an hour. */
  tegata_api_use: {
    /** '' = by all together; a client's id; a grant's id. */
    subject: string;
    /** When the hour begins. */
    hour_at: number;
    calls: number;
    errors: number;
    /** Taken by all calls together. */
    ms: number;
    /** Calls that took so many milliseconds at the most, each counted once; the rest took longer. */
    ms_5: Generated<number>;
    ms_10: Generated<number>;
    ms_25: Generated<number>;
    ms_50: number;
    ms_100: number;
    ms_250: number;
    ms_500: number;
    ms_1000: number;
    ms_2500: number;
    ms_10000: Generated<number>;
    /** The row goes after this second. */
    kept_until: Generated<number>;
  };
  /** Requests to the API under a token, one by one; without arguments, variables or anything of a person. */
  tegata_api_call: {
    request_id: string;
    client_id: string;
    called_at: number;
    /** The operation's name in the document; '' = none. */
    operation: string;
    /** The fields at its root, with spaces between; '' = the document was refused before they were known. */
    fields: string;
    status: number;
    ms: number;
    cost: number;
    /** `extensions.code` of the first error, else its category; null = there was no error. */
    error_code: string | null;
  };
  tegata_code: {
    code_hash: string;
    grant_id: string;
    client_id: string;
    member_id: number;
    login_id: string;
    redirect_uri: string;
    /** 1 when the authorization request named the URI; then the token request must too (RFC 6749 §4.1.3). */
    redirect_uri_sent: number;
    scope: string;
    code_challenge: string | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    resource: Generated<string | null>;
    /** Why it was spent without a grant; null while it is not, and when it was redeemed. */
    refused_because: Generated<string | null>;
  };
  tegata_refresh_token: {
    token_hash: string;
    grant_id: string;
    client_id: string;
    created_at: number;
    expires_at: number;
    rotated_at: number | null;
    successor_hash: string | null;
  };
  tegata_access_token: {
    jti: string;
    grant_id: string;
    client_id: string;
    issued_at: number;
    expires_at: number;
    revoked_at: number | null;
  };
  /** What has to survive between the authorize, login and consent pages. */
  tegata_authorization_request: {
    request_id: string;
    browser_hash: string;
    /** The query string exactly as it came. */
    query: string;
    client_id: string;
    redirect_uri: string;
    redirect_uri_sent: number;
    scope: string;
    state: string | null;
    code_challenge: string | null;
    created_at: number;
    expires_at: number;
    /** `approved` or `denied` once someone has answered. */
    decision: string | null;
    decided_at: number | null;
    resource: Generated<string | null>;
  };
  /** Client assertions that were used: each counts once (RFC 7523 §3). */
  tegata_assertion: {
    assertion_hash: string;
    expires_at: number;
  };
  /** Tickets of EC-CUBE's admin that were used: each counts once. */
  tegata_link_ticket: { ticket_hash: string; expires_at: number };
  tegata_session: {
    session_hash: string;
    member_id: number;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    client_ip: string;
    user_agent: string;
    /** When the member had logged in before; null = never. */
    previous_login_at: number | null;
    /** When the password was last given in this session. */
    confirmed_at: number;
    /** `code` or `enrolment` while the second step is owed: such a row opens nothing else. Null = complete. */
    awaits: string | null;
    /** AES-256-GCM with a key drawn from the session's token (oauth/explorer-token.ts). */
    explorer_token: Generated<string | null>;
  };
  /** The newest time step whose code a member has used: it and older ones are spent (RFC 6238 §5.2). */
  tegata_two_factor_use: {
    member_id: number;
    last_step: number;
    used_at: number;
  };
  tegata_recovery_code: {
    code_hash: string;
    member_id: number;
    created_at: number;
    used_at: number | null;
  };
  tegata_throttle: {
    throttle_id: string;
    failures: number;
    window_ends_at: number;
  };
  tegata_event: {
    event_id: Generated<number>;
    occurred_at: number;
    kind: string;
    client_id: string | null;
    login_id: string | null;
    client_ip: string | null;
    request_id: string | null;
    /** JSON object; never a token or secret. */
    detail: string;
  };
  /** Points that the API has given or taken. */
  tegata_point_change: {
    change_id: Generated<number>;
    customer_id: number;
    before_points: number;
    after_points: number;
    reason: string;
    reference: string | null;
    client_id: string;
    member_id: number | null;
    changed_at: number;
  };
  /** Files that may be named by no product. */
  tegata_unnamed_image: {
    file_name: string;
    noted_at: number;
  };
  /** What one process does for all; `held_until` in seconds. */
  tegata_lease: {
    name: string;
    owner: string;
    held_until: number;
  };
  tegata_setting: { name: string; value: string };
  /** What the triggers write, until the sequencer has moved it into the feed. */
  tegata_change: {
    change_id: Generated<number>;
    entity: string;
    entity_id: number;
    action: string;
    changed_at: number;
    /** Words with blanks between them; null = a trigger of an earlier version wrote the row. */
    parts: Generated<string | null>;
    /** The client whose mutation wrote it; null = the shop itself. */
    origin: Generated<string | null>;
  };
  /** What has happened, in the order of the commits; `position` has no gaps. */
  tegata_feed: {
    position: number;
    entity: string;
    entity_id: number;
    action: string;
    changed_at: number;
    recorded_at: number;
    /** Words, each with a blank on both sides; null = not known. */
    parts: Generated<string | null>;
    /** The client that alone wrote the change; null = the shop, or several. */
    origin: Generated<string | null>;
    /** JSON: what each of several origins has done (feed/aggregate.ts); null = there was one. */
    shares: Generated<string | null>;
  };
  /** One row (`head_id` 1): the highest position given; its lock is the sequencer's turn. */
  tegata_feed_head: {
    head_id: number;
    position: number;
  };
  /** What was answered to a mutation that the caller had named (`clientMutationId`). */
  tegata_client_mutation: {
    client_id: string;
    mutation: string;
    id_hash: string;
    args_hash: string;
    /** JSON: the keys of the rows to read, or plain values; null until the mutation is done. */
    result: string | null;
    created_at: number;
    /** Sealed; null when none could be kept. */
    answer: Generated<string | null>;
  };
};
