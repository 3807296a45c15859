/**
 * The flow tester: a public client made for one walk through the code flow and removed after it. Nothing is kept between
 * the two halves: `state` and PKCE verifier are drawn from the session's token, so that only this browser can go on.
 */
import { constantTimeEqual, hmacBase64url, sha256Base64url } from '../base/bytes.ts';
import { defaultPolicies } from '../oauth/client.ts';
import { listClients } from '../store/clients.ts';
import { type Actor, type ClientDeps, registerClient, removeClient } from './clients.ts';

const TESTER_NAME = 'Tegata flow tester';
const ABANDONED_SECONDS = 3600;
const SWEPT = 50; // abandoned ones looked at before a new walk

export type Walk = {
  readonly clientId: string;
  readonly state: string;
  readonly verifier: string;
  readonly challenge: string;
};

export type Begun = {
  readonly sessionToken: string;
  readonly scopes: readonly string[];
  readonly callback: string;
  /** Default: the flow tester's. */
  readonly name?: string;
  /** Life of the walk's token. Default: the server's. */
  readonly accessSeconds?: number;
};

/** `callback`: where the authorization endpoint sends the browser back to. */
export async function beginWalk(
  deps: ClientDeps,
  { sessionToken, scopes, callback, name = TESTER_NAME, accessSeconds }: Begun,
  actor: Actor,
): Promise<Walk> {
  await sweep(deps, { name, callback }, actor);
  const { client } = await registerClient(
    deps,
    {
      name,
      isPublic: true,
      redirectUris: [callback],
      scopes,
      grants: ['authorization_code'],
      pkceRequired: true,
      policies: { ...defaultPolicies(true), accessSeconds: accessSeconds ?? null },
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

/** The client goes, and with it every token of the walk. */
export const endWalk = (deps: ClientDeps, { clientId }: Walk, actor: Actor): Promise<boolean> =>
  removeClient(deps, clientId, actor);

/** Walks that nobody finished. */
async function sweep(
  deps: ClientDeps,
  { name: ours, callback }: { name: string; callback: string },
  actor: Actor,
): Promise<void> {
  const { clients } = await listClients(deps.store.db, { text: ours, limit: SWEPT, offset: 0 });
  const before = deps.clock.now() - ABANDONED_SECONDS;
  for (const { clientId, name, redirectUris, createdAt } of clients) {
    const abandoned = name === ours && redirectUris[0] === callback && createdAt < before;
    if (abandoned) await removeClient(deps, clientId, actor);
  }
}
