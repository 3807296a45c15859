/** Finds the client that speaks and judges its credentials, before anything else of a token-style request is looked at. */

import type { Origin } from '../../audit/origin.ts';
import { sha256Hex } from '../../base/bytes.ts';
import {
  type Client,
  type ClientSecret,
  type Credentials,
  matchSecret,
  readCredentials,
  standingFault,
} from '../rules/client.ts';
import { type AssertionVerdict, judgeAssertion } from '../rules/client-assertion.ts';
import { OAuthError } from '../rules/errors.ts';
import type { Params } from '../rules/params.ts';
import { takeAssertion } from '../store/assertions.ts';
import { findClient, touchSecret } from '../store/clients.ts';
import type { TokenDeps } from './token-deps.ts';

const SECRET_STAMP_SECONDS = 60; // last-used stamps are this coarse

export type TokenRequest = {
  readonly params: Params;
  readonly resources: readonly string[];
  readonly authorization: string | undefined;
  readonly origin: Origin;
  /**
   * `beforeCommit` is the last thing before a commit. It throws where the asker has been told to come again; else he waits for
   * the outcome, as long again: told to come again, he would find his code used.
   */
  readonly patience: { beforeCommit(): void };
};

/** RFC 6749 §3.2.1. Throws `invalid_client`. */
export async function authenticateClient(deps: TokenDeps, request: TokenRequest): Promise<Client> {
  const credentials = readCredentials(request.authorization, request.params);
  const client = await findClient(deps.store.db, credentials.clientId);
  const standing = standingFault(client, credentials.method, credentials.also);
  const fault = standing === undefined ? await proofFault(deps, client, credentials) : { detail: standing };
  if (fault !== undefined || !client) {
    return refuse(deps, request, credentials.clientId, client, fault ?? { detail: 'unknown client' });
  }
  return client;
}

/** `detail` is for the log; `shown` may be told to the client, since it has proven who it is or says nothing of that. */
type Fault = { readonly detail: string; readonly shown?: string };

/** Why the proof does not hold; undefined when it does. */
async function proofFault(
  deps: TokenDeps,
  client: Client | undefined,
  { method, proof }: Credentials,
): Promise<Fault | undefined> {
  if (!client || method === 'none') return undefined;
  if (method === 'private_key_jwt') return assertionFault(deps, client, proof);
  const now = deps.clock.now();
  const secret = matchSecret(client, proof, now);
  if (!secret) return { detail: 'the client secret is wrong or expired' };
  await stamp(deps, secret, now);
  return undefined;
}

async function assertionFault(
  deps: TokenDeps,
  client: Client,
  assertion: string,
): Promise<Fault | undefined> {
  const verdict = await verifyAssertion(deps, client, assertion, false);
  if (!verdict.ok) return verdict.signed ? signedFault(verdict.detail) : { detail: verdict.detail };
  // RFC 7523 §3: an assertion counts once, on whatever node it comes in.
  const taken = { hash: sha256Hex(`${client.clientId}\n${verdict.jti}`), expiresAt: verdict.expiresAt };
  const first = await takeAssertion(deps.store.db, deps.store.kit, taken);
  return first
    ? undefined
    : signedFault('it was used before; make a new one, with a new jti, for every request');
}

/** The client has signed it, so it is told what is wrong. */
const signedFault = (detail: string): Fault => ({ detail, shown: `client_assertion is refused: ${detail}.` });

async function verifyAssertion(
  deps: TokenDeps,
  client: Client,
  assertion: string,
  fresh: boolean,
): Promise<AssertionVerdict> {
  const jwks = await deps.clientKeys.of(client, fresh);
  if (!jwks)
    return { ok: false, detail: 'the client’s keys cannot be had', unknownKey: false, signed: false };
  const audiences = [
    deps.issuer,
    `${deps.issuer}/token`,
    `${deps.issuer}/revoke`,
    `${deps.issuer}/introspect`,
  ];
  const { clientId } = client;
  const verdict = await judgeAssertion(assertion, jwks, { clientId, audiences, now: deps.clock.now() });
  return !verdict.ok && verdict.unknownKey && !fresh
    ? verifyAssertion(deps, client, assertion, true)
    : verdict;
}

async function stamp(deps: TokenDeps, secret: ClientSecret, now: number): Promise<void> {
  if (now - (secret.lastUsedAt ?? 0) < SECRET_STAMP_SECONDS) return;
  await touchSecret(deps.store.db, secret.secretId, now, SECRET_STAMP_SECONDS);
}

async function refuse(
  deps: TokenDeps,
  request: TokenRequest,
  clientId: string,
  client: Client | undefined,
  { detail, shown }: Fault,
): Promise<never> {
  const event = {
    kind: 'token_refused' as const,
    occurredAt: deps.clock.now(),
    clientId,
    ...request.origin,
    detail: { error: 'invalid_client', reason: detail },
  };
  await deps.refusals.record(deps.store.db, event, client?.clientId);
  throw new OAuthError('invalid_client', shown, detail);
}
