/** Counts and lists of tokens and grants, for pages and the command line. */
import type { Db } from './open.ts';

export type GrantSummary = {
  readonly grantId: string;
  readonly clientId: string;
  readonly loginId: string | null;
  readonly scope: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

/** A grant lives while it is not revoked and one of its tokens is still good. */
export const liveGrants = (db: Db, now: number) =>
  db
    .selectFrom('tegata_grant as grant')
    .where('grant.revoked_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('tegata_refresh_token as refresh')
            .select('refresh.grant_id')
            .whereRef('refresh.grant_id', '=', 'grant.grant_id')
            .where('refresh.rotated_at', 'is', null)
            .where('refresh.expires_at', '>', now),
        ),
        eb.exists(
          eb
            .selectFrom('tegata_access_token as access')
            .select('access.grant_id')
            .whereRef('access.grant_id', '=', 'grant.grant_id')
            .where('access.revoked_at', 'is', null)
            .where('access.expires_at', '>', now),
        ),
      ]),
    );

/** The same without those of the program's own clients, which are not the shop's. */
export const liveGrantsOfShop = (db: Db, now: number) =>
  liveGrants(db, now).where('grant.client_id', 'not in', (eb) =>
    eb.selectFrom('tegata_client as made').select('made.client_id').where('made.purpose', 'is not', null),
  );

/** Live grants, newest first; of one client when it is named. */
export async function listLiveGrants(
  db: Db,
  filter: { now: number; limit: number; clientId?: string },
): Promise<GrantSummary[]> {
  const { now, clientId } = filter;
  const grants =
    clientId === undefined
      ? liveGrantsOfShop(db, now)
      : liveGrants(db, now).where('grant.client_id', '=', clientId);
  return grants
    .select([
      'grant.grant_id as grantId',
      'grant.client_id as clientId',
      'grant.login_id as loginId',
      'grant.scope as scope',
      'grant.created_at as createdAt',
      'grant.last_used_at as lastUsedAt',
    ])
    .orderBy('grant.created_at', 'desc')
    .orderBy('grant.grant_id')
    .limit(filter.limit)
    .execute();
}

export async function findGrantClient(db: Db, grantId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('tegata_grant')
    .select('client_id')
    .where('grant_id', '=', grantId)
    .executeTakeFirst();
  return row?.client_id;
}

/** The names behind a grant that is not revoked. */
export const findGrantParties = (
  db: Db,
  grantId: string,
): Promise<{ app: string; loginId: string | null } | undefined> =>
  db
    .selectFrom('tegata_grant as grant')
    .innerJoin('tegata_client as client', 'client.client_id', 'grant.client_id')
    .select(['client.name as app', 'grant.login_id as loginId'])
    .where('grant.grant_id', '=', grantId)
    .where('grant.revoked_at', 'is', null)
    .executeTakeFirst();

/** When each client last got or used a token. */
export async function lastUsedOf(db: Db, clientIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (clientIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('tegata_grant')
    .select((eb) => ['client_id', eb.fn.max(eb.fn.coalesce('last_used_at', 'created_at')).as('used')])
    .where('client_id', 'in', [...clientIds])
    .groupBy('client_id')
    .execute();
  return new Map(rows.map((row) => [row.client_id, Number(row.used)]));
}

export type Counts = { readonly clients: number; readonly liveGrants: number };

export async function countOverview(db: Db, now: number): Promise<Counts> {
  const clients = await db
    .selectFrom('tegata_client')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('purpose', 'is', null)
    .executeTakeFirstOrThrow();
  return { clients: Number(clients.n), liveGrants: await countLiveGrants(db, now) };
}

/** Live grants in all, or of one client. */
export async function countLiveGrants(db: Db, now: number, clientId?: string): Promise<number> {
  const grants =
    clientId === undefined
      ? liveGrantsOfShop(db, now)
      : liveGrants(db, now).where('grant.client_id', '=', clientId);
  const { n } = await grants.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}
