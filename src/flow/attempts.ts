/** Attempts at a password or code: counted before they are tried, told when there were too many, forgiven afterwards. */
import { addressLimits, type Limit, lockMinutes, loginIdLimit } from '../identity/lock-out.ts';
import { recordEvent } from '../store/events.ts';
import type { Db } from '../store/open.ts';
import { clearAttempts, releaseAttempt, reserveAttempts } from '../store/throttle.ts';
import type { IdentityDeps, Origin } from './session.ts';

export type Locked = { readonly kind: 'locked'; readonly minutes: number };

/** Counts the attempt; undefined when it may be tried. The audit log hears of a lock once in a window. */
export async function reserveOrLock(
  deps: IdentityDeps,
  limits: readonly Limit[],
  origin: Origin,
): Promise<Locked | undefined> {
  const now = deps.clock.now();
  const reservation = await reserveAttempts(deps.store, limits, now);
  if (reservation.kind === 'reserved') return undefined;
  if (reservation.firstRefusal) {
    await recordEvent(deps.store.db, {
      kind: 'login_throttled',
      occurredAt: now,
      clientIp: origin.clientIp,
      requestId: origin.requestId,
    });
  }
  return { kind: 'locked', minutes: lockMinutes(reservation.lockedUntil, now) };
}

/** What an attempt at a login id counts against. */
export const attemptLimits = (loginId: string, { clientIp, countedAs }: Origin): Limit[] => {
  const caller = countedAs ?? clientIp;
  return [loginIdLimit(loginId, caller), ...addressLimits(caller)];
};

/** Wrong guesses are forgotten for the login id, and the address gets back what this attempt had reserved. */
export async function forgiveAttempts(db: Db, loginId: string, origin: Origin): Promise<void> {
  const [ofLoginId, ...ofAddress] = attemptLimits(loginId, origin);
  if (ofLoginId) await clearAttempts(db, ofLoginId.throttleId);
  for (const { throttleId } of ofAddress) await releaseAttempt(db, throttleId);
}
