/** Attempts at a password or code: counted before they are tried, told when there were too many, forgiven afterwards. */

import type { BrowserOrigin } from '../audit/origin.ts';
import type { Db } from '../database/open.ts';
import { addressLimits, type Limit, lockMinutes, loginIdLimit } from './rules/lock-out.ts';
import type { IdentityDeps } from './session.ts';
import { clearAttempts, releaseAttempt, reserveAttempts } from './store/throttle.ts';

export type Locked = { readonly kind: 'locked'; readonly minutes: number };

/** Counts the attempt; undefined when it may be tried. The audit log hears of a lock once in a window. */
export async function reserveOrLock(
  deps: IdentityDeps,
  limits: readonly Limit[],
  origin: BrowserOrigin,
): Promise<Locked | undefined> {
  const now = deps.clock.now();
  const reservation = await reserveAttempts(deps.store, limits, now);
  if (reservation.kind === 'reserved') return undefined;
  if (reservation.firstRefusal) {
    const { clientIp, requestId } = origin;
    const event = { kind: 'login_throttled' as const, occurredAt: now, clientIp, requestId };
    await deps.refusals.record(deps.store.db, event);
  }
  return { kind: 'locked', minutes: lockMinutes(reservation.lockedUntil, now) };
}

/** What an attempt at a login id counts against. The address first: while it is locked, no login id that it tries leaves a trace. */
export const attemptLimits = (loginId: string, origin: BrowserOrigin): Limit[] => [
  ...addressLimits(callerIn(origin)),
  loginIdLimit(loginId, callerIn(origin)),
];

const callerIn = ({ clientIp, countedAs }: BrowserOrigin): string => countedAs ?? clientIp;

/** Wrong guesses are forgotten for the login id, and the address gets back what this attempt had reserved. */
export async function forgiveAttempts(db: Db, loginId: string, origin: BrowserOrigin): Promise<void> {
  await clearAttempts(db, loginIdLimit(loginId, callerIn(origin)).throttleId);
  for (const { throttleId } of addressLimits(callerIn(origin))) await releaseAttempt(db, throttleId);
}
