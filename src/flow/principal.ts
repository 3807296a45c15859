/** Who stands behind a bearer token (RFC 6750), and whether the token still counts. */
import { sha256Hex } from '../base/bytes.ts';
import { verifyJwt } from '../keys/jwt.ts';
import { clientSubject, readAccessToken, type TokenClaims } from '../oauth/claims.ts';
import type { Principal } from '../oauth/scope.ts';
import { readLiveness, touchGrant } from '../store/grants.ts';
import type { TokenDeps } from './token-deps.ts';

export type BearerVerdict =
  | { kind: 'ok'; principal: Principal }
  | { kind: 'missing' }
  | { kind: 'invalid'; description: string };

type Known = { claims: TokenClaims; expiresAt: number };
type Alive = { checkedAtMs: number; memberId: number | null };

const REMEMBERED_TOKENS = 10_000; // verified signatures kept in memory, by hash
const GRANT_STAMP_SECONDS = 60; // last-used stamps are this coarse

export type PrincipalOf = (authorization: string | undefined) => Promise<BearerVerdict>;

export type Bearer = {
  principalOf: PrincipalOf;
  /** Forgets what is known of liveness; call it after revoking anything on this node. */
  forget(): void;
};

export function bearer(deps: TokenDeps): Bearer {
  const verified = new Map<string, Known>();
  const alive = new Map<string, Alive>();
  const principalOf: PrincipalOf = async (authorization) => {
    // RFC 9110 §11.1: the scheme is case-insensitive.
    const token = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      return /^bearer/i.test(authorization ?? '')
        ? invalid('the Authorization header must be “Bearer” and a token')
        : { kind: 'missing' };
    }
    const known = await identify(deps, verified, token);
    if ('kind' in known) return known;
    const life = await lifeOf(deps, alive, known.claims);
    if (typeof life === 'string') return invalid(life);
    return { kind: 'ok', principal: { ...known.claims, memberId: life.memberId } };
  };
  return { principalOf, forget: () => alive.clear() };
}

const invalid = (description: string): BearerVerdict & { kind: 'invalid' } => ({
  kind: 'invalid',
  description,
});

/** The claims of a token as a principal; a signature is checked once and remembered until the token expires. */
async function identify(deps: TokenDeps, verified: Map<string, Known>, token: string) {
  const hash = sha256Hex(token);
  const now = deps.clock.now();
  const known = verified.get(hash);
  if (known) return known.expiresAt > now ? known : invalid('the token has expired');
  const result = await verifyJwt(token, deps.keys(), { issuer: deps.issuer, now });
  if (!result.ok) return invalid(result.why);
  const claims = readAccessToken(result.typ, result.claims, deps.issuer);
  if (!claims) return invalid('the token is not an access token for this API');
  const entry = { claims, expiresAt: result.claims.exp ?? 0 };
  remember(verified, hash, entry, REMEMBERED_TOKENS);
  return entry;
}

/** Why the token no longer counts, or for whom it does. The database is asked at most every `livenessTtlMs`. */
async function lifeOf(
  deps: TokenDeps,
  alive: Map<string, Alive>,
  claims: TokenClaims,
): Promise<Alive | string> {
  const { livenessTtlMs } = deps.store.kit;
  const nowMs = deps.clock.monotonicMs();
  const known = alive.get(claims.jti);
  if (known && nowMs - known.checkedAtMs < livenessTtlMs) return known;
  const found = await readLiveness(deps.store.db, claims.grantId, claims.jti);
  if (found?.clientId !== claims.clientId) return 'the grant behind the token no longer exists';
  if (found.grantRevokedAt !== null || found.tokenRevokedAt !== null) return 'the token has been revoked';
  if (found.clientDisabledAt !== null) return 'the client is deactivated';
  const expected = found.memberId === null ? clientSubject(claims.clientId) : found.liveLoginId;
  if (expected !== claims.subject) return 'the member is no longer active';
  const now = deps.clock.now();
  if (now - (found.lastUsedAt ?? 0) >= GRANT_STAMP_SECONDS) {
    await touchGrant(deps.store.db, claims.grantId, now, GRANT_STAMP_SECONDS);
  }
  const life = { checkedAtMs: nowMs, memberId: found.memberId };
  if (livenessTtlMs > 0) remember(alive, claims.jti, life, REMEMBERED_TOKENS);
  return life;
}

function remember<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  const oldest = map.size >= limit ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
