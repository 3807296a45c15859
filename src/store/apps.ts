/** Live grants of all clients with what a page says of them. */
import type { Db } from './open.ts';
import { liveGrants } from './token-overview.ts';

export type AppGrant = {
  readonly grantId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly loginId: string | null;
  readonly scope: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

export type AppSearch = {
  readonly now: number;
  readonly text: string;
  readonly limit: number;
  readonly offset: number;
};

/** Live grants of the shop's own clients whose client's name or member's login id holds `text`, newest first. */
export async function searchLiveGrants(
  db: Db,
  { now, text, limit, offset }: AppSearch,
): Promise<{ grants: AppGrant[]; total: number }> {
  const pattern = `%${text.replace(/[\\%_]/g, '')}%`;
  const matching = liveGrants(db, now)
    .innerJoin('tegata_client as client', 'client.client_id', 'grant.client_id')
    .where('client.purpose', 'is', null)
    .where((eb) => eb.or([eb('client.name', 'like', pattern), eb('grant.login_id', 'like', pattern)]));
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const grants = await matching
    .select([
      'grant.grant_id as grantId',
      'grant.client_id as clientId',
      'client.name as clientName',
      'grant.login_id as loginId',
      'grant.scope as scope',
      'grant.created_at as createdAt',
      'grant.last_used_at as lastUsedAt',
    ])
    .orderBy('grant.created_at', 'desc')
    .orderBy('grant.grant_id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { grants, total: Number(total) };
}

/** How many access and refresh tokens of each grant are still good. */
export async function countLiveTokens(
  db: Db,
  grantIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  if (grantIds.length === 0) return new Map();
  const access = await db
    .selectFrom('tegata_access_token')
    .select(({ fn }) => ['grant_id', fn.countAll<number>().as('n')])
    .where('grant_id', 'in', [...grantIds])
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .groupBy('grant_id')
    .execute();
  const refresh = await db
    .selectFrom('tegata_refresh_token')
    .select(({ fn }) => ['grant_id', fn.countAll<number>().as('n')])
    .where('grant_id', 'in', [...grantIds])
    .where('rotated_at', 'is', null)
    .where('expires_at', '>', now)
    .groupBy('grant_id')
    .execute();
  const counts = new Map<string, number>();
  for (const { grant_id: id, n } of [...access, ...refresh])
    counts.set(id, (counts.get(id) ?? 0) + Number(n));
  return counts;
}
