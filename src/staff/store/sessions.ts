/** Sessions of the admin. A row's key is the hash of the token in the cookie; a row that `awaits` something opens nothing. */
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';

/** What the second step of the login still owes. */
export type Awaited = 'code' | 'enrolment';

export type SessionRow = {
  readonly sessionHash: string;
  readonly memberId: number;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly clientIp: string;
  readonly userAgent: string;
  readonly previousLoginAt: number | null;
  readonly confirmedAt: number;
  readonly awaits: Awaited | null;
};

const COLUMNS = [
  'session_hash as sessionHash',
  'member_id as memberId',
  'created_at as createdAt',
  'last_seen_at as lastSeenAt',
  'expires_at as expiresAt',
  'client_ip as clientIp',
  'user_agent as userAgent',
  'previous_login_at as previousLoginAt',
  'confirmed_at as confirmedAt',
  'awaits',
] as const;

export async function insertSession(db: Db, session: SessionRow): Promise<void> {
  await db
    .insertInto('tegata_session')
    .values({
      session_hash: session.sessionHash,
      member_id: session.memberId,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
      client_ip: storable(session.clientIp, 64) ?? '',
      user_agent: storable(session.userAgent, 255) ?? '',
      previous_login_at: session.previousLoginAt,
      confirmed_at: session.confirmedAt,
      awaits: session.awaits,
    })
    .execute();
}

/** The row, whether or not it is complete: callers look at `awaits`. */
export async function findSession(db: Db, sessionHash: string): Promise<SessionRow | undefined> {
  const row = await db
    .selectFrom('tegata_session')
    .select(COLUMNS)
    .where('session_hash', '=', sessionHash)
    .executeTakeFirst();
  return row && { ...row, awaits: row.awaits as Awaited | null };
}

/** A member's complete sessions, newest first. */
export async function sessionsOfMember(db: Db, memberId: number, limit: number): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('tegata_session')
    .select(COLUMNS)
    .where('member_id', '=', memberId)
    .where('awaits', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, awaits: null }));
}

export async function touchSession(db: Db, sessionHash: string, now: number): Promise<void> {
  await db
    .updateTable('tegata_session')
    .set({ last_seen_at: now })
    .where('session_hash', '=', sessionHash)
    .where('last_seen_at', '<', now)
    .execute();
}

/** Holds a complete session until the transaction is over: who ends it waits; false when it has ended. */
export async function holdSession(tx: Db, sessionHash: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('tegata_session')
    .set({ last_seen_at: now })
    .where('session_hash', '=', sessionHash)
    .where('awaits', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives the session a new token and marks the password as just given; false when the session is gone meanwhile. */
export async function renewSession(db: Db, oldHash: string, newHash: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_session')
    .set({ session_hash: newHash, confirmed_at: now, last_seen_at: now })
    .where('session_hash', '=', oldHash)
    .where('awaits', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends one session; false when it was not there any more. Also how a pending one is taken, once. */
export async function deleteSession(db: Db, sessionHash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('tegata_session')
    .where('session_hash', '=', sessionHash)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Ends every session of a member, pending ones too, except one perhaps; says how many. */
export async function deleteSessionsOfMember(db: Db, memberId: number, exceptHash = ''): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('tegata_session')
    .where('member_id', '=', memberId)
    .where('session_hash', '!=', exceptHash)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Removes sessions past their absolute end, `batch` at the most; says how many. */
export async function pruneSessions(db: Db, now: number, batch: number): Promise<number> {
  const over = await db
    .selectFrom('tegata_session')
    .select('session_hash')
    .where('expires_at', '<=', now)
    .limit(batch)
    .execute();
  if (over.length === 0) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('tegata_session')
    .where(
      'session_hash',
      'in',
      over.map((row) => row.session_hash),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The explorer's token of a session, as it was sealed. */
export async function explorerTokenOf(db: Db, sessionHash: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('tegata_session')
    .select('explorer_token')
    .where('session_hash', '=', sessionHash)
    .executeTakeFirst();
  return row?.explorer_token ?? undefined;
}

export async function saveExplorerToken(db: Db, sessionHash: string, sealed: string | null): Promise<void> {
  await db
    .updateTable('tegata_session')
    .set({ explorer_token: sealed })
    .where('session_hash', '=', sessionHash)
    .execute();
}
