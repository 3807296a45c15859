/** How long an admin session lives and what it may do. Values in, verdict out. */

export const SESSION_SECONDS = {
  /** Without a request. */
  idle: 2 * 3600,
  /** After login, whatever happens. */
  absolute: 12 * 3600,
  /** Between the password and the second step. */
  pending: 10 * 60,
  /** After the password, for what asks for it again. */
  confirmed: 30 * 60,
  /** `last_seen_at` may lag by this much: not every request is a write. */
  seenResolution: 60,
} as const;

/** What a login rests on: the password typed here, or the word of EC-CUBE's admin (staff/link-log-in.ts). */
export type LoginBy = 'password' | 'link';

/** The time of a confirmation that never was. */
const NEVER = 0;

/** When the password was given to a session that begins `now`. */
export const confirmedAtFirst = (by: LoginBy, now: number): number => (by === 'password' ? now : NEVER);

export const loginBy = ({ confirmedAt }: { readonly confirmedAt: number }): LoginBy =>
  confirmedAt === NEVER ? 'link' : 'password';

export type SessionTimes = { readonly lastSeenAt: number; readonly expiresAt: number };

/** `live`, `stale` (live, but `last_seen_at` is due to be written), or `over`. */
export function judgeSession(
  { lastSeenAt, expiresAt }: SessionTimes,
  now: number,
): 'live' | 'stale' | 'over' {
  if (now >= expiresAt || now >= lastSeenAt + SESSION_SECONDS.idle) return 'over';
  return now >= lastSeenAt + SESSION_SECONDS.seenResolution ? 'stale' : 'live';
}

/** Whether the password was given lately enough for a sensitive act (ASVS 7.5.3). */
export const isConfirmed = (session: { readonly confirmedAt: number }, now: number): boolean =>
  now < session.confirmedAt + SESSION_SECONDS.confirmed;
