/** Judges the use of a refresh token (RFC 6749 §6, RFC 9700 §4.14.2: rotation with reuse detection). */

/**
 * A client whose answer got lost sends the same token again. Within this time, and only while the successor is unused, it
 * gets the same successor once more: the family stays one line and no one is locked out. Longer than `/token` may take to say
 * that a silent database has not answered (35 s) and the wait that it asks for then.
 */
export const ROTATION_GRACE_SECONDS = 60;

export type PresentedRefresh = {
  readonly clientId: string;
  readonly expiresAt: number;
  readonly rotatedAt: number | null;
  /** When the successor was itself used; null while it is unused. */
  readonly successorRotatedAt: number | null;
  readonly grantRevokedAt: number | null;
};

export type RefreshVerdict =
  | { kind: 'rotate' }
  | { kind: 'retry' }
  /** A token of an earlier generation: the family must end. */
  | { kind: 'reuse' }
  | { kind: 'refuse'; description: string };

const refuse = (description: string): RefreshVerdict => ({ kind: 'refuse', description });

export function judgeRefresh(
  token: PresentedRefresh | undefined,
  clientId: string,
  now: number,
): RefreshVerdict {
  if (!token) return refuse('The refresh token is not valid.');
  if (token.clientId !== clientId) return refuse('The refresh token was issued to another client.');
  if (token.grantRevokedAt !== null) return refuse('The refresh token has been revoked.');
  if (token.expiresAt <= now) return refuse('The refresh token has expired.');
  if (token.rotatedAt === null) return { kind: 'rotate' };
  const inGrace = now - token.rotatedAt <= ROTATION_GRACE_SECONDS && token.successorRotatedAt === null;
  return inGrace ? { kind: 'retry' } : { kind: 'reuse' };
}
