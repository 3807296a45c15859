/** What a member should know of the own account: failed logins and changed factors since the login before (ASVS 6.3.5, 6.3.7). */

import { type AuditEvent, newestOfMember } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import type { IdentityDeps, Session } from './session.ts';

const FAILURES: readonly EventKind[] = ['login_failed', 'second_factor_failed', 'password_not_confirmed'];
const CHANGES: readonly EventKind[] = [
  'member_password_changed',
  'second_factor_enrolled',
  'second_factor_removed',
  'recovery_codes_made',
  'recovery_code_used',
];
const EVENTS_READ = 200; // so many failures are enough to be warned
const FIRST_LOGIN_SECONDS = 30 * 86_400; // how far back is told at a first login

export type AccountEvent = Pick<AuditEvent, 'occurredAt' | 'kind' | 'clientIp'>;

/** Both newest first. */
export type AccountNews = {
  readonly failures: readonly AccountEvent[];
  readonly changes: readonly AccountEvent[];
};

export async function accountNews({ store }: IdentityDeps, session: Session): Promise<AccountNews> {
  const { loginId, lastLoginAt } = session.member;
  const events = await newestOfMember(store.db, {
    loginId,
    kinds: [...FAILURES, ...CHANGES],
    from: lastLoginAt ?? session.createdAt - FIRST_LOGIN_SECONDS,
    limit: EVENTS_READ,
  });
  const of = (kinds: readonly EventKind[]) => events.filter(({ kind }) => kinds.includes(kind));
  return { failures: of(FAILURES), changes: of(CHANGES) };
}
