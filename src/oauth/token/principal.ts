/** Who is behind a bearer token (RFC 6750), and whether the token still counts. */
import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../../base/bytes.ts';
import { takesNoWrites } from '../../database/outage.ts';
import { verifyJwt } from '../keys/jwt.ts';
import type { SigningKey } from '../keys/keyring.ts';
import { adoptAccess, pluginAccess, pluginAccessFault } from '../plugin/adopt.ts';
import { readAccessToken, type TokenClaims } from '../rules/claims.ts';
import type { Principal } from '../rules/scope.ts';
import { type Liveness, lifeFault } from '../rules/token-life.ts';
import { readLiveness, touchGrant } from '../store/grants.ts';
import type { AliveToken } from './alive-tokens.ts';
import type { TokenDeps } from './token-deps.ts';

export type BearerVerdict =
  | { kind: 'ok'; principal: Principal }
  | { kind: 'missing' }
  | { kind: 'invalid'; description: string };

const REMEMBERED_TOKENS = 10_000; // verified signatures kept in memory, by hash
const GRANT_STAMP_SECONDS = 60; // last-used stamps are this coarse

export type PrincipalOf = (authorization: string | undefined) => Promise<BearerVerdict>;

export type Bearer = { readonly principalOf: PrincipalOf };

export function bearer(deps: TokenDeps): Bearer {
  const verified = verifiedTokens();
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
    const life = await lifeOf(deps, known, hash);
    if (typeof life === 'string') return invalid(life);
    const { memberId, costPerMinute, isSystem } = life;
    return { kind: 'ok', principal: { ...known, memberId, costPerMinute, isSystem } };
  };
  return { principalOf };
}

const invalid = (description: string): BearerVerdict & { kind: 'invalid' } => ({
  kind: 'invalid',
  description,
});

/** Claims of tokens whose signature held, by hash, for as long as the ring of keys is what it was. */
type Verified = { of(ring: readonly SigningKey[]): LRUCache<string, TokenClaims> };

function verifiedTokens(): Verified {
  const known = new LRUCache<string, TokenClaims>({ max: REMEMBERED_TOKENS });
  let checkedBy: readonly SigningKey[] | undefined;
  return {
    of(ring) {
      if (ring !== checkedBy) known.clear();
      checkedBy = ring;
      return known;
    },
  };
}

/** `issuedAt`: the plugin signed it. */
type Known = TokenClaims & { readonly issuedAt?: number };

/** The claims of a token; a signature is checked once and remembered until the token expires or the keys change. */
async function identify(
  deps: TokenDeps,
  verified: Verified,
  token: string,
  hash: string,
): Promise<Known | (BearerVerdict & { kind: 'invalid' })> {
  const now = deps.clock.now();
  const ring = deps.keys();
  const known = verified.of(ring).get(hash);
  if (known) return known.expiresAt > now ? known : invalid('the token has expired');
  const result = await verifyJwt(token, ring, { issuer: deps.issuer, now });
  if (!result.ok) return (await pluginAccess(deps, token)) ?? invalid(result.why);
  const claims = readAccessToken(result.typ, result.claims, deps.issuer);
  if (!claims) return invalid('the token is not an access token for this API');
  // A key that went while the signature was checked must not leave anything behind.
  if (deps.keys() === ring) verified.of(ring).set(hash, claims);
  return claims;
}

/** Why the token no longer counts, or for whom it does. The database is asked at most every `livenessTtlMs`. */
async function lifeOf(deps: TokenDeps, claims: Known, hash: string): Promise<AliveToken | string> {
  const { livenessTtlMs } = deps.store.kit;
  const nowMs = deps.clock.monotonicMs();
  const known = deps.alive.of(hash);
  if (known && nowMs - known.checkedAtMs < livenessTtlMs) return known;
  const since = deps.alive.forgettings();
  const found = await livenessOf(deps, claims);
  if (typeof found === 'string') return found;
  const now = deps.clock.now();
  const fault = lifeFault(claims, found, now);
  if (fault !== undefined || !found) return fault ?? 'the grant behind the token no longer exists';
  if (now - (found.lastUsedAt ?? 0) >= GRANT_STAMP_SECONDS) {
    await stamp(deps, claims.grantId, now);
  }
  const { grantId } = claims;
  const { memberId, costPerMinute, clientPurpose } = found;
  const isSystem = clientPurpose !== null;
  const life = { grantId, checkedAtMs: nowMs, memberId, costPerMinute, isSystem };
  // What was read before a revocation on this node must not outlive it.
  if (livenessTtlMs > 0) deps.alive.keep(hash, life, since);
  return life;
}

/** A token of the plugin is made ours when it comes in first, and counts no longer than the plugin's own row does. */
async function livenessOf(deps: TokenDeps, claims: Known): Promise<Liveness | string | undefined> {
  const { db } = deps.store;
  if (claims.issuedAt === undefined) return readLiveness(db, claims.grantId, claims.jti);
  const token = { ...claims, issuedAt: claims.issuedAt };
  const fault = await pluginAccessFault(deps, token);
  if (fault !== undefined) return fault;
  const known = await readLiveness(db, claims.grantId, claims.jti);
  if (known && known.tokenExpiresAt !== null) return known;
  return (await adoptAccess(deps, token)) ? readLiveness(db, claims.grantId, claims.jti) : undefined;
}

/** A database that cannot be written now is no reason to refuse who reads. */
async function stamp({ store }: TokenDeps, grantId: string, now: number): Promise<void> {
  try {
    await touchGrant(store.db, grantId, now, GRANT_STAMP_SECONDS);
  } catch (error) {
    if (!takesNoWrites(error)) throw error;
  }
}
