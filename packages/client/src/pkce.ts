/** The authorization code flow with PKCE (RFC 7636): out to the page where staff approve, and back. */
import { type ClientIdentity, requestTokens, TegataOAuthError, type Tokens } from './token-request.ts';

export interface AuthorizationWish {
  readonly redirectUri: string;
  /** With blanks between: `read:products write:products`. */
  readonly scope: string;
}

/** What is kept (in the session) until the browser comes back. */
export interface Authorization extends AuthorizationWish {
  readonly state: string;
  readonly verifier: string;
}

/** Where to send the browser, and what to keep until it is back. */
export async function beginAuthorization(
  identity: ClientIdentity,
  wish: AuthorizationWish,
): Promise<{ readonly url: string; readonly authorization: Authorization }> {
  const { authorization_endpoint } = await metadataOf(identity);
  const { redirectUri, scope } = wish;
  const [state, verifier] = [randomText(), randomText()];
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const url = new URL(authorization_endpoint);
  const params = {
    response_type: 'code',
    client_id: identity.clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return { url: url.href, authorization: { redirectUri, scope, state, verifier } };
}

/**
 * Exchanges the code for tokens. `callbackUrl`: the address, query included, that the browser came back to.
 * @throws TegataOAuthError
 */
export async function finishAuthorization(
  identity: ClientIdentity,
  callbackUrl: string | URL,
  { redirectUri, state, verifier }: Authorization,
): Promise<Tokens> {
  const params = new URL(callbackUrl, redirectUri).searchParams;
  if (params.get('state') !== state) {
    throw new TegataOAuthError('state_mismatch', 'The response belongs to another request.', 0);
  }
  const { issuer } = await metadataOf(identity);
  if (params.get('iss') !== issuer) {
    throw new TegataOAuthError('issuer_mismatch', 'The response comes from another server.', 0); // RFC 9207
  }
  const error = params.get('error');
  if (error !== null) throw new TegataOAuthError(error, params.get('error_description') ?? error, 0);
  const code = params.get('code');
  if (code === null) throw new TegataOAuthError('invalid_response', 'The response has no code.', 0);
  return requestTokens(identity, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

type Metadata = { readonly issuer: string; readonly authorization_endpoint: string };

/** RFC 8414 */
async function metadataOf(identity: ClientIdentity): Promise<Metadata> {
  const url = identity.url.replace(/\/+$/, '');
  const request = identity.fetch ?? fetch;
  const signal = AbortSignal.timeout(identity.timeoutMs ?? 30_000);
  const address = `${url}/.well-known/oauth-authorization-server`;
  const response = await request(address, { redirect: 'error', signal }).catch((cause: Error) => {
    throw new TegataOAuthError('no_response', `No response from ${url}: ${cause.message}`, 0, { cause });
  });
  if (!response.ok) {
    throw new TegataOAuthError(
      'server_error',
      `${url} has no metadata of an authorization server.`,
      response.status,
    );
  }
  const metadata = (await response.json()) as Metadata;
  // RFC 8414 §3.3: else a server could have the code of another one sent to itself.
  if (metadata.issuer !== url) {
    throw new TegataOAuthError('issuer_mismatch', `${url} says that it is ${metadata.issuer}.`, 0);
  }
  return metadata;
}

const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
