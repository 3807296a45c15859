/** Clients and their grants as the pages show them. */
import type { Client } from '../oauth/client.ts';
import { listClients } from '../store/clients.ts';
import { recordEvent } from '../store/events.ts';
import { countLiveGrants, type GrantSummary, lastUsedOf, listLiveGrants } from '../store/token-overview.ts';
import type { Actor, ClientDeps } from './clients.ts';
import { clearExpired } from './prune.ts';
import type { TokenDeps } from './token-deps.ts';

const CLIENTS_PER_PAGE = 50;

type Reading = Pick<TokenDeps, 'store' | 'clock'>;

export type ListedClient = Client & { readonly lastUsedAt: number | null; readonly enabled: boolean };

export type ClientPage = {
  readonly clients: readonly ListedClient[];
  readonly total: number;
  readonly q: string;
  readonly page: number;
  readonly pageCount: number;
};

/** A page past the end shows the last one. */
export async function pageOfClients(
  deps: Reading,
  wanted: { text: string; page: number },
): Promise<ClientPage> {
  const asked = Number.isSafeInteger(wanted.page) && wanted.page > 0 ? wanted.page : 1;
  const read = (page: number) =>
    listClients(deps.store.db, {
      text: wanted.text,
      limit: CLIENTS_PER_PAGE,
      offset: (page - 1) * CLIENTS_PER_PAGE,
    });
  const first = await read(asked);
  const pageCount = Math.max(1, Math.ceil(first.total / CLIENTS_PER_PAGE));
  const page = Math.min(asked, pageCount);
  const { clients, total } = page === asked ? first : await read(page);
  const used = await lastUsedOf(
    deps.store.db,
    clients.map(({ clientId }) => clientId),
  );
  const listed = clients.map((client) => ({
    ...client,
    lastUsedAt: used.get(client.clientId) ?? null,
    enabled: client.disabledAt === null,
  }));
  return { clients: listed, total, q: wanted.text, page, pageCount };
}

export type ListedGrant = Omit<GrantSummary, 'scope'> & { readonly scopes: readonly string[] };

/** The newest `limit` live grants of a client, and how many there are in all. */
export async function grantsOfClient(
  deps: Reading,
  clientId: string,
  limit: number,
): Promise<{ rows: ListedGrant[]; total: number }> {
  const now = deps.clock.now();
  const grants = await listLiveGrants(deps.store.db, { now, limit, clientId });
  const total = grants.length < limit ? grants.length : await countLiveGrants(deps.store.db, now, clientId);
  return { rows: grants.map(({ scope, ...grant }) => ({ ...grant, scopes: scope.split(' ') })), total };
}

/** Clears what has expired; how many tokens went. */
export async function clearExpiredTokens(deps: ClientDeps, actor: Actor): Promise<number> {
  const now = deps.clock.now();
  const { db } = deps.store;
  const { tokens: count } = await clearExpired(db, now);
  await recordEvent(db, { kind: 'tokens_pruned', occurredAt: now, ...actor, detail: { count } });
  return count;
}
