/** What a presented token is, for revocation and introspection. Nothing is believed of a JWT before its signature holds. */
import { sha256Hex } from '../../base/bytes.ts';
import { verifyJwt } from '../keys/jwt.ts';
import { adoptAccess, adoptRefresh, pluginAccess, pluginAccessFault } from '../plugin/adopt.ts';
import { isDefuseText } from '../plugin/defuse.ts';
import { readAccessToken, type TokenClaims } from '../rules/claims.ts';
import { OAuthError } from '../rules/errors.ts';
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
    const record = await foundRefresh(deps, token);
    return record && { kind: 'refresh', record };
  }
  const now = times === 'any' ? times : deps.clock.now();
  const result = await verifyJwt(token, deps.keys(), { issuer: deps.issuer, now });
  if (!result.ok) return foundPluginAccess(deps, token);
  const claims = readAccessToken(result.typ, result.claims, deps.issuer);
  return claims && { kind: 'access', claims, payload: result.claims };
}

/** One of the plugin that still lives is made ours, so that it can be ended or asked about. */
async function foundRefresh(deps: TokenDeps, token: string): Promise<RefreshRecord | undefined> {
  const hash = sha256Hex(token);
  const known = await findRefresh(deps.store.db, hash);
  if (known || !isDefuseText(token)) return known;
  try {
    await adoptRefresh(deps, token);
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
  return findRefresh(deps.store.db, hash);
}

async function foundPluginAccess(deps: TokenDeps, token: string): Promise<FoundToken | undefined> {
  const claims = await pluginAccess(deps, token);
  if (!claims || (await pluginAccessFault(deps, claims)) !== undefined) return undefined;
  if (!(await adoptAccess(deps, claims))) return undefined;
  const { clientId: aud, jti, subject: sub, expiresAt: exp } = claims;
  return { kind: 'access', claims, payload: { aud, jti, sub, iat: Math.floor(claims.issuedAt), exp } };
}
