/**
 * When all tokens of a client or of a member are ended, those that EC-CUBE's plugin issued and that never came in here must
 * end too. They are not rows of ours, so the moment is noted; what is older does not count. Nothing is noted without a takeover.
 */
import type { Db } from '../../database/open.ts';

/** No refresh token of the plugin lives longer: one calendar month, in PHP's sense. */
export const PLUGIN_MONTH_SECONDS = 31 * 86_400;
const KEPT_SECONDS = PLUGIN_MONTH_SECONDS + 86_400;

/** `cut`: of the client with this id; `member`: of the member with this login id. */
type Cut = { readonly kind: 'cut' | 'member'; readonly identifier: string };

export async function notePluginCut(tx: Db, { kind, identifier }: Cut, now: number): Promise<void> {
  // A login id may be longer than the column.
  const name = identifier.slice(0, 80);
  await tx
    .deleteFrom('tegata_plugin_token')
    .where('identifier', '=', name)
    .where('kind', '=', kind)
    .execute();
  const there = await tx
    .selectFrom('tegata_takeover')
    .select('state')
    .where('state', '<>', 'ended')
    .executeTakeFirst();
  if (!there) return;
  const row = {
    identifier: name,
    kind,
    client_id: kind === 'cut' ? name : '',
    expires_at: now + KEPT_SECONDS,
  };
  await tx
    .insertInto('tegata_plugin_token')
    .values({ ...row, token_hash: null, grant_id: null })
    .execute();
}

export type NotedCut = Cut & { readonly at: number };

/** Those of `since` or later. */
export async function pluginCutsSince(db: Db, since: number): Promise<NotedCut[]> {
  const rows = await db
    .selectFrom('tegata_plugin_token')
    .select(['identifier', 'kind', 'expires_at'])
    .where('kind', 'in', ['cut', 'member'])
    .where('expires_at', '>=', since + KEPT_SECONDS)
    .execute();
  return rows.map(({ identifier, kind, expires_at: until }) => ({
    identifier,
    kind: kind === 'cut' ? 'cut' : 'member',
    at: until - KEPT_SECONDS,
  }));
}

/** The newest moment before which nothing of this client or member counts; undefined = there is none. */
export async function pluginCut(db: Db, clientId: string, loginId: string): Promise<number | undefined> {
  const rows = await db
    .selectFrom('tegata_plugin_token')
    .select('expires_at')
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '=', 'cut'), eb('identifier', '=', clientId)]),
        eb.and([eb('kind', '=', 'member'), eb('identifier', '=', loginId.slice(0, 80))]),
      ]),
    )
    .execute();
  const times = rows.map((row) => row.expires_at - KEPT_SECONDS);
  return times.length === 0 ? undefined : Math.max(...times);
}
