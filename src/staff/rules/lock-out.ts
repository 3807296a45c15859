/**
 * How many wrong passwords are borne (EC-CUBE 4.2+): 5 for a login id from one address, 25 from one address, in a fixed
 * window of 30 minutes. Counting is `staff/store/throttle.ts`.
 */
import { sha256Hex } from '../../base/bytes.ts';
import { countedAddress, proxyOf } from './counted-address.ts';

export type Limit = {
  /** What is counted, as a hash: neither login ids nor addresses stand in the table. */
  readonly throttleId: string;
  readonly maxFailures: number;
  readonly windowSeconds: number;
};

const WINDOW_SECONDS = 30 * 60;
const MAX_PER_LOGIN_ID = 5;
const MAX_PER_ADDRESS = 25;
const MAX_PER_UNNAMED_PROXY = 250;
const MAX_SECOND_STEPS = 10;

/** Letter case must not open a second budget: EC-CUBE counts the lower-cased login id. */
export const loginIdLimit = (loginId: string, clientIp: string): Limit =>
  limit(`login\0${loginId.toLowerCase()}\0${countedAddress(clientIp)}`, MAX_PER_LOGIN_ID);

export const addressLimit = (clientIp: string): Limit =>
  limit(`address\0${countedAddress(clientIp)}`, MAX_PER_ADDRESS);

/**
 * Behind a proxy that is not named anyone may write addresses of his own choice: bounded for the proxy as a whole, and
 * first, so that while it is locked no address that he makes up leaves a trace.
 */
export function addressLimits(caller: string): Limit[] {
  const proxy = proxyOf(caller);
  const whole = proxy === undefined ? [] : [limit(`proxy\0${countedAddress(proxy)}`, MAX_PER_UNNAMED_PROXY)];
  return [...whole, addressLimit(caller)];
}

/**
 * Wrong second steps of one member, whatever the address. Only who knows the password gets so far, so no one else can
 * lock the member out by it.
 */
export const secondStepLimit = (memberId: number): Limit => limit(`second\0${memberId}`, MAX_SECOND_STEPS);

/** Whole minutes to wait, rounded up, at least one. */
export const lockMinutes = (lockedUntil: number, now: number): number =>
  Math.max(1, Math.ceil((lockedUntil - now) / 60));

const limit = (counted: string, maxFailures: number): Limit => ({
  throttleId: sha256Hex(counted),
  maxFailures,
  windowSeconds: WINDOW_SECONDS,
});
