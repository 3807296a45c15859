/** The token endpoint (RFC 6749 §3.2): the grant type's own flow, by a table, for a client that has proven itself. */
import { type Client, GRANT_TYPES, type GrantType } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { type Params, required } from '../rules/params.ts';
import { checkResources } from '../rules/resource.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { clientCredentials } from './client-credentials.ts';
import type { TokenAnswer } from './issue.ts';
import { redeemCode } from './redeem-code.ts';
import { refresh } from './refresh.ts';
import type { TokenDeps } from './token-deps.ts';

type Grant = (deps: TokenDeps, client: Client, request: TokenRequest) => Promise<TokenAnswer>;

const GRANTS: Readonly<Record<GrantType, Grant>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  client_credentials: clientCredentials,
};

/** Throws `invalid_request` without a grant type and `unsupported_grant_type` for one that is not served. */
export function grantTypeOf(params: Params): GrantType {
  const wanted = required(params, 'grant_type');
  const type = GRANT_TYPES.find((one) => one === wanted);
  if (!type) throw new OAuthError('unsupported_grant_type');
  return type;
}

/** Throws `OAuthError`; the refusal is in the audit log then. */
export async function issueToken(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
): Promise<TokenAnswer> {
  const type = grantTypeOf(request.params);
  try {
    if (!client.grantTypes.includes(type)) throw new OAuthError('unauthorized_client');
    checkResources(request.resources, deps.issuer);
    return await GRANTS[type](deps, client, request);
  } catch (error) {
    if (error instanceof OAuthError) await refused(deps, client, type, request, error);
    throw error;
  }
}

async function refused(
  deps: TokenDeps,
  client: Client,
  grantType: string,
  request: TokenRequest,
  error: OAuthError,
): Promise<void> {
  const event = {
    kind: 'token_refused' as const,
    occurredAt: deps.clock.now(),
    clientId: client.clientId,
    ...request.origin,
    detail: { error: error.code, reason: error.description, grant_type: grantType },
  };
  await deps.refusals.record(deps.store.db, event, client.clientId);
}
