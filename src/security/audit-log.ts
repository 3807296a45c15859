/** The audit log as people read it and as programs take it away. */

import { type AuditEvent, type EventFilter, newestOfClient, readEvents } from '../audit/events.ts';
import { listClients } from '../oauth/store/client-search.ts';
import { listClientNames } from '../oauth/store/clients.ts';
import type { TokenDeps } from '../oauth/token/token-deps.ts';

const EVENTS_PER_PAGE = 100;
const EXPORT_BATCH = 500; // events read at a time
const CLIENTS_OFFERED = 200; // in the filter

export type AuditFilter = Omit<EventFilter, 'limit' | 'before'>;

type Reading = Pick<TokenDeps, 'store'>;

export type ListedEvent = AuditEvent & {
  /** Null when the event has no client; without a name when the client is gone or never was. */
  readonly client: { readonly clientId: string; readonly name: string | undefined } | null;
};

export type AuditPage = {
  readonly events: readonly ListedEvent[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: number | undefined;
};

/** Newest first; `before` is the `next` of the page before. */
export async function pageOfEvents(
  deps: Reading,
  filter: AuditFilter,
  before: number | undefined,
): Promise<AuditPage> {
  const { events, next } = await readEvents(deps.store.db, {
    ...filter,
    limit: EVENTS_PER_PAGE,
    ...(before !== undefined && { before }),
  });
  return { events: await withNames(deps, events), next };
}

async function withNames({ store }: Reading, events: readonly AuditEvent[]): Promise<ListedEvent[]> {
  const ids = events.flatMap(({ clientId }) => clientId ?? []);
  const names = await listClientNames(store.db, ids);
  return events.map((event) => {
    const { clientId } = event;
    return { ...event, client: clientId === null ? null : { clientId, name: names.get(clientId) } };
  });
}

/** With the clients' names, newest first, read as fast as they are taken. */
export async function* eventBatches(deps: Reading, filter: AuditFilter): AsyncGenerator<ListedEvent[]> {
  let before: number | undefined;
  for (;;) {
    const { events, next } = await readEvents(deps.store.db, {
      ...filter,
      limit: EXPORT_BATCH,
      ...(before !== undefined && { before }),
    });
    if (events.length > 0) yield withNames(deps, events);
    if (next === undefined) return;
    before = next;
  }
}

/** One JSON object a line. */
export async function* exportEvents(deps: Reading, filter: AuditFilter): AsyncGenerator<string> {
  for await (const batch of eventBatches(deps, filter)) yield batch.map(exportLine).join('');
}

const exportLine = (event: AuditEvent): string =>
  `${JSON.stringify({
    id: event.eventId,
    at: new Date(event.occurredAt * 1000).toISOString(),
    kind: event.kind,
    client_id: event.clientId,
    login_id: event.loginId,
    ip: event.clientIp,
    request_id: event.requestId,
    detail: event.detail,
  })}\n`;

/** The clients that the filter offers, newest first. */
export async function clientChoices({ store }: Reading): Promise<{ clientId: string; name: string }[]> {
  const { clients } = await listClients(store.db, { text: '', limit: CLIENTS_OFFERED });
  return clients.map(({ clientId, name }) => ({ clientId, name }));
}

/** What went wrong for one client lately, newest first. */
export const failuresOfClient = (deps: Reading, clientId: string, limit: number): Promise<AuditEvent[]> =>
  newestOfClient(deps.store.db, {
    clientId,
    limit,
    kinds: ['authorize_refused', 'token_refused', 'code_replayed', 'refresh_reused'],
  });
