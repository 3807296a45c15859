/** What someone typed as second factor, judged and spent: a code of the authenticator app or a recovery code. */

import type { BrowserOrigin } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { attemptLimits, forgiveAttempts, type Locked, reserveOrLock } from './attempts.ts';
import { secondStepLimit } from './rules/lock-out.ts';
import { recoveryCodeHash, typedRecoveryCode } from './rules/recovery-code.ts';
import { totpCode, totpStep } from './rules/totp.ts';
import type { IdentityDeps } from './session.ts';
import type { Member } from './store/members.ts';
import { clearAttempts } from './store/throttle.ts';
import { prepareSteps, spendStep, takeRecoveryCode } from './store/two-factor.ts';

/** A factor that fits but is not spent yet. */
export type Factor =
  | { readonly kind: 'code'; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly codeHash: string };

export type FactorRefused =
  | { readonly kind: 'wrong' }
  /** Neither six digits nor a recovery code: no guess, only a slip. */
  | { readonly kind: 'malformed' }
  | Locked;

type Typed = {
  /** Base32. */
  readonly key: string;
  readonly code: string;
  readonly origin: BrowserOrigin;
};

/**
 * Spends what was typed and runs `then` in the same transaction; its value is the result. Wrong factors count where
 * wrong passwords do, and for the member besides.
 */
export async function useFactor<T>(
  deps: IdentityDeps,
  member: Member,
  { key, code, origin }: Typed,
  then: (tx: Db, factor: Factor) => Promise<T>,
): Promise<T | FactorRefused> {
  const factor = judgeFactor(member.id, key, code, deps.clock.now());
  if (factor === 'malformed') return { kind: 'malformed' };
  const limits = [...attemptLimits(member.loginId, origin), secondStepLimit(member.id)];
  const locked = await reserveOrLock(deps, limits, origin);
  if (locked) return locked;
  const result = factor === 'wrong' ? undefined : await spendThen(deps, member, factor, then);
  if (result === undefined) return refuseWrong(deps, member, origin, factor === 'wrong' ? 'wrong' : 'spent');
  await forgiveAttempts(deps.store.db, member.loginId, origin);
  await clearAttempts(deps.store.db, secondStepLimit(member.id).throttleId);
  return result.value;
}

function judgeFactor(
  memberId: number,
  key: string,
  typed: string,
  now: number,
): Factor | 'wrong' | 'malformed' {
  const code = totpCode(typed);
  if (code !== undefined) {
    const step = totpStep(code, key, now);
    return step === undefined ? 'wrong' : { kind: 'code', step };
  }
  const recoveryCode = typedRecoveryCode(typed);
  if (recoveryCode === undefined) return 'malformed';
  return { kind: 'recovery-code', codeHash: recoveryCodeHash(memberId, key, recoveryCode) };
}

/** Undefined when the factor was used before, or is no recovery code of the member. */
async function spendThen<T>(
  deps: IdentityDeps,
  member: Member,
  factor: Factor,
  then: (tx: Db, factor: Factor) => Promise<T>,
): Promise<{ value: T } | undefined> {
  await prepareSteps(deps.store, member.id);
  return deps.store.db.transaction().execute(async (tx) => {
    const spent = await spendFactor(tx, member.id, factor, deps.clock.now());
    return spent ? { value: await then(tx, factor) } : undefined;
  });
}

/** RFC 6238 §5.2: a code is taken once; one conditional write decides for whom. */
const spendFactor = (tx: Db, memberId: number, factor: Factor, now: number): Promise<boolean> =>
  factor.kind === 'code'
    ? spendStep(tx, memberId, factor.step, now)
    : takeRecoveryCode(tx, memberId, factor.codeHash, now);

/** `spent`: the code fitted but was used before, or no such recovery code is left. */
async function refuseWrong(
  deps: IdentityDeps,
  member: Member,
  origin: BrowserOrigin,
  reason: 'wrong' | 'spent',
): Promise<FactorRefused> {
  const event = {
    kind: 'second_factor_failed' as const,
    occurredAt: deps.clock.now(),
    loginId: member.loginId,
    clientIp: origin.clientIp,
    requestId: origin.requestId,
    detail: { reason },
  };
  await deps.refusals.record(deps.store.db, event, member.loginId);
  return { kind: 'wrong' };
}
