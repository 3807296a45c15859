/**
 * The password step of the admin's login. Every wrong one looks and costs the same: unknown login id, 非稼働, wrong
 * password. The attempt is counted before the slow hash, so that parallel guesses do not slip past the limit.
 */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { sha256Hex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { attemptLimits, forgiveAttempts, type Locked, reserveOrLock } from './attempts.ts';
import type { Limit } from './rules/lock-out.ts';
import { verifyPassword } from './rules/password.ts';
import type { LoginBy } from './rules/session.ts';
import { type IdentityDeps, type OpenedSession, openSession } from './session.ts';
import { writeLoginDate, writeLoginHistory } from './store/login-records.ts';
import { findMemberByLoginId, holdMember, type Member } from './store/members.ts';
import { type Awaited, deleteSession } from './store/sessions.ts';
import { releaseAttempt } from './store/throttle.ts';

export type LoginAttempt = BrowserOrigin & {
  readonly loginId: string;
  readonly password: string;
  /** The token in the browser's cookie, if any; its session ends when the login succeeds. */
  readonly previousSessionToken?: string | undefined;
};

export type EnteredAs =
  | ({ readonly kind: 'ok' } & OpenedSession)
  /** The first step is done; `sessionToken` opens the second step (staff/second-step.ts) and nothing else. */
  | { readonly kind: 'second-step'; readonly sessionToken: string; readonly awaits: Awaited };

export type LoginResult = EnteredAs | { readonly kind: 'wrong' } | Locked;

export async function logIn(deps: IdentityDeps, attempt: LoginAttempt): Promise<LoginResult> {
  const limits = attemptLimits(attempt.loginId, attempt);
  const locked = await reserveOrLock(deps, limits, attempt);
  if (locked) return locked;
  const member = await findMemberByLoginId(deps.store.db, deps.memberCapabilities, attempt.loginId);
  const stored = member?.active ? member : undefined;
  const fits = await verifyPassword(attempt.password, stored, {
    authMagic: deps.authMagic,
    cost: deps.passwordCost,
  });
  if (!stored || !fits) return refuseWrong(deps, attempt, member);
  return passed(deps, attempt, stored, limits);
}

type SecondStepTaken = 'none' | 'code' | 'recovery-code' | 'enrolment';

/** What a completed login leaves behind: the new session instead of the old, EC-CUBE's own records, the event. */
export async function completeLogin(
  deps: IdentityDeps,
  tx: Db,
  member: Member,
  origin: BrowserOrigin,
  { secondStep, by = 'password' }: { secondStep: SecondStepTaken; by?: LoginBy },
): Promise<OpenedSession> {
  const now = deps.clock.now();
  const opened = await openSession(tx, member, origin, null, now, by);
  const login = { loginId: member.loginId, clientIp: origin.clientIp, succeeded: true, memberId: member.id };
  await writeLoginDate(tx, deps.store.kit, member.id, now);
  await writeLoginHistory(tx, deps.store.kit, deps.memberCapabilities, login, now);
  await recordEvent(tx, {
    kind: 'login_ok',
    occurredAt: now,
    loginId: member.loginId,
    clientIp: origin.clientIp,
    requestId: origin.requestId,
    detail: { secondStep, ...(by === 'link' && { by }) },
  });
  return opened;
}

/** What ログイン履歴 shows in the place of a login id that no member has. */
const NOBODYS_ID = '***';

/** The typed text is kept, here and in ログイン履歴, only when it is a member's login id: people type passwords there. */
async function refuseWrong(
  deps: IdentityDeps,
  { clientIp, requestId }: LoginAttempt,
  member: Member | undefined,
): Promise<LoginResult> {
  const now = deps.clock.now();
  const loginId = member?.loginId ?? NOBODYS_ID;
  const login = { loginId, clientIp, succeeded: false, memberId: member?.id ?? null };
  const reason = member === undefined ? 'unknown-login-id' : member.active ? 'password' : 'inactive';
  await deps.store.db.transaction().execute(async (tx) => {
    await writeLoginHistory(tx, deps.store.kit, deps.memberCapabilities, login, now);
    const event = {
      kind: 'login_failed' as const,
      occurredAt: now,
      loginId: member?.loginId ?? null,
      clientIp,
      requestId,
      detail: { reason },
    };
    await deps.refusals.record(tx, event, member?.loginId);
  });
  return { kind: 'wrong' };
}

async function passed(
  deps: IdentityDeps,
  attempt: LoginAttempt,
  member: Member,
  limits: readonly Limit[],
): Promise<LoginResult> {
  const awaits = secondStepOf(deps, member);
  const result = await deps.store.db.transaction().execute(async (tx) => {
    // The slow hash took its time: a password that was replaced meanwhile opens nothing.
    if (!(await holdMember(tx, member.id, member.password))) return undefined;
    return enterAs(deps, tx, member, attempt, 'password');
  });
  if (!result) return refuseWrong(deps, attempt, member);
  // With the second step still owed, the failures stay: the password must not buy ever new guesses at the code.
  if (awaits === null) await forgiveAttempts(deps.store.db, member.loginId, attempt);
  else for (const { throttleId } of limits) await releaseAttempt(deps.store.db, throttleId);
  return result;
}

/** The member is who they say: a new session, which may still await the second step, takes the place of the old one. */
export async function enterAs(
  deps: IdentityDeps,
  tx: Db,
  member: Member,
  origin: Omit<LoginAttempt, 'loginId' | 'password'>,
  by: LoginBy,
): Promise<EnteredAs> {
  await endPrevious(tx, origin.previousSessionToken);
  const awaits = secondStepOf(deps, member);
  if (awaits === null) {
    return { kind: 'ok', ...(await completeLogin(deps, tx, member, origin, { secondStep: 'none', by })) };
  }
  const { sessionToken } = await openSession(tx, member, origin, awaits, deps.clock.now(), by);
  return { kind: 'second-step', sessionToken, awaits };
}

function secondStepOf(deps: IdentityDeps, member: Member): Awaited | null {
  if (!deps.twoFactorEnabled || !member.twoFactorEnabled) return null;
  return member.twoFactorKey === null ? 'enrolment' : 'code';
}

async function endPrevious(db: Db, token: string | undefined): Promise<void> {
  if (token !== undefined) await deleteSession(db, sha256Hex(token));
}
