/** A member changes the own password: the present one first, then everything that someone else may hold ends. */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { type Confirmation, confirmPassword } from './confirm-password.ts';
import { faultOf, hashForShop } from './members.ts';
import type { PasswordFault } from './rules/password.ts';
import type { IdentityDeps, OpenedSession, Session } from './session.ts';
import { holdMember, revokeGrantsOfMember, updateMemberPassword } from './store/members.ts';
import { deleteSessionsOfMember, holdSession } from './store/sessions.ts';

export type PasswordChange = {
  readonly current: string;
  readonly next: string;
  /** Whether every app access that the member allowed ends too. */
  readonly endGrants: boolean;
};

export type PasswordChanged = OpenedSession & {
  readonly kind: 'changed';
  readonly sessionsEnded: number;
  readonly grantsRevoked: number;
};

/** All other sessions end (ASVS 7.4.3); this one goes on under a new token. */
export async function changeOwnPassword(
  deps: IdentityDeps & { readonly forgetTokens: () => void },
  session: Session,
  { current, next, endGrants }: PasswordChange,
  origin: BrowserOrigin,
): Promise<
  PasswordChanged | { kind: 'refused'; reason: PasswordFault } | Exclude<Confirmation, { kind: 'ok' }>
> {
  const { id, loginId } = session.member;
  const fault = await faultOf(deps, next, loginId);
  if (fault) return { kind: 'refused', reason: fault };
  const confirmed = await confirmPassword(deps, session, current, origin);
  if (confirmed.kind !== 'ok') return confirmed;
  const stored = await hashForShop(deps, next);
  const now = deps.clock.now();
  const ended = await deps.store.db.transaction().execute(async (tx) => {
    // The member first, as who sets a password for them does. A session that ended while the new one was hashed changes nothing.
    const isTheirs =
      (await holdMember(tx, id)) && (await holdSession(tx, confirmed.session.sessionHash, now));
    if (!isTheirs) return undefined;
    await updateMemberPassword(tx, deps.store.kit, id, stored, now);
    const sessionsEnded = await deleteSessionsOfMember(tx, id, confirmed.session.sessionHash);
    const kind = 'member_password_changed';
    const grantsRevoked = endGrants ? await revokeGrantsOfMember(tx, id, kind, now) : 0;
    const { clientIp, requestId } = origin;
    const detail = { sessionsEnded, grantsRevoked };
    await recordEvent(tx, { kind, occurredAt: now, loginId, clientIp, requestId, detail });
    return detail;
  });
  if (!ended) return { kind: 'expired' };
  if (endGrants) deps.forgetTokens();
  const { sessionToken } = confirmed;
  return { kind: 'changed', sessionToken, session: confirmed.session, ...ended };
}
