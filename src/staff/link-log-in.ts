/**
 * The login by a ticket of EC-CUBE's admin (docs/decisions/0031-sign-on-by-ticket.md): it stands for the password. The second
 * step is asked all the same, and no act that wants the password again takes the ticket for it.
 */

import type { BrowserOrigin } from '../audit/origin.ts';
import { type EnteredAs, enterAs } from './log-in.ts';
import { judgeLinkTicket, type LinkRefusal, type LinkTicket } from './rules/link-ticket.ts';
import type { IdentityDeps } from './session.ts';
import { takeLinkTicket } from './store/link-tickets.ts';
import { writeLoginHistory } from './store/login-records.ts';
import { findMember, type Member } from './store/members.ts';

export type LinkAttempt = BrowserOrigin & {
  readonly ticket: string;
  readonly secret: string;
  readonly audience: string;
  readonly challenge: string | undefined;
  readonly previousSessionToken: string | undefined;
};

export type LinkRefused = {
  readonly kind: 'refused';
  /** `used`: before, on whatever node; `inactive`: no such member, or 非稼働. */
  readonly reason: LinkRefusal | 'used' | 'inactive';
};

export async function logInByTicket(
  deps: IdentityDeps,
  attempt: LinkAttempt,
): Promise<EnteredAs | LinkRefused> {
  const { store, clock } = deps;
  const verdict = judgeLinkTicket(attempt.ticket, { ...attempt, now: clock.now() });
  if (!verdict.ok) return refuse(deps, attempt, verdict.reason);
  const { ticket, ticketHash: hash, forgetAt } = verdict;
  // Before the member is looked at, in a commit of its own: a ticket that was shown once is spent.
  if (!(await takeLinkTicket(store.db, store.kit, { hash, forgetAt }))) return refuse(deps, attempt, 'used');
  const member = await findMember(store.db, deps.memberCapabilities, ticket.memberId);
  if (!isTheirs(member, ticket)) return refuse(deps, attempt, 'inactive', member);
  return store.db.transaction().execute((tx) => enterAs(deps, tx, member, attempt, 'link'));
}

/** The id alone could have become someone else's since, in another database. */
const isTheirs = (member: Member | undefined, { loginId }: LinkTicket): member is Member =>
  member?.active === true && member.loginId === loginId;

async function refuse(
  deps: IdentityDeps,
  { clientIp, requestId }: LinkAttempt,
  reason: LinkRefused['reason'],
  member?: Member,
): Promise<LinkRefused> {
  const occurredAt = deps.clock.now();
  const loginId = member?.loginId ?? null;
  const event = { kind: 'login_failed' as const, occurredAt, loginId, clientIp, requestId };
  const detail = { reason: reason === 'inactive' ? reason : `link-${reason}`, by: 'link' };
  await deps.store.db.transaction().execute(async (tx) => {
    if (member) {
      const login = { loginId: member.loginId, clientIp, succeeded: false, memberId: member.id };
      await writeLoginHistory(tx, deps.store.kit, deps.memberCapabilities, login, occurredAt);
    }
    await deps.refusals.record(tx, { ...event, detail }, member?.loginId);
  });
  return { kind: 'refused', reason };
}
