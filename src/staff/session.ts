/** Who is at the admin: sessions are opened, recognised, listed and ended here. */

import { type NewEvent, recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { randomToken, sha256Hex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Db, Store } from '../database/open.ts';
import type { Refusals } from './refusals.ts';
import { confirmedAtFirst, judgeSession, type LoginBy, SESSION_SECONDS } from './rules/session.ts';
import {
  denyUrlsOf,
  findMember,
  findMemberByLoginId,
  type Member,
  type MemberCapabilities,
} from './store/members.ts';
import {
  type Awaited,
  deleteSession,
  deleteSessionsOfMember,
  findSession,
  insertSession,
  renewSession,
  type SessionRow,
  sessionsOfMember,
  touchSession,
} from './store/sessions.ts';

export type IdentityDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** `ECCUBE_AUTH_MAGIC`. */
  readonly authMagic: string;
  /** bcrypt cost of new hashes and of every check: `TEGATA_PASSWORD_COST`. */
  readonly passwordCost: number;
  /** `ECCUBE_2FA_ENABLED`. */
  readonly twoFactorEnabled: boolean;
  readonly memberCapabilities: MemberCapabilities;
  readonly refusals: Refusals;
  /** What no password may hold. */
  readonly shopName: () => Promise<string>;
};

/** What a page may know of the member; no hash, no key. */
export type SessionMember = {
  readonly id: number;
  readonly loginId: string;
  readonly name: string;
  /** Zero is システム管理者; null when the shop has none on the row. */
  readonly authorityId: number | null;
  /** The login before this one. */
  readonly lastLoginAt: number | null;
  readonly twoFactor: {
    /** Whether a second step is asked at login. */
    readonly enabled: boolean;
    /** Whether a key is on the row. */
    readonly enrolled: boolean;
  };
};

export type Session = {
  readonly sessionHash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When the password was last given: see `isConfirmed` in staff/rules/session.ts. */
  readonly confirmedAt: number;
  readonly member: SessionMember;
  /** `deny_url` values: see `isDenied` in staff/rules/deny-url.ts. */
  readonly deniedUrls: readonly string[];
};

export type OpenedSession = { readonly sessionToken: string; readonly session: Session };

/** The session behind a cookie's token, while it lives and its member is 稼働. */
export async function sessionOf(deps: IdentityDeps, token: string | undefined): Promise<Session | undefined> {
  const row = await liveRow(deps, token);
  if (!row || row.awaits !== null) return undefined;
  const member = await findMember(deps.store.db, deps.memberCapabilities, row.memberId);
  if (!member?.active) return undefined;
  return toSession(row, member, await denyUrlsOf(deps.store.db, member.authorityId));
}

/** The row of a login whose second step is still owed, with its member. */
export async function pendingLogin(
  deps: IdentityDeps,
  token: string | undefined,
): Promise<{ row: SessionRow; member: Member } | undefined> {
  const row = await liveRow(deps, token);
  if (!row || row.awaits === null) return undefined;
  const member = await findMember(deps.store.db, deps.memberCapabilities, row.memberId);
  return member?.active ? { row, member } : undefined;
}

/**
 * Writes a new session under a token no one has seen before. `db` is the transaction in which the login is written.
 * One that `awaits` the second step lives for minutes.
 */
export async function openSession(
  db: Db,
  member: Member,
  origin: BrowserOrigin,
  awaits: Awaited | null,
  now: number,
  by: LoginBy = 'password',
): Promise<OpenedSession> {
  const sessionToken = randomToken();
  const row: SessionRow = {
    sessionHash: sha256Hex(sessionToken),
    memberId: member.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + (awaits === null ? SESSION_SECONDS.absolute : SESSION_SECONDS.pending),
    clientIp: origin.clientIp,
    userAgent: origin.userAgent,
    previousLoginAt: member.lastLoginAt,
    confirmedAt: confirmedAtFirst(by, now),
    awaits,
  };
  await insertSession(db, row);
  return { sessionToken, session: toSession(row, member, await denyUrlsOf(db, member.authorityId)) };
}

/**
 * Gives the session a new token (ASVS 7.2.4) and counts the password as just given; undefined when it ended meanwhile.
 */
export async function reopenSession(
  db: Db,
  sessionHash: string,
  member: Member,
  now: number,
): Promise<OpenedSession | undefined> {
  const sessionToken = randomToken();
  const newHash = sha256Hex(sessionToken);
  if (!(await renewSession(db, sessionHash, newHash, now))) return undefined;
  const row = await findSession(db, newHash);
  return row && { sessionToken, session: toSession(row, member, await denyUrlsOf(db, member.authorityId)) };
}

