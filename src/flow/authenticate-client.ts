/** Finds the client that speaks and judges its credentials, before anything else of a token-style request is looked at. */
import { type Client, type Credentials, judgeClient, readCredentials } from '../oauth/client.ts';
import { OAuthError } from '../oauth/errors.ts';
import type { Params } from '../oauth/params.ts';
import { findClient, touchSecret } from '../store/clients.ts';
import { recordEvent } from '../store/events.ts';
import type { Caller } from './caller.ts';
import type { TokenDeps } from './token-deps.ts';

const SECRET_STAMP_SECONDS = 60; // last-used stamps are this coarse

export type TokenRequest = {
  readonly params: Params;
  readonly resources: readonly string[];
  readonly authorization: string | undefined;
  readonly caller: Caller;
};

/** RFC 6749 §3.2.1. Throws `invalid_client`. */
export async function authenticateClient(deps: TokenDeps, request: TokenRequest): Promise<Client> {
  const credentials = readCredentials(request.authorization, request.params);
  const client = await findClient(deps.store.db, credentials.clientId);
  const now = deps.clock.now();
  const verdict = judgeClient(client, credentials, now);
  if (!verdict.ok || !client) return refuse(deps, request, credentials, verdict.ok ? '' : verdict.detail);
  if (verdict.secretId !== null) await stamp(deps, client, verdict.secretId, now);
  return client;
}

async function stamp(deps: TokenDeps, client: Client, secretId: string, now: number): Promise<void> {
  const last = client.secrets.find((secret) => secret.secretId === secretId)?.lastUsedAt ?? 0;
  if (now - last < SECRET_STAMP_SECONDS) return;
  await touchSecret(deps.store.db, secretId, now, SECRET_STAMP_SECONDS);
}

async function refuse(
  deps: TokenDeps,
  request: TokenRequest,
  credentials: Credentials,
  detail: string,
): Promise<never> {
  await recordEvent(deps.store.db, {
    kind: 'token_refused',
    occurredAt: deps.clock.now(),
    clientId: credentials.clientId,
    ...request.caller,
    detail: { error: 'invalid_client', reason: detail },
  });
  throw new OAuthError('invalid_client', undefined, detail);
}
