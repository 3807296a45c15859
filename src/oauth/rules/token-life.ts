/**
 * Whether a well-signed access token counts, by the rows behind it as they are now. A signature alone proves nothing: a key
 * may be stolen, so a token is good only as the very one that was issued, and for what its grant and its client still hold.
 */
import { clientSubject, type TokenClaims } from './claims.ts';
import { isWithin } from './scope.ts';

/** What is stored about a token, its grant and its client. */
export type Liveness = {
  readonly clientId: string;
  readonly grantScope: string;
  readonly grantRevokedAt: number | null;
  readonly memberId: number | null;
  readonly lastUsedAt: number | null;
  /** `login_id` of the approver as it is now; null when the member may no longer approve. */
  readonly liveLoginId: string | null;
  readonly clientScope: string;
  readonly clientDisabledAt: number | null;
  /** What the client may spend for itself. */
  readonly costPerMinute: number | null;
  /** Null: the shop's own client; else what the program made it for. */
  readonly clientPurpose: string | null;
  /** Null = no token with this id was issued below the grant. */
  readonly tokenExpiresAt: number | null;
  readonly tokenRevokedAt: number | null;
};

/** Why the token does not count; undefined when it does. */
export function lifeFault(claims: TokenClaims, life: Liveness | undefined, now: number): string | undefined {
  if (life?.clientId !== claims.clientId) return 'the grant behind the token no longer exists';
  if (life.grantRevokedAt !== null || life.tokenRevokedAt !== null) return 'the token has been revoked';
  if (life.tokenExpiresAt === null) return 'no such token was issued';
  if (life.tokenExpiresAt <= now) return 'the token has expired';
  if (claims.expiresAt > life.tokenExpiresAt) return 'the token claims to live longer than it was issued for';
  if (life.clientDisabledAt !== null) return 'the client is deactivated';
  const expected = life.memberId === null ? clientSubject(claims.clientId) : life.liveLoginId;
  if (expected !== claims.subject) return 'the member who approved may no longer act';
  if (!holds(life.grantScope, claims.scopes)) return 'the token claims more scope than was granted';
  return holds(life.clientScope, claims.scopes) ? undefined : 'the client has lost a scope of the token';
}

function holds(text: string, scopes: ReadonlySet<string>): boolean {
  const allowed = text.split(' ');
  for (const scope of scopes) if (!isWithin(scope, allowed)) return false;
  return true;
}