/** Ends the session of this token, finished or not; without one nothing happens. */
export async function logOut(
  deps: IdentityDeps,
  token: string | undefined,
  origin?: BrowserOrigin,
): Promise<void> {
  const session = await sessionOf(deps, token);
  if (token === undefined) return;
  await deps.store.db.transaction().execute(async (tx) => {
    await deleteSession(tx, sha256Hex(token));
    if (!session) return;
    await recordEvent(tx, {
      kind: 'logout',
      occurredAt: deps.clock.now(),
      loginId: session.member.loginId,
      clientIp: origin?.clientIp ?? null,
      requestId: origin?.requestId ?? null,
    });
  });
}

/** Of more sessions of a member than that the newest are listed. */
export const SESSIONS_LISTED = 200;

/** A member's own live sessions, newest first. */
export async function sessionsOf(deps: IdentityDeps, session: Session): Promise<SessionRow[]> {
  const now = deps.clock.now();
  const rows = await sessionsOfMember(deps.store.db, session.member.id, SESSIONS_LISTED);
  return rows.filter((row) => judgeSession(row, now) !== 'over');
}

/** Ends one of the member's own sessions; false when it is not theirs or gone. */
export async function endOwnSession(
  deps: IdentityDeps,
  session: Session,
  sessionHash: string,
  origin: BrowserOrigin,
): Promise<boolean> {
  const row = await findSession(deps.store.db, sessionHash);
  if (row?.memberId !== session.member.id || row.awaits !== null) return false;
  const { loginId } = session.member;
  const ended = await endAndRecord(deps, loginId, origin, async (tx) =>
    (await deleteSession(tx, sessionHash)) ? 1 : 0,
  );
  return ended > 0;
}

/** Ends all sessions of the member but this one; says how many. */
export async function endOtherSessions(
  deps: IdentityDeps,
  session: Session,
  origin: BrowserOrigin,
): Promise<number> {
  const { id, loginId } = session.member;
  return endAndRecord(deps, loginId, origin, (tx) => deleteSessionsOfMember(tx, id, session.sessionHash));
}

/** Ends every session of a member, for an administrator (ASVS 7.4.5); undefined when no one has this login id. */
export async function endSessionsOfMember(
  deps: IdentityDeps,
  loginId: string,
  by: Pick<NewEvent, 'operator'> = {},
): Promise<number | undefined> {
  const member = await findMemberByLoginId(deps.store.db, deps.memberCapabilities, loginId);
  if (!member) return undefined;
  return endAndRecord(deps, member.loginId, by, (tx) => deleteSessionsOfMember(tx, member.id));
}

function toSession(row: SessionRow, member: Member, deniedUrls: readonly string[]): Session {
  return {
    sessionHash: row.sessionHash,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    confirmedAt: row.confirmedAt,
    member: {
      id: member.id,
      loginId: member.loginId,
      name: member.name ?? member.loginId,
      authorityId: member.authorityId,
      lastLoginAt: row.previousLoginAt,
      twoFactor: { enabled: member.twoFactorEnabled, enrolled: member.twoFactorKey !== null },
    },
    deniedUrls,
  };
}

async function liveRow(deps: IdentityDeps, token: string | undefined): Promise<SessionRow | undefined> {
  if (token === undefined || token === '') return undefined;
  const row = await findSession(deps.store.db, sha256Hex(token));
  if (!row) return undefined;
  const now = deps.clock.now();
  const verdict = judgeSession(row, now);
  if (verdict === 'over') return undefined;
  if (verdict === 'stale') await touchSession(deps.store.db, row.sessionHash, now);
  return row;
}

type EndedBy = Partial<Pick<NewEvent, 'clientIp' | 'requestId' | 'operator'>>;

/** Ends sessions and says in the audit log how many, in one transaction; says it to the caller too. */
const endAndRecord = (
  { store, clock }: IdentityDeps,
  loginId: string,
  by: EndedBy,
  end: (tx: Db) => Promise<number>,
): Promise<number> =>
  store.db.transaction().execute(async (tx) => {
    const count = await end(tx);
    if (count === 0) return count;
    await recordEvent(tx, {
      kind: 'session_ended',
      occurredAt: clock.now(),
      loginId,
      clientIp: by.clientIp ?? null,
      requestId: by.requestId ?? null,
      operator: by.operator,
      detail: { count },
    });
    return count;
  });
