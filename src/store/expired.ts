/** Clears what has expired, a bounded number of rows at a time, so that no statement holds many locks. */
import { sql } from 'kysely';
import type { Db } from './open.ts';
import { changed } from './prepared.ts';

/** What went: rows of every kind, and the access and refresh tokens among them. */
export type Expired = { readonly rows: number; readonly tokens: number };

const TOKENS: readonly string[] = ['tegata_access_token', 'tegata_refresh_token'];

/** Tables whose rows end by `expires_at`, with their keys; the last column of a key is unique by itself. */
const EXPIRING = [
  ['tegata_access_token', ['grant_id', 'jti']],
  ['tegata_refresh_token', ['token_hash']],
  ['tegata_code', ['code_hash']],
  ['tegata_authorization_request', ['request_id']],
  ['tegata_assertion', ['assertion_hash']],
] as const;

type Expiring = (typeof EXPIRING)[number];

/**
 * One batch for each kind of row. A rotated refresh token goes when it would have expired, so that until then its reuse is
 * known for what it is.
 */
export async function pruneExpired(db: Db, now: number, batch: number): Promise<Expired> {
  let rows = 0;
  let tokens = 0;
  for (const kind of EXPIRING) {
    const removed = await pruneTable(db, kind, now, batch);
    rows += removed;
    if (TOKENS.includes(kind[0])) tokens += removed;
  }
  return { rows: rows + (await pruneEmptyGrants(db, now, batch)), tokens };
}

async function pruneTable(db: Db, [table, key]: Expiring, now: number, batch: number): Promise<number> {
  const columns = key.map((name) => sql.ref(name));
  const { rows } = await sql<Record<string, string>>`select ${sql.join(columns)} from ${sql.table(table)}
    where expires_at <= ${now} limit ${sql.lit(batch)}`.execute(db);
  if (rows.length === 0) return 0;
  const chosen = key.map((name) => sql`${sql.ref(name)} in (${sql.join(rows.map((row) => row[name]))})`);
  const { numAffectedRows } = await sql`delete from ${sql.table(table)}
    where ${sql.join(chosen, sql` and `)}`.execute(db);
  return changed({ ...(numAffectedRows !== undefined && { numAffectedRows }) });
}

/**
 * A grant just made has its tokens in the same transaction, so one without any is finished; but not the one under which a
 * client acts as itself, which may be about to get its next token.
 */
async function pruneEmptyGrants(db: Db, now: number, batch: number): Promise<number> {
  const empty = await db
    .selectFrom('tegata_grant as grant')
    .leftJoin('tegata_refresh_token as refresh', 'refresh.grant_id', 'grant.grant_id')
    .leftJoin('tegata_access_token as access', 'access.grant_id', 'grant.grant_id')
    .select('grant.grant_id as id')
    .where('grant.created_at', '<', now)
    .where((eb) => eb.or([eb('grant.member_id', 'is not', null), eb('grant.revoked_at', 'is not', null)]))
    .where('refresh.grant_id', 'is', null)
    .where('access.grant_id', 'is', null)
    .limit(batch)
    .execute();
  if (empty.length === 0) return 0;
  const ids = empty.map(({ id }) => id);
  const { numDeletedRows } = await db
    .deleteFrom('tegata_grant')
    .where('grant_id', 'in', ids)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
