/** What a presented token is, for revocation and introspection. Nothing is believed of a JWT before its signature holds. */
import { sha256Hex } from '../../base/bytes.ts';
import { verifyJwt } from '../keys/jwt.ts';
import { readAccessToken, type TokenClaims } from '../rules/claims.ts';
import { findRefresh, type RefreshRecord } from '../store/grants.ts';
import type { TokenDeps } from './token-deps.ts';

export type FoundToken =
  | { kind: 'refresh'; record: RefreshRecord }
  | { kind: 'access'; claims: TokenClaims; payload: Readonly<Record<string, unknown>> };

/**
 * `token_type_hint` is not needed: the two kinds cannot be mistaken for each other (RFC 7009 §2.1). `times` 'any' finds an
 * access token that has expired or is not yet valid, too.
 */
export async function findToken(
  deps: TokenDeps,
  token: string,
  times: 'now' | 'any' = 'now',
): Promise<FoundToken | undefined> {
  if (!token.includes('.')) {
    const record = await findRefresh(deps.store.db, sha256Hex(token));
    return record && { kind: 'refresh', record };
  }
  const now = times === 'any' ? times : deps.clock.now();
  const result = await verifyJwt(token, deps.keys(), { issuer: deps.issuer, now });
  if (!result.ok) return undefined;
  const claims = readAccessToken(result.typ, result.claims, deps.issuer);
  return claims && { kind: 'access', claims, payload: result.claims };
}
