/** Token introspection (RFC 7662): for the client itself and for clients marked as resource servers; others learn nothing. */
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { required } from '../rules/params.ts';
import { isWithin } from '../rules/scope.ts';
import { lifeFault } from '../rules/token-life.ts';
import { findClient } from '../store/clients.ts';
import { readLiveness } from '../store/grants.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { type FoundToken, findToken } from './find-token.ts';
import type { TokenDeps } from './token-deps.ts';

/** RFC 7662 §2.2; `{ active: false }` says nothing of why. */
export type Introspection = { active: false } | ({ active: true } & Readonly<Record<string, unknown>>);

const INACTIVE: Introspection = { active: false };

export async function introspectToken(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
): Promise<Introspection> {
  if (client.isPublic)
    throw new OAuthError('invalid_client', 'Introspection needs a client that can authenticate.');
  const found = await findToken(deps, required(request.params, 'token'));
  if (!found || !maySee(client, found)) return INACTIVE;
  return found.kind === 'access' ? accessFacts(deps, found) : refreshFacts(deps, found);
}

const maySee = (client: Client, found: FoundToken): boolean =>
  client.policies.resourceServer ||
  client.clientId === (found.kind === 'access' ? found.claims : found.record).clientId;

async function accessFacts(
  deps: TokenDeps,
  { claims, payload }: FoundToken & { kind: 'access' },
): Promise<Introspection> {
  const life = await readLiveness(deps.store.db, claims.grantId, claims.jti);
  if (!life || lifeFault(claims, life, deps.clock.now()) !== undefined) return INACTIVE;
  const { iss, aud, sub, jti, iat, nbf, exp } = payload;
  const scope = [...claims.scopes].join(' ');
  return {
    active: true,
    scope,
    client_id: claims.clientId,
    ...(life.memberId === null ? {} : { username: claims.subject }),
    token_type: 'Bearer',
    iss,
    aud,
    sub,
    jti,
    iat,
    nbf,
    exp,
  };
}

async function refreshFacts(
  deps: TokenDeps,
  { record }: FoundToken & { kind: 'refresh' },
): Promise<Introspection> {
  const dead =
    record.grantRevokedAt !== null || record.rotatedAt !== null || record.expiresAt <= deps.clock.now();
  if (dead || record.loginId === null || record.liveLoginId !== record.loginId) return INACTIVE;
  const client = await findClient(deps.store.db, record.clientId);
  if (client?.disabledAt !== null || !client.grantTypes.includes('refresh_token')) return INACTIVE;
  const scopes = record.scope.split(' ').filter((scope) => isWithin(scope, client.scopes));
  if (scopes.length === 0) return INACTIVE;
  return {
    active: true,
    scope: scopes.join(' '),
    client_id: record.clientId,
    username: record.loginId,
    token_type: 'refresh_token',
    iss: deps.issuer,
    sub: record.loginId,
    exp: record.expiresAt,
  };
}
