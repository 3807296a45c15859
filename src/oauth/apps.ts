/** 連携アプリ: every live grant of every client, with what it is used for. */

import type { Actor } from '../audit/origin.ts';
import { type Count, type Place, placeText } from '../database/keyset.ts';
import { isStorable } from '../database/storable.ts';
import { type ClientDeps, endGrant } from './clients.ts';
import { countLiveTokens, searchLiveGrants } from './store/apps.ts';
import { grantUses } from './store/grant-use.ts';
import { countLiveGrants, findGrantClient, findGrantParties } from './store/token-overview.ts';
import type { TokenDeps } from './token/token-deps.ts';

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
  readonly liveTokens: Count;
};

export type AppPage = {
  readonly apps: readonly ListedApp[];
  /** How many there are in all, or of a search on this page. */
  readonly total: Count;
  readonly q: string;
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
};

export async function pageOfApps(
  deps: Pick<TokenDeps, 'store' | 'clock'>,
  { text, after }: { text: string; after: Place | undefined },
): Promise<AppPage> {
  const now = deps.clock.now();
  const search = { now, text, limit: APPS_PER_PAGE, ...(after && { after }) };
  const { grants, next } = await searchLiveGrants(deps.store.db, search);
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
      liveTokens: tokens.get(grant.grantId) ?? { n: 0, more: false },
    };
  });
  const total =
    text === '' ? await countLiveGrants(deps.store.db, now) : { n: grants.length, more: next !== undefined };
  return { apps, total, q: text, next: next && placeText(next) };
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
