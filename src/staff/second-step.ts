/** The second step of the login: a code of the member's authenticator, or a recovery code, after the right password. */

import { recordEvent } from '../audit/events.ts';
import type { BrowserOrigin } from '../audit/origin.ts';
import { sha256Hex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { type FactorRefused, useFactor } from './factor.ts';
import { completeLogin } from './log-in.ts';
import { loginBy } from './rules/session.ts';
import { type IdentityDeps, type OpenedSession, pendingLogin } from './session.ts';
import type { Member } from './store/members.ts';
import { type Awaited, deleteSession } from './store/sessions.ts';
import { countRecoveryCodes } from './store/two-factor.ts';

export type SecondStep = BrowserOrigin & {
  /** The token that `logIn` gave for the second step. */
  readonly sessionToken: string | undefined;
  /** As typed. */
  readonly code: string;
};

/** The login has to begin again. */
export type LoginExpired = { readonly kind: 'expired' };

export type SecondStepResult = ({ readonly kind: 'ok' } & OpenedSession) | FactorRefused | LoginExpired;

/** What a login with this token still owes; undefined when it owes nothing or is none. */
export async function owedStep(deps: IdentityDeps, token: string | undefined): Promise<Awaited | undefined> {
  return (await pendingLogin(deps, token))?.row.awaits ?? undefined;
}

export async function takeSecondStep(deps: IdentityDeps, step: SecondStep): Promise<SecondStepResult> {
  const { sessionToken, code } = step;
  const pending = await pendingLogin(deps, sessionToken);
  if (sessionToken === undefined || pending?.row.awaits !== 'code') return { kind: 'expired' };
  const { member } = pending;
  const by = loginBy(pending.row);
  if (member.twoFactorKey === null) return { kind: 'expired' };
  const typed = { key: member.twoFactorKey, code, origin: step };
  return useFactor(deps, member, typed, async (tx, factor): Promise<SecondStepResult> => {
    if (!(await deleteSession(tx, sha256Hex(sessionToken)))) return { kind: 'expired' };
    if (factor.kind === 'recovery-code') await recordRecovery(deps, tx, member, step);
    return { kind: 'ok', ...(await completeLogin(deps, tx, member, step, { secondStep: factor.kind, by })) };
  });
}

async function recordRecovery(
  deps: IdentityDeps,
  tx: Db,
  member: Member,
  origin: BrowserOrigin,
): Promise<void> {
  await recordEvent(tx, {
    kind: 'recovery_code_used',
    occurredAt: deps.clock.now(),
    loginId: member.loginId,
    clientIp: origin.clientIp,
    requestId: origin.requestId,
    detail: { left: await countRecoveryCodes(tx, member.id) },
  });
}
