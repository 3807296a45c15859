/**
 * A walk through the code flow from a page of the admin: a public client made for it, with a token of a few minutes. Nothing
 * is kept between the two halves: `state` and PKCE verifier are drawn from the session's token, so that only this browser
 * can go on. The client stays as long as its token does and is swept afterwards.
 */

import type { Actor } from '../audit/origin.ts';
import { constantTimeEqual, hmacBase64url, sha256Base64url } from '../base/bytes.ts';
import { type ClientDeps, registerClient, removeClient } from './clients.ts';
import { defaultPolicies } from './rules/client.ts';
import { systemClients } from './store/client-marks.ts';
import { listLiveGrants } from './store/token-overview.ts';

export const WALK_TOKEN_SECONDS = 15 * 60;
const BEGUN_SECONDS = 30 * 60; // for the login, the consent and the code
const SWEPT = 50; // in one go
const NAMES = { tester: 'Tegata flow tester', explorer: 'Tegata API explorer' } as const;
const NOBODY: Actor = { loginId: null, clientIp: null, requestId: null };

export type WalkKind = keyof typeof NAMES;

export type FlowTest = {
  readonly clientId: string;
  readonly state: string;
  readonly verifier: string;
  readonly challenge: string;
};

export type StartedFlowTest = {
  readonly kind: WalkKind;
  readonly sessionToken: string;
  readonly scopes: readonly string[];
  /** Where the authorization endpoint sends the browser back to. */
  readonly callback: string;
};

export async function beginWalk(
  deps: ClientDeps,
  { kind, sessionToken, scopes, callback }: StartedFlowTest,
  actor: Actor,
): Promise<FlowTest> {
  const { client } = await registerClient(
    deps,
    {
      name: NAMES[kind],
      isPublic: true,
      redirectUris: [callback],
      scopes,
      grantTypes: ['authorization_code'],
      pkce: 'required',
      policies: { ...defaultPolicies(true), accessSeconds: WALK_TOKEN_SECONDS },
    },
    actor,
    undefined,
    kind,
  );
  return walkOf(client.clientId, sessionToken);
}

/** The walk that `state` belongs to; undefined when it was not begun in this session. */
export function resumeWalk(state: string, sessionToken: string): FlowTest | undefined {
  const walk = walkOf(state.split('.')[0] ?? '', sessionToken);
  return constantTimeEqual(walk.state, state) ? walk : undefined;
}

function walkOf(clientId: string, sessionToken: string): FlowTest {
  const verifier = hmacBase64url(sessionToken, `flow tester verifier ${clientId}`);
  const proof = hmacBase64url(sessionToken, `flow tester state ${clientId}`);
  return { clientId, state: `${clientId}.${proof}`, verifier, challenge: sha256Base64url(verifier) };
}

/** A walk that came to nothing: the client goes, and with it whatever it was given. */
export const endWalk = (deps: ClientDeps, { clientId }: FlowTest, actor: Actor): Promise<boolean> =>
  removeClient(deps, clientId, actor);

/** Removes the clients of walks whose token has ended, or that no one finished. */
export async function sweepWalks(deps: ClientDeps): Promise<void> {
  const now = deps.clock.now();
  for (const clientId of await systemClients(deps.store.db, now - BEGUN_SECONDS, SWEPT)) {
    const { grants } = await listLiveGrants(deps.store.db, { now, limit: 1, clientId });
    if (grants.length === 0) await removeClient(deps, clientId, NOBODY);
  }
}
