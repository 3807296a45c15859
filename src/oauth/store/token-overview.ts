/** Counts and lists of tokens and grants, for pages and the command line. */
import type { ExpressionBuilder } from 'kysely';
import { behind, type Count, counted, type ListWindow, type Place, readPart } from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import type { Tables } from '../../database/tables.ts';
import { hasPurpose } from './client-marks.ts';
import { countClients } from './client-search.ts';

const LOOKED_AT = 500; // grants in one window
const WINDOWS = 6;
const COUNTED_GRANTS = 1_500; // looked at, the newest ones

export type GrantSummary = {
  readonly grantId: string;
  readonly clientId: string;
  readonly loginId: string | null;
  readonly scope: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

/** Of which grants: all, a client's, or those that one member has approved. */
export type Whose = { readonly clientId?: string; readonly memberId?: number };

type LookedAt = GrantSummary & { readonly live: boolean };

/** A grant lives while it is not revoked and one of its tokens is still good. */
const isLive = (eb: ExpressionBuilder<Tables & { grant: Tables['tegata_grant'] }, 'grant'>, now: number) =>
  eb.and([
    eb('grant.revoked_at', 'is', null),
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
  ]);

/** Clients that the program made for itself: their grants are not the shop's. */
const purposeful = (db: Db) =>
  db.selectFrom('tegata_client as made').select('made.client_id').where(hasPurpose('made.purpose'));

/** `size` grants behind `after`, newest first, with whether each still lives; of all clients only the shop's own. */
export async function lookAtGrants(
  db: Db,
  { now, whose, after, size }: { now: number; whose: Whose; after: Place | undefined; size: number },
): Promise<ListWindow<LookedAt>> {
  let query = db
    .selectFrom('tegata_grant as grant')
    .select((eb) => [
      'grant.grant_id as grantId',
      'grant.client_id as clientId',
      'grant.login_id as loginId',
      'grant.scope as scope',
      'grant.created_at as createdAt',
      'grant.last_used_at as lastUsedAt',
      eb.case().when(isLive(eb, now)).then(1).else(0).end().as('live'),
    ])
    .orderBy('grant.created_at', 'desc')
    .orderBy('grant.grant_id', 'desc')
    .limit(size);
  if (whose.clientId !== undefined) query = query.where('grant.client_id', '=', whose.clientId);
  else query = query.where('grant.client_id', 'not in', purposeful(db));
  if (whose.memberId !== undefined) query = query.where('grant.member_id', '=', whose.memberId);
  if (after) query = query.where(behind('grant.created_at', 'grant.grant_id', after));
  const rows = (await query.execute()).map((row) => ({ ...row, live: Number(row.live) === 1 }));
  const last = rows.length < size ? undefined : rows.at(-1);
  return { rows, end: last && placeOfGrant(last) };
}

export const placeOfGrant = ({ createdAt, grantId }: GrantSummary): Place => ({ at: createdAt, id: grantId });

export type GrantPart = { readonly grants: readonly GrantSummary[]; readonly next: Place | undefined };

/** Live grants, newest first; of one client when it is named. A part may be short where many are over. */
export async function listLiveGrants(
  db: Db,
  filter: { now: number; limit: number; clientId?: string; after?: Place; windows?: number },
): Promise<GrantPart> {
  const { now, limit, clientId, after, windows = WINDOWS } = filter;
  const whose = clientId === undefined ? {} : { clientId };
  const { rows, next } = await readPart(
    { limit, after, windows },
    async (from) => {
      const { rows: found, end } = await lookAtGrants(db, { now, whose, after: from, size: LOOKED_AT });
      return { rows: found.filter(({ live }) => live), end };
    },
    placeOfGrant,
  );
  return { grants: rows.map(({ live, ...grant }) => grant), next };
}

/** Where a grant stands in the list; undefined when it is gone. */
export async function placeOfGrantId(db: Db, grantId: string): Promise<Place | undefined> {
  const row = await db
    .selectFrom('tegata_grant')
    .select(['created_at', 'grant_id'])
    .where('grant_id', '=', grantId)
    .executeTakeFirst();
  return row && { at: row.created_at, id: row.grant_id };
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
    .selectFrom('tegata_client as client')
    .select((eb) => [
      'client.client_id as clientId',
      'client.last_used_at as usedAt',
      eb
        .selectFrom('tegata_grant as grant')
        .select('grant.created_at')
        .whereRef('grant.client_id', '=', 'client.client_id')
        .orderBy('grant.created_at', 'desc')
        .limit(1)
        .as('grantedAt'),
    ])
    .where('client.client_id', 'in', [...clientIds])
    .execute();
  const used = rows.map(
    ({ clientId, usedAt, grantedAt }) => [clientId, Math.max(usedAt ?? 0, grantedAt ?? 0)] as const,
  );
  return new Map(used.filter(([, at]) => at > 0));
}

export type Counts = { readonly clients: Count; readonly liveGrants: Count };

export const countOverview = async (db: Db, now: number): Promise<Counts> => ({
  clients: await countClients(db),
  liveGrants: await countLiveGrants(db, now),
});

/** Live grants among the newest, in all or of one client. */
export async function countLiveGrants(db: Db, now: number, clientId?: string): Promise<Count> {
  const newest = db
    .selectFrom('tegata_grant as newest')
    .select(['newest.grant_id', 'newest.revoked_at'])
    .$if(clientId !== undefined, (query) => query.where('newest.client_id', '=', clientId ?? ''))
    .$if(clientId === undefined, (query) => query.where('newest.client_id', 'not in', purposeful(db)))
    .orderBy('newest.created_at', 'desc')
    .orderBy('newest.grant_id', 'desc')
    .limit(COUNTED_GRANTS);
  const row = await db
    .selectFrom(newest.as('grant'))
    .select((eb) => [
      eb.fn.countAll<number>().as('lookedAt'),
      eb.fn
        .sum<number>(
          eb
            .case()
            .when(isLive(eb as never, now))
            .then(1)
            .else(0)
            .end(),
        )
        .as('live'),
    ])
    .executeTakeFirstOrThrow();
  return counted(Number(row.live ?? 0), Number(row.lookedAt) === COUNTED_GRANTS);
}
