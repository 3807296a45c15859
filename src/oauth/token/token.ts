/** The token endpoint (RFC 6749 §3.2): client first, then the grant type's own flow, by a table. */
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { required } from '../rules/params.ts';
import { checkResources } from '../rules/resource.ts';
import { authenticateClient, type TokenRequest } from './authenticate-client.ts';
import { clientCredentials } from './client-credentials.ts';
import type { TokenAnswer } from './issue.ts';
import { redeemCode } from './redeem-code.ts';
import { refresh } from './refresh.ts';
import type { TokenDeps } from './token-deps.ts';

type Grant = (deps: TokenDeps, client: Client, request: TokenRequest) => Promise<TokenAnswer>;

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ['authorization_code', redeemCode],
  ['refresh_token', refresh],
  ['client_credentials', clientCredentials],
]);

export async function issueToken(deps: TokenDeps, request: TokenRequest): Promise<TokenAnswer> {
  const type = required(request.params, 'grant_type');
  const grant = GRANTS.get(type);
  if (!grant) throw new OAuthError('unsupported_grant_type');
  const client = await authenticateClient(deps, request);
  try {
    if (!client.grants.includes(type)) throw new OAuthError('unauthorized_client');
    checkResources(request.resources, deps.issuer);
    return await grant(deps, client, request);
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
    ...request.caller,
    detail: { error: error.code, reason: error.description, grant_type: grantType },
  };
  await deps.refusals.record(deps.store.db, event, client.clientId);
}
