/** Clears what has expired, a bounded number of rows at a time, so that no statement holds many locks. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open.ts';
import { changed } from './prepared.ts';

/** What went: rows of every kind, the access and refresh tokens among them, and what was counted of grants. */
export type PrunedRows = { readonly rows: number; readonly tokens: number; readonly uses: number };

type Key = Readonly<Record<string, string>>;

/** Tables whose rows end by `expires_at`, with their keys; those of tokens with the grant before. */
const EXPIRING = [
  ['tegata_access_token', ['grant_id', 'jti']],
  ['tegata_refresh_token', ['grant_id', 'token_hash']],
  ['tegata_code', ['code_hash']],
  ['tegata_authorization_request', ['request_id']],
  ['tegata_assertion', ['assertion_hash']],
  ['tegata_plugin_token', ['identifier', 'kind']],
  ['tegata_link_ticket', ['ticket_hash']],
] as const;

type Expiring = (typeof EXPIRING)[number];

/**
 * One batch for each kind of row. A rotated refresh token goes when it would have expired, so that until then its reuse is
 * known for what it is. A grant goes with its last token: no one looks through all grants for empty ones.
 */
export async function pruneExpired(db: Db, now: number, batch: number): Promise<PrunedRows> {
  let [rows, tokens, uses] = [0, 0, 0];
  for (const kind of EXPIRING) {
    const removed = await db.transaction().execute((tx) => pruneTable(tx, kind, now, batch));
    rows += removed.rows + removed.grants;
    uses += removed.uses;
    if (kind[1][0] === 'grant_id') tokens += removed.rows;
  }
  return { rows, tokens, uses };
}

async function pruneTable(tx: Db, [table, key]: Expiring, now: number, batch: number) {
  const columns = key.map((name) => sql.ref(name));
  const { rows } = await sql<Key>`select ${sql.join(columns)} from ${sql.table(table)}
    where expires_at <= ${now} order by expires_at limit ${sql.lit(batch)}`.execute(tx);
  if (rows.length === 0) return { rows: 0, grants: 0, uses: 0 };
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${chosen(key, rows)}`.execute(
    tx,
  );
  const grantIds = [...new Set(rows.flatMap(({ grant_id }) => grant_id ?? []))];
  const gone = await pruneEmptyGrants(tx, now, grantIds);
  return { rows: changed({ ...(numAffectedRows !== undefined && { numAffectedRows }) }), ...gone };
}

/** Grouped by the first column: in a list of pairs some databases look up every first with every second. */
function chosen(key: readonly string[], rows: readonly Key[]): RawBuilder<boolean> {
  const [first = '', second] = key;
  if (second === undefined) return sql`${sql.ref(first)} in (${sql.join(rows.map((row) => row[first]))})`;
  const groups = Map.groupBy(rows, (row) => row[first]);
  const conditions = [...groups].map(
    ([value, members]) =>
      sql`(${sql.ref(first)} = ${value} and ${sql.ref(second)} in (${sql.join(members.map((row) => row[second]))}))`,
  );
  return sql`${sql.join(conditions, sql` or `)}`;
}

/**
 * Removes those of these grants that have no token left, with what was counted of them. A grant just made has its tokens in
 * the same transaction, so one without any is finished; but not the one under which a client acts as itself, which may be
 * about to get its next token.
 */
export async function pruneEmptyGrants(
  db: Db,
  now: number,
  grantIds: readonly string[],
): Promise<{ grants: number; uses: number }> {
  if (grantIds.length === 0) return { grants: 0, uses: 0 };
  const empty = await db
    .selectFrom('tegata_grant as grant')
    .leftJoin('tegata_refresh_token as refresh', 'refresh.grant_id', 'grant.grant_id')
    .leftJoin('tegata_access_token as access', 'access.grant_id', 'grant.grant_id')
    .leftJoin('tegata_plugin_token as plugin', 'plugin.grant_id', 'grant.grant_id')
    .select('grant.grant_id as id')
    .where('grant.grant_id', 'in', [...grantIds])
    .where('grant.created_at', '<', now)
    .where((eb) => eb.or([eb('grant.member_id', 'is not', null), eb('grant.revoked_at', 'is not', null)]))
    .where('refresh.grant_id', 'is', null)
    .where('access.grant_id', 'is', null)
    // What comes in of it yet must meet the grant, and its end.
    .where('plugin.grant_id', 'is', null)
    .execute();
  if (empty.length === 0) return { grants: 0, uses: 0 };
  const ids = empty.map(({ id }) => id);
  const uses = await db.deleteFrom('tegata_grant_use').where('grant_id', 'in', ids).executeTakeFirst();
  const grants = await db.deleteFrom('tegata_grant').where('grant_id', 'in', ids).executeTakeFirst();
  return { grants: Number(grants.numDeletedRows), uses: Number(uses.numDeletedRows) };
}

/** The ids behind `after`, in order. */
export async function grantIdsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tegata_grant')
    .select('grant_id')
    .where('grant_id', '>', after)
    .orderBy('grant_id')
    .limit(limit)
    .execute();
  return rows.map(({ grant_id: id }) => id);
}
