/** Who stands behind a bearer token (RFC 6750), and whether the token still counts. */
import { sha256Hex } from '../../base/bytes.ts';
import { takesNoWrites } from '../../database/outage.ts';
import { verifyJwt } from '../keys/jwt.ts';
import type { SigningKey } from '../keys/keyring.ts';
import { readAccessToken, type TokenClaims } from '../rules/claims.ts';
import type { Principal } from '../rules/scope.ts';
import { lifeFault } from '../rules/token-life.ts';
import { readLiveness, touchGrant } from '../store/grants.ts';
import type { TokenDeps } from './token-deps.ts';

export type BearerVerdict =
  | { kind: 'ok'; principal: Principal }
  | { kind: 'missing' }
  | { kind: 'invalid'; description: string };

type Alive = { checkedAtMs: number; memberId: number | null; costPerMinute: number | null };

/** What was read of tokens, by the hash of the whole token: another text with the same `jti` is another token. */
type Lives = { readonly byHash: Map<string, Alive>; forgotten: number };

const REMEMBERED_TOKENS = 10_000; // verified signatures kept in memory, by hash
const GRANT_STAMP_SECONDS = 60; // last-used stamps are this coarse

export type PrincipalOf = (authorization: string | undefined) => Promise<BearerVerdict>;

export type Bearer = {
  principalOf: PrincipalOf;
  /** Forgets what is known of liveness; call it after revoking anything on this node. */
  forget(): void;
};

export function bearer(deps: TokenDeps): Bearer {
  const verified = verifiedTokens();
  const alive: Lives = { byHash: new Map(), forgotten: 0 };
  const principalOf: PrincipalOf = async (authorization) => {
    // RFC 9110 §11.1: the scheme is case-insensitive.
    const token = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      return /^bearer/i.test(authorization ?? '')
        ? invalid('the Authorization header must be “Bearer” and a token')
        : { kind: 'missing' };
    }
    const hash = sha256Hex(token);
    const known = await identify(deps, verified, token, hash);
    if ('kind' in known) return known;
    const life = await lifeOf(deps, alive, known, hash);
    if (typeof life === 'string') return invalid(life);
    const { memberId, costPerMinute } = life;
    return { kind: 'ok', principal: { ...known, memberId, costPerMinute } };
  };
  const forget = (): void => {
    alive.byHash.clear();
    alive.forgotten += 1;
  };
  return { principalOf, forget };
}

const invalid = (description: string): BearerVerdict & { kind: 'invalid' } => ({
  kind: 'invalid',
  description,
});

/** Claims of tokens whose signature held, by hash, for as long as the ring of keys is what it was. */
type Verified = { of(ring: readonly SigningKey[]): Map<string, TokenClaims> };

function verifiedTokens(): Verified {
  const known = new Map<string, TokenClaims>();
  let checkedBy: readonly SigningKey[] | undefined;
  return {
    of(ring) {
      if (ring !== checkedBy) known.clear();
      checkedBy = ring;
      return known;
    },
  };
}

/** The claims of a token; a signature is checked once and remembered until the token expires or the keys change. */
async function identify(deps: TokenDeps, verified: Verified, token: string, hash: string) {
  const now = deps.clock.now();
  const ring = deps.keys();
  const known = verified.of(ring).get(hash);
  if (known) return known.expiresAt > now ? known : invalid('the token has expired');
  const result = await verifyJwt(token, ring, { issuer: deps.issuer, now });
  if (!result.ok) return invalid(result.why);
  const claims = readAccessToken(result.typ, result.claims, deps.issuer);
  if (!claims) return invalid('the token is not an access token for this API');
  // A key that went while the signature was checked must not leave anything behind.
  if (deps.keys() === ring) remember(verified.of(ring), hash, claims, REMEMBERED_TOKENS);
  return claims;
}

/** Why the token no longer counts, or for whom it does. The database is asked at most every `livenessTtlMs`. */
async function lifeOf(
  deps: TokenDeps,
  alive: Lives,
  claims: TokenClaims,
  hash: string,
): Promise<Alive | string> {
  const { livenessTtlMs } = deps.store.kit;
  const nowMs = deps.clock.monotonicMs();
  const known = alive.byHash.get(hash);
  if (known && nowMs - known.checkedAtMs < livenessTtlMs) return known;
  const { forgotten } = alive;
  const found = await readLiveness(deps.store.db, claims.grantId, claims.jti);
  const now = deps.clock.now();
  const fault = lifeFault(claims, found, now);
  if (fault !== undefined || !found) return fault ?? 'the grant behind the token no longer exists';
  if (now - (found.lastUsedAt ?? 0) >= GRANT_STAMP_SECONDS) {
    await stamp(deps, claims.grantId, now);
  }
  const { memberId, costPerMinute } = found;
  const life = { checkedAtMs: nowMs, memberId, costPerMinute };
  // What was read before a revocation on this node must not outlive it.
  if (livenessTtlMs > 0 && forgotten === alive.forgotten) {
    remember(alive.byHash, hash, life, REMEMBERED_TOKENS);
  }
  return life;
}

/** A database that cannot be written now is no reason to refuse who reads. */
async function stamp({ store }: TokenDeps, grantId: string, now: number): Promise<void> {
  try {
    await touchGrant(store.db, grantId, now, GRANT_STAMP_SECONDS);
  } catch (error) {
    if (!takesNoWrites(error)) throw error;
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  const oldest = map.size >= limit ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
