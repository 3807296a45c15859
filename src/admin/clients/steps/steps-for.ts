/** The ready-to-paste steps for one client, with a fresh `state` and, where it is needed, a fresh PKCE pair. */
import { randomToken, sha256Base64url } from '../../../base/bytes.ts';
import { type Client, needsPkce, usesSecret } from '../../../oauth/rules/client.ts';
import type { AdminKit } from '../../visit.ts';
import { type SnippetInput, type SnippetWords, snippetInput } from './input.ts';
import type { NextStepsInput, OwnStepsInput } from './next-steps.ts';

const STATE_BYTES = 12;

/** The placeholder in commands for a secret that only its owner knows. */
const HIDDEN_SECRET = '<CLIENT_SECRET>';

export function stepsFor(kit: AdminKit, client: Client, clientSecret: string | null): NextStepsInput | null {
  const redirectUri = client.redirectUris[0];
  if (redirectUri === undefined || !client.grantTypes.includes('authorization_code')) return null;
  // Such a client signs what it sends; no ready-made command can.
  if (!client.isPublic && clientSecret === null) return null;
  const { publicUrl } = kit.deps;
  const verifier = randomToken();
  return {
    authorizeUrl: kit.authorizeUrl,
    tokenUrl: `${publicUrl}/token`,
    apiUrl: `${publicUrl}/api`,
    clientId: client.clientId,
    clientSecret,
    redirectUri,
    scopes: client.scopes,
    state: randomToken(STATE_BYTES),
    pkce: needsPkce(client) ? { verifier, challenge: sha256Base64url(verifier) } : null,
    mayRefresh: client.grantTypes.includes('refresh_token'),
    codeSeconds: kit.deps.token.lifetimes.codeSeconds,
  };
}

/** The steps at any later time: only the app knows the secret by then. */
export const laterStepsFor = (kit: AdminKit, client: Client): NextStepsInput | null =>
  stepsFor(kit, client, usesSecret(client.policies) ? HIDDEN_SECRET : null);

export function ownStepsFor({ deps }: AdminKit, client: Client): OwnStepsInput | null {
  if (!client.grantTypes.includes('client_credentials') || !usesSecret(client.policies)) return null;
  return {
    tokenUrl: `${deps.publicUrl}/token`,
    apiUrl: `${deps.publicUrl}/api`,
    clientId: client.clientId,
    clientSecret: HIDDEN_SECRET,
    scopes: client.scopes,
  };
}

export function snippetFor(
  { deps, authorizeUrl }: AdminKit,
  client: Client,
  words: SnippetWords,
): SnippetInput {
  const { publicUrl } = deps;
  const places = {
    authorizeUrl,
    tokenUrl: `${publicUrl}/token`,
    apiUrl: `${publicUrl}/api`,
    issuer: publicUrl,
  };
  return snippetInput(client, places, words);
}
