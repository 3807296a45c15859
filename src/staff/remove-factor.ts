/** A member's authenticator is given up: by the member with a code, or for a member who lost it. */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { type FactorRefused, useFactor } from './factor.ts';
import { isConfirmed } from './rules/session.ts';
import type { IdentityDeps, Session } from './session.ts';
import { findMember, findMemberByLoginId, type Member } from './store/members.ts';
import { deleteSessionsOfMember } from './store/sessions.ts';
import { removeTwoFactorKey } from './store/two-factor.ts';

export type RemoveFactorResult =
  | { readonly kind: 'removed'; readonly sessionsEnded: number }
  | { readonly kind: 'not-enrolled' }
  | { readonly kind: 'unconfirmed' }
  | FactorRefused;

/** By the member: password just before, and the factor itself once more. The member's other sessions end. */
export async function removeFactor(
  deps: IdentityDeps,
  session: Session,
  code: string,
  origin: BrowserOrigin,
): Promise<RemoveFactorResult> {
  if (!isConfirmed(session, deps.clock.now())) return { kind: 'unconfirmed' };
  const member = await findMember(deps.store.db, deps.memberCapabilities, session.member.id);
  const key = member?.twoFactorKey;
  if (!member || !key) return { kind: 'not-enrolled' };
  return useFactor(deps, member, { key, code, origin }, async (tx): Promise<RemoveFactorResult> => {
    await removeTwoFactorKey(tx, deps.store.kit, member.id, false, deps.clock.now());
    const sessionsEnded = await deleteSessionsOfMember(tx, member.id, session.sessionHash);
    await recordRemoved(deps, tx, member, origin);
    return { kind: 'removed', sessionsEnded };
  });
}

/** For one who lost it: sessions end, and the next login enrols a new one after the password. */
export async function resetFactor(
  deps: IdentityDeps,
  loginId: string,
): Promise<{ kind: 'removed'; sessionsEnded: number } | { kind: 'not-enrolled' }> {
  const member = await findMemberByLoginId(deps.store.db, deps.memberCapabilities, loginId);
  if (!member?.twoFactorKey) return { kind: 'not-enrolled' };
  return deps.store.db.transaction().execute(async (tx) => {
    await removeTwoFactorKey(tx, deps.store.kit, member.id, true, deps.clock.now());
    const sessionsEnded = await deleteSessionsOfMember(tx, member.id);
    await recordRemoved(deps, tx, member);
    return { kind: 'removed' as const, sessionsEnded };
  });
}

const recordRemoved = (deps: IdentityDeps, tx: Db, member: Member, origin?: BrowserOrigin): Promise<void> =>
  recordEvent(tx, {
    kind: 'second_factor_removed',
    occurredAt: deps.clock.now(),
    loginId: member.loginId,
    clientIp: origin?.clientIp ?? null,
    requestId: origin?.requestId ?? null,
  });
