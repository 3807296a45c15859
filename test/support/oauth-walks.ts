/** Steps of the authorization code flow that tests take again and again, each by real HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { type Answer, answerOf, decide, type Fields, type HttpBrowser } from './oauth-browser.ts';
import { CALLBACK, type OAuthServer, type TestClient } from './oauth-server.ts';

export type TokenAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
};

export type Tokens = { readonly access: string; readonly refresh: string; readonly scope: string };

export type Pkce = { readonly verifier: string; readonly challenge: Fields };

export function makePkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, challenge: { code_challenge: hash, code_challenge_method: 'S256' } };
}

/** The path of an authorization request; `without` takes a usual parameter away. */
export function authorizePath(clientId: string, extra: Fields = {}, without: readonly string[] = []): string {
  const usual: Record<string, string> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    state: 'af0ifjsldkj',
  };
  for (const name of without) delete usual[name];
  return `/admin/authorize?${new URLSearchParams({ ...usual, ...extra })}`;
}

/** Approves in a browser that is logged in; the answer is the redirect to the client. */
export async function approve(
  browser: HttpBrowser,
  client: TestClient,
  extra: Fields = {},
  without: readonly string[] = [],
): Promise<Answer> {
  const page = await browser.get(authorizePath(client.clientId, extra, without));
  expect(page.status, page.body).toBe(200);
  return decide(browser, page, 'approve');
}

export async function newCode(
  browser: HttpBrowser,
  client: TestClient,
  extra: Fields = {},
  without: readonly string[] = [],
): Promise<string> {
  const code = answerOf(await approve(browser, client, extra, without)).get('code');
  if (code === null) throw new Error('the approval brought no code');
  return code;
}

/** POST /token with a body as it is and these headers. */
export async function postToken(
  server: OAuthServer,
  body: Fields | string,
  headers: Fields = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Error(`the token endpoint answered no JSON: ${text.slice(0, 200)}`);
  }
}

/** Who asks, in the body; a public client has no secret. */
export const credentials = ({ clientId, secret }: TestClient): Fields =>
  secret === '' ? { client_id: clientId } : { client_id: clientId, client_secret: secret };

export const basic = (clientId: string, secret: string): Fields => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
});

export const redeem = (
  server: OAuthServer,
  client: TestClient,
  code: string,
  extra: Fields = {},
): Promise<TokenAnswer> =>
  postToken(server, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    ...credentials(client),
    ...extra,
  });

export const refresh = (
  server: OAuthServer,
  client: TestClient,
  token: string,
  extra: Fields = {},
): Promise<TokenAnswer> =>
  postToken(server, {
    grant_type: 'refresh_token',
    refresh_token: token,
    ...credentials(client),
    ...extra,
  });

export function tokensOf({ status, body }: TokenAnswer): Tokens {
  expect(status, JSON.stringify(body)).toBe(200);
  const { access_token: access, refresh_token: successor, scope } = body;
  return { access: String(access), refresh: String(successor ?? ''), scope: String(scope) };
}

/** From consent to tokens. */
export const newTokens = async (
  server: OAuthServer,
  browser: HttpBrowser,
  client: TestClient,
  extra: Fields = {},
): Promise<Tokens> => tokensOf(await redeem(server, client, await newCode(browser, client, extra)));

/** POST /api with this bearer token and GraphQL text. */
export const callApi = (
  server: OAuthServer,
  accessToken: string,
  query = '{ __typename }',
): Promise<Response> =>
  fetch(`${server.url}/api`, {
    method: 'POST',
    body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
  });

/** Whether `/api` takes an access token, a second later: a node may trust for half a second what it read of a token. */
export async function isAlive(server: OAuthServer, accessToken: string): Promise<boolean> {
  server.clock.advance(1);
  const { status } = await callApi(server, accessToken);
  expect([200, 401, 403]).toContain(status);
  return status !== 401;
}

/** The answers to `count` requests that are all on their way before the first is answered. */
export async function atOnce<T>(server: OAuthServer, count: number, ask: () => Promise<T>): Promise<T[]> {
  // Open connections first: shaking hands would spread the requests out.
  const each = Array.from({ length: count });
  await Promise.all(each.map(async () => (await fetch(`${server.url}/health`)).text()));
  return Promise.all(each.map(ask));
}

/** RFC 6749 §5.2: what every refusal of the token endpoint must be, whatever was wrong. */
export function expectRefusal(answer: TokenAnswer, error: string, status = 400): void {
  expect({ status: answer.status, error: answer.body.error }, JSON.stringify(answer.body)).toEqual({
    status,
    error,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(Object.keys(answer.body).sort()).toEqual(['error', 'error_description', 'request_id']);
  expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(answer.headers.has('www-authenticate')).toBe(status === 401);
}
