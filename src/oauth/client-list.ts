/** Clients and their grants as the pages show them. */

import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import { type Count, type Place, placeText } from '../database/keyset.ts';
import type { ClientDeps } from './clients.ts';
import { clearExpired } from './prune.ts';
import type { Client } from './rules/client.ts';
import { countClients, listClients } from './store/client-search.ts';
import { findClient } from './store/clients.ts';
import { countLiveGrants, type GrantSummary, lastUsedOf, listLiveGrants } from './store/token-overview.ts';
import type { TokenDeps } from './token/token-deps.ts';

const CLIENTS_PER_PAGE = 50;
const CLEARING_MS = 3_000; // as long as someone waits for a page; the sweep does the rest

type Reading = Pick<TokenDeps, 'store' | 'clock'>;

export type ListedClient = Client & { readonly lastUsedAt: number | null; readonly enabled: boolean };

export type ClientPage = {
  readonly clients: readonly ListedClient[];
  /** How many there are in all, or of a search on this page. */
  readonly total: Count;
  readonly q: string;
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
};

const CLIENT_ID = /^[0-9a-f]{32}$/;

export async function pageOfClients(
  deps: Reading,
  { text, after, limit = CLIENTS_PER_PAGE }: { text: string; after: Place | undefined; limit?: number },
): Promise<ClientPage> {
  const { db } = deps.store;
  const { clients, next } = await search(deps, { text, limit, ...(after && { after }) });
  const used = await lastUsedOf(
    db,
    clients.map(({ clientId }) => clientId),
  );
  const listed = clients.map((client) => ({
    ...client,
    lastUsedAt: used.get(client.clientId) ?? null,
    enabled: client.disabledAt === null,
  }));
  const total = text === '' ? await countClients(db) : { n: clients.length, more: next !== undefined };
  return { clients: listed, total, q: text, next: next && placeText(next) };
}

async function search({ store: { db } }: Reading, wanted: Parameters<typeof listClients>[1]) {
  const named = CLIENT_ID.test(wanted.text) ? await findClient(db, wanted.text) : undefined;
  return named ? { clients: [named], next: undefined } : listClients(db, wanted);
}

export type ListedGrant = Omit<GrantSummary, 'scope'> & { readonly scopes: readonly string[] };

/** The newest `limit` live grants of a client, and how many there are in all. */
export async function grantsOfClient(
  deps: Reading,
  clientId: string,
  limit: number,
): Promise<{ rows: ListedGrant[]; total: Count }> {
  const now = deps.clock.now();
  const { grants, next } = await listLiveGrants(deps.store.db, { now, limit, clientId });
  const all = { n: grants.length, more: false };
  const total = next === undefined ? all : await countLiveGrants(deps.store.db, now, clientId);
  return { rows: grants.map(({ scope, ...grant }) => ({ ...grant, scopes: scope.split(' ') })), total };
}

/** Clears what has expired; how many tokens went. */
export async function clearExpiredTokens(deps: ClientDeps, actor: Actor): Promise<number> {
  const now = deps.clock.now();
  const { db } = deps.store;
  const until = deps.clock.nowMs() + CLEARING_MS;
  const { tokens: count } = await clearExpired(db, now, async () => deps.clock.nowMs() < until);
  await recordEvent(db, { kind: 'tokens_pruned', occurredAt: now, ...actor, detail: { count } });
  return count;
}
