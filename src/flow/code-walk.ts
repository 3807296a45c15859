/**
 * A walk through the code flow from a page of the admin: a public client made for it, with a token of a few minutes. Nothing
 * is kept between the two halves: `state` and PKCE verifier are drawn from the session's token, so that only this browser
 * can go on. The client stays as long as its token does and is swept afterwards.
 */
import { constantTimeEqual, hmacBase64url, sha256Base64url } from '../base/bytes.ts';
import { defaultPolicies } from '../oauth/client.ts';
import { clientsNamed } from '../store/client-search.ts';
import { listLiveGrants } from '../store/token-overview.ts';
import { type Actor, type ClientDeps, registerClient, removeClient } from './clients.ts';

export const WALK_TOKEN_SECONDS = 15 * 60;
const BEGUN_SECONDS = 30 * 60; // for the login, the consent and the code
const SWEPT = 50; // of one name in one go
const NAMES = { tester: 'Tegata flow tester', explorer: 'Tegata API explorer' } as const;
const NOBODY: Actor = { loginId: null, clientIp: null, requestId: null };

export type WalkKind = keyof typeof NAMES;

export type Walk = {
  readonly clientId: string;
  readonly state: string;
  readonly verifier: string;
  readonly challenge: string;
};

export type Begun = {
  readonly kind: WalkKind;
  readonly sessionToken: string;
  readonly scopes: readonly string[];
  /** Where the authorization endpoint sends the browser back to. */
  readonly callback: string;
};

export async function beginWalk(
  deps: ClientDeps,
  { kind, sessionToken, scopes, callback }: Begun,
  actor: Actor,
): Promise<Walk> {
  const { client } = await registerClient(
    deps,
    {
      name: NAMES[kind],
      isPublic: true,
      redirectUris: [callback],
      scopes,
      grants: ['authorization_code'],
      pkceRequired: true,
      policies: { ...defaultPolicies(true), accessSeconds: WALK_TOKEN_SECONDS },
    },
    actor,
  );
  return walkOf(client.clientId, sessionToken);
}

/** The walk that `state` belongs to; undefined when it was not begun in this session. */
export function resumeWalk(state: string, sessionToken: string): Walk | undefined {
  const walk = walkOf(state.split('.')[0] ?? '', sessionToken);
  return constantTimeEqual(walk.state, state) ? walk : undefined;
}

function walkOf(clientId: string, sessionToken: string): Walk {
  const verifier = hmacBase64url(sessionToken, `flow tester verifier ${clientId}`);
  const proof = hmacBase64url(sessionToken, `flow tester state ${clientId}`);
  return { clientId, state: `${clientId}.${proof}`, verifier, challenge: sha256Base64url(verifier) };
}

/** A walk that came to nothing: the client goes, and with it whatever it was given. */
export const endWalk = (deps: ClientDeps, { clientId }: Walk, actor: Actor): Promise<boolean> =>
  removeClient(deps, clientId, actor);

/** Removes the clients of walks whose token has ended, or that nobody finished. `callbacks`: by the kind of walk. */
export async function sweepWalks(
  deps: ClientDeps,
  callbacks: Readonly<Record<WalkKind, string>>,
): Promise<void> {
  for (const kind of ['tester', 'explorer'] as const) {
    for (const clientId of await walked(deps, NAMES[kind], callbacks[kind])) {
      const { grants } = await listLiveGrants(deps.store.db, { now: deps.clock.now(), limit: 1, clientId });
      if (grants.length === 0) await removeClient(deps, clientId, NOBODY);
    }
  }
}

/** Nobody's own client has both the name and an address of this very program. */
async function walked({ store, clock }: ClientDeps, ours: string, callback: string): Promise<string[]> {
  const clients = await clientsNamed(store.db, ours, SWEPT);
  const before = clock.now() - BEGUN_SECONDS;
  return clients
    .filter(({ redirectUris }) => redirectUris[0] === callback)
    .filter(({ createdAt }) => createdAt < before)
    .map(({ clientId }) => clientId);
}
