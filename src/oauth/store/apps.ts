/** Live grants of all clients with what a page says of them. */
import { sql } from 'kysely';
import {
  type Count,
  isBehind,
  type ListWindow,
  type Part,
  type Place,
  readPart,
} from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import { clientIdsByName, holds } from './client-search.ts';
import { listClientNames } from './clients.ts';
import { lookAtGrants, placeOfGrant, type Whose } from './token-overview.ts';

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
  readonly after?: Place;
};

const WINDOWS = 4;
const LOOKED_AT = 500; // grants in one window; with several sources for each
const LOOKED_AT_PER_SOURCE = 100;
const SOURCES = 20; // clients and members that hold the text
const SEARCHED = 20_000; // members, the newest
const TOKENS_COUNTED = 1_000; // of a grant

type Grant = Omit<AppGrant, 'clientName'>;

/** Live grants whose client's name or member's login id holds `text`, newest first; a long search comes in parts. */
export async function searchLiveGrants(
  db: Db,
  { now, text, limit, after }: AppSearch,
): Promise<{ grants: AppGrant[]; next: Place | undefined }> {
  const read = await readerOf(db, now, text);
  const found: Part<Grant> = await readPart({ limit, after, windows: WINDOWS }, read, placeOfGrant);
  const names = await listClientNames(
    db,
    found.rows.map(({ clientId }) => clientId),
  );
  // A client that is gone leaves its grants for a while.
  const grants = found.rows.flatMap((grant) => {
    const clientName = names.get(grant.clientId);
    return clientName === undefined ? [] : [{ ...grant, clientName }];
  });
  return { grants, next: found.next };
}

type Reader = (after: Place | undefined) => Promise<ListWindow<Grant>>;

async function readerOf(db: Db, now: number, text: string): Promise<Reader> {
  const look = async (whose: Whose, after: Place | undefined, size: number) => {
    const { rows, end } = await lookAtGrants(db, { now, whose, after, size });
    return { rows: rows.filter(({ live }) => live).map(({ live, ...grant }) => grant), end };
  };
  if (text === '') return (after) => look({}, after, LOOKED_AT);
  const sources = await sourcesOf(db, text);
  if (sources) {
    return async (after) =>
      merged(await Promise.all(sources.map((whose) => look(whose, after, LOOKED_AT_PER_SOURCE))));
  }
  // So many that the newest grants are most likely theirs.
  const names = async (ids: readonly string[]) => listClientNames(db, ids);
  return async (after) => {
    const { rows, end } = await look({}, after, LOOKED_AT);
    const known = await names(rows.map(({ clientId }) => clientId));
    const fits = (of: string | null | undefined) => of?.toLowerCase().includes(text.toLowerCase()) === true;
    return { rows: rows.filter((grant) => fits(known.get(grant.clientId)) || fits(grant.loginId)), end };
  };
}

/** The clients and members whose names hold the text; undefined when they are too many to ask each. */
async function sourcesOf(db: Db, text: string): Promise<Whose[] | undefined> {
  const clientIds = await clientIdsByName(db, text, SOURCES + 1);
  const shop = db.withTables<{ dtb_member: { id: number; login_id: string } }>();
  const newest = shop
    .selectFrom('dtb_member')
    .select(['id', 'login_id'])
    .orderBy('id', 'desc')
    .limit(SEARCHED);
  const members = await shop
    .selectFrom(newest.as('member'))
    .select('member.id')
    .where(holds('member.login_id', text))
    .limit(SOURCES + 1)
    .execute();
  const sources = [
    ...clientIds.map((clientId) => ({ clientId })),
    ...members.map(({ id }) => ({ memberId: id })),
  ];
  return sources.length > SOURCES ? undefined : sources;
}

/** In one order, without doubles, as far as every source has been looked at. */
function merged(windows: readonly ListWindow<Grant>[]): ListWindow<Grant> {
  const ends = windows.flatMap(({ end }) => end ?? []);
  const end = ends.reduce<Place | undefined>(
    (newest, one) => (newest && isBehind(one, newest) ? newest : one),
    undefined,
  );
  const all = new Map(windows.flatMap(({ rows }) => rows).map((grant) => [grant.grantId, grant]));
  const rows = [...all.values()]
    .filter((grant) => end === undefined || !isBehind(placeOfGrant(grant), end))
    .toSorted((a, b) => (isBehind(placeOfGrant(a), placeOfGrant(b)) ? 1 : -1));
  return { rows, end };
}

/** How many access and refresh tokens of each grant are still good, among its first thousand. */
export async function countLiveTokens(
  db: Db,
  grantIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Count>> {
  if (grantIds.length === 0) return new Map();
  const counts = grantIds.flatMap((id) => [
    tokensOf(id, sql`sum(case when revoked_at is null and expires_at > ${now} then 1 else 0 end)`, ACCESS),
    tokensOf(id, sql`sum(case when rotated_at is null and expires_at > ${now} then 1 else 0 end)`, REFRESH),
  ]);
  const { rows } = await sql<{ grant_id: string; n: number; looked_at: number }>`
    ${sql.join(counts, sql` union all `)}`.execute(db);
  const found = new Map<string, Count>();
  for (const { grant_id: id, n, looked_at } of rows) {
    const known = found.get(id);
    found.set(id, {
      n: (known?.n ?? 0) + Number(n ?? 0),
      more: known?.more === true || Number(looked_at) === TOKENS_COUNTED,
    });
  }
  return found;
}

const ACCESS = { table: 'tegata_access_token', ends: 'revoked_at' } as const;
const REFRESH = { table: 'tegata_refresh_token', ends: 'rotated_at' } as const;

const tokensOf = (
  grantId: string,
  live: ReturnType<typeof sql>,
  { table, ends }: typeof ACCESS | typeof REFRESH,
) => sql`select ${grantId} as grant_id, ${live} as n, count(*) as looked_at
  from (select ${sql.ref(ends)}, expires_at from ${sql.table(table)} where grant_id = ${grantId}
  limit ${sql.lit(TOKENS_COUNTED)}) looked_at`;
