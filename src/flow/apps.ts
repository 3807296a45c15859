/** 連携アプリ: every live grant of every client, with what it is used for. */
import { countLiveTokens, searchLiveGrants } from '../store/apps.ts';
import { grantUses } from '../store/grant-use.ts';
import { isStorable } from '../store/storable.ts';
import { findGrantClient, findGrantParties } from '../store/token-overview.ts';
import { type Actor, type ClientDeps, endGrant } from './clients.ts';
import type { TokenDeps } from './token-deps.ts';

const APPS_PER_PAGE = 50;

export type ListedApp = {
  readonly grantId: string;
  readonly client: { readonly clientId: string; readonly name: string };
  /** Null when the client acts as itself. */
  readonly loginId: string | null;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly lastIp: string | null;
  /** The most called first. */
  readonly calls: readonly { readonly operation: string; readonly calls: number }[];
  readonly liveTokens: number;
};

export type AppPage = {
  readonly apps: readonly ListedApp[];
  readonly total: number;
  readonly q: string;
  readonly page: number;
  readonly pageCount: number;
};

/** A page past the end shows the last one. */
export async function pageOfApps(
  deps: Pick<TokenDeps, 'store' | 'clock'>,
  { text, page: wanted }: { text: string; page: number },
): Promise<AppPage> {
  const now = deps.clock.now();
  const asked = Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1;
  const read = (page: number) => {
    const offset = (page - 1) * APPS_PER_PAGE;
    return searchLiveGrants(deps.store.db, { now, text, limit: APPS_PER_PAGE, offset });
  };
  const first = await read(asked);
  const pageCount = Math.max(1, Math.ceil(first.total / APPS_PER_PAGE));
  const page = Math.min(asked, pageCount);
  const { grants, total } = page === asked ? first : await read(page);
  const ids = grants.map(({ grantId }) => grantId);
  const uses = await grantUses(deps.store.db, ids);
  const tokens = await countLiveTokens(deps.store.db, ids, now);
  const apps = grants.map(({ clientId, clientName, scope, ...grant }) => {
    const used = uses.filter(({ grantId }) => grantId === grant.grantId);
    const last = used.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)[0];
    return {
      ...grant,
      client: { clientId, name: clientName },
      scopes: scope.split(' '),
      lastUsedAt: last?.lastUsedAt ?? grant.lastUsedAt,
      lastIp: last?.lastIp ?? null,
      calls: used.map(({ operation, calls }) => ({ operation, calls })),
      liveTokens: tokens.get(grant.grantId) ?? 0,
    };
  });
  return { apps, total, q: text, page, pageCount };
}

/** Whose approval of which app a grant is; undefined when it is over. */
export async function findApp(
  { store }: Pick<TokenDeps, 'store'>,
  grantId: string,
): Promise<{ app: string; loginId: string | null } | undefined> {
  return isStorable(grantId) ? findGrantParties(store.db, grantId) : undefined;
}

/** Ends consent, refresh and access tokens together, on all nodes; false when it was over already. */
export async function endApp(deps: ClientDeps, grantId: string, actor: Actor): Promise<boolean> {
  const clientId = await findGrantClient(deps.store.db, grantId);
  return clientId !== undefined && endGrant(deps, clientId, grantId, actor);
}
