/** The password again, before acts that a left-open browser must not do (ASVS 7.5.1, 7.5.3). */

import { recordEvent } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { attemptLimits, forgiveAttempts, type Locked, reserveOrLock } from './attempts.ts';
import { verifyPassword } from './rules/password.ts';
import { type IdentityDeps, type OpenedSession, reopenSession, type Session } from './session.ts';
import { findMember, type Member } from './store/members.ts';

export type Confirmation =
  /** The session goes on under this new token; the old one is dead. */
  | ({ readonly kind: 'ok' } & OpenedSession)
  | { readonly kind: 'wrong' }
  /** The session ended meanwhile. */
  | { readonly kind: 'expired' }
  | Locked;

/** Wrong passwords count as at the login. */
export async function confirmPassword(
  deps: IdentityDeps,
  session: Session,
  password: string,
  origin: BrowserOrigin,
): Promise<Confirmation> {
  const { loginId } = session.member;
  const limits = attemptLimits(loginId, origin);
  const locked = await reserveOrLock(deps, limits, origin);
  if (locked) return locked;
  const member = await findMember(deps.store.db, deps.memberCapabilities, session.member.id);
  const fits = await verifyPassword(password, member, { authMagic: deps.authMagic, cost: deps.passwordCost });
  if (!member || !fits) return refuse(deps, loginId, origin);
  await forgiveAttempts(deps.store.db, loginId, origin);
  return deps.store.db.transaction().execute((tx) => confirm(deps, tx, session, member, origin));
}

async function confirm(
  deps: IdentityDeps,
  tx: Db,
  session: Session,
  member: Member,
  origin: BrowserOrigin,
): Promise<Confirmation> {
  const opened = await reopenSession(tx, session.sessionHash, member, deps.clock.now());
  if (!opened) return { kind: 'expired' };
  await record(deps, tx, 'password_confirmed', member.loginId, origin);
  return { kind: 'ok', ...opened };
}

async function refuse(deps: IdentityDeps, loginId: string, origin: BrowserOrigin): Promise<Confirmation> {
  await record(deps, deps.store.db, 'password_not_confirmed', loginId, origin);
  return { kind: 'wrong' };
}

const record = (
  deps: IdentityDeps,
  db: Db,
  kind: EventKind,
  loginId: string,
  { clientIp, requestId }: BrowserOrigin,
): Promise<void> => recordEvent(db, { kind, occurredAt: deps.clock.now(), loginId, clientIp, requestId });
