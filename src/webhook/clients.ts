/** Endpoints that belong to an API client: what they may hear and send is what the client may read at that moment. */
import type { ChangeEvent } from '../feed/store/feed.ts';
import type { WebhookOwner } from './store/webhook-row.ts';

export type EventData = { readonly data: unknown; readonly errors?: readonly unknown[] };

export type OwnerAccess = {
  /** Those of the named things (undefined = all) that may be heard of; undefined = some may not. */
  readable(entities: readonly string[] | undefined): readonly string[] | undefined;
  /** The result of the endpoint's query for one event; never throws. */
  dataOf(query: string, event: ChangeEvent): Promise<EventData>;
};

/** Composed in app: this room knows no GraphQL. */
export type WebhookClients = {
  /** Undefined = the client or its grant has ended, or is switched off. */
  accessOf(owner: WebhookOwner): Promise<OwnerAccess | undefined>;
};

/** The most events in one body of such an endpoint: each may cost a query. */
export const OWNED_MAX_EVENTS = 100;
