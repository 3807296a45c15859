/**
 * Ends in a dump what must not live again. A backup does not know what was used, revoked or sent after it was made, so that
 * whatever counts once, or can be taken back, is over unless someone says that nothing has happened since.
 */
import { sql } from 'kysely';
import type { Db } from '../open.ts';
import { keptTables } from './kept-tables.ts';

const STEP_SECONDS = 30; // RFC 6238
/** More positions than a shop gives between a backup and the moment in which it is missed. */
const LEAP = 1_000_000_000;
/** Values in one statement. */
const AT_ONCE = 500;

/** What browsers, processes and the shop's own time leave behind: never goes on. */
export async function endPassing(db: Db): Promise<void> {
  for (const table of [
    'tegata_session',
    'tegata_code',
    'tegata_authorization_request',
    'tegata_lease',
    'tegata_node',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
}

/** Single-use things, and what is still to be done, some of which has been done. */
export async function endPending(db: Db, now: number): Promise<void> {
  await db.deleteFrom('tegata_recovery_code').execute();
  await db
    .updateTable('tegata_two_factor_use')
    .set({ last_step: Math.floor(now / STEP_SECONDS) + 1 })
    .execute();
  await db.deleteFrom('tegata_mail_outbox').execute();
  await db.deleteFrom('tegata_delivery_wait').execute();
  await db
    .updateTable('tegata_delivery')
    .set({ state: 'cancelled', settled_at: now, lease_owner: null, lease_until: null })
    .where('state', '=', 'pending')
    .execute();
  await db
    .updateTable('tegata_job')
    .set({ state: 'cancelled', ended_at: now, error_code: 'RESTORED' })
    .where('ended_at', 'is', null)
    .execute();
}

const REASON = 'restored';

/** Says how many grants have ended. */
export async function endGrants(db: Db, now: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_grant')
    .set({ revoked_at: now, revoked_reason: REASON })
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Access tokens last an hour, and are had again by a refresh token. */
export async function endAccessTokens(db: Db, now: number): Promise<void> {
  await db
    .updateTable('tegata_access_token')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .execute();
}

/** Ends the grants that `present`, the database that is replaced, does not have or has seen revoked; says how many. */
export async function endGrantsRevokedIn(db: Db, present: Db, now: number): Promise<number> {
  return endGrantsUnless(db, now, async (ids) => {
    const rows = await present
      .selectFrom('tegata_grant')
      .select('grant_id')
      .where('grant_id', 'in', [...ids.keys()])
      .where('revoked_at', 'is', null)
      .execute();
    return new Set(rows.map((row) => row.grant_id));
  });
}

/** A grant is a member's: ends those whose member is not the same in the shop that they come to; says how many. */
export async function endGrantsOfOthers(db: Db, shop: Db, now: number): Promise<number> {
  return endGrantsUnless(db, now, async (grants) => {
    const members = await shop
      .withTables<{ dtb_member: { id: number; login_id: string } }>()
      .selectFrom('dtb_member')
      .select(['id', 'login_id'])
      .execute();
    const known = new Set(members.map(({ id, login_id }) => `${id} ${login_id}`));
    const fits = ([, member]: readonly [string, string | null]) => member === null || known.has(member);
    return new Set([...grants].filter(fits).map(([id]) => id));
  });
}

/** `allowed` is given ids of grants with their members (null: the client's own), and says which may go on. */
async function endGrantsUnless(
  db: Db,
  now: number,
  allowed: (grants: ReadonlyMap<string, string | null>) => Promise<ReadonlySet<string>>,
): Promise<number> {
  let ended = 0;
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('tegata_grant')
      .select(['grant_id', 'member_id', 'login_id'])
      .where('revoked_at', 'is', null)
      .where('grant_id', '>', after)
      .orderBy('grant_id')
      .limit(AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (!last) return ended;
    after = last.grant_id;
    const memberOf = (row: (typeof rows)[number]) =>
      row.member_id === null ? null : `${row.member_id} ${row.login_id}`;
    const goOn = await allowed(new Map(rows.map((row) => [row.grant_id, memberOf(row)])));
    const over = rows.map((row) => row.grant_id).filter((id) => !goOn.has(id));
    if (over.length === 0) continue;
    ended += over.length;
    await db
      .updateTable('tegata_grant')
      .set({ revoked_at: now, revoked_reason: REASON })
      .where('grant_id', 'in', over)
      .execute();
  }
}

/** What is said of rows of a shop by their ids means nothing in another shop. */
export async function dropWhatIsOfShop(db: Db): Promise<void> {
  for (const { name } of keptTables().filter(({ isOfShop }) => isOfShop)) {
    await sql`delete from ${sql.table(name)}`.execute(db);
  }
}

/**
 * The feed begins again, behind every position that was ever given: no reader takes a later change for one that it has
 * read, and each is told that changes are missing. `given`: the highest position of the database that is replaced.
 */
export async function restartFeed(db: Db, given: number): Promise<void> {
  const head = await db.selectFrom('tegata_feed_head').select('position').executeTakeFirst();
  const position = Math.max(head?.position ?? 0, given) + LEAP;
  await db.deleteFrom('tegata_feed').execute();
  await db.deleteFrom('tegata_feed_head').execute();
  await db.insertInto('tegata_feed_head').values({ head_id: 1, position }).execute();
  await db.updateTable('tegata_webhook').set({ feed_position: position }).execute();
}
