/** The ready-to-paste steps for one client, with a fresh `state` and, where it is needed, a fresh PKCE pair. */
import { randomToken, sha256Base64url } from '../base/bytes.ts';
import { type Client, needsPkce } from '../oauth/client.ts';
import type { NextStepsInput } from './next-steps.ts';
import type { AdminKit } from './visit.ts';

const STATE_BYTES = 12;

export function stepsFor(kit: AdminKit, client: Client, clientSecret: string | null): NextStepsInput | null {
  const redirectUri = client.redirectUris[0];
  if (redirectUri === undefined || !client.grants.includes('authorization_code')) return null;
  // Such a client signs what it sends; no ready-made command can.
  if (!client.isPublic && clientSecret === null) return null;
  const { publicUrl } = kit.deps;
  const verifier = randomToken();
  return {
    authorizeUrl: `${publicUrl}${kit.paths.authorize}`,
    tokenUrl: `${publicUrl}/token`,
    apiUrl: `${publicUrl}/api`,
    clientId: client.clientId,
    clientSecret,
    redirectUri,
    scopes: client.scopes,
    state: randomToken(STATE_BYTES),
    pkce: needsPkce(client) ? { verifier, challenge: sha256Base64url(verifier) } : null,
    mayRefresh: client.grants.includes('refresh_token'),
    codeSeconds: kit.deps.token.lifetimes.codeSeconds,
  };
}
