/** The token endpoints as these tests ask them, and tokens looked into. */
import { expect } from 'vitest';
import type { Fields } from '../../support/oauth-browser.ts';
import type { OAuthServer, TestClient } from '../../support/oauth-server.ts';
import { credentials, postToken, type TokenAnswer, tokensOf } from '../../support/oauth-walks.ts';

export const askAsItself = (
  server: OAuthServer,
  client: TestClient,
  extra: Fields = {},
): Promise<TokenAnswer> =>
  postToken(server, { grant_type: 'client_credentials', ...credentials(client), ...extra });

export const ownToken = async (
  server: OAuthServer,
  client: TestClient,
  extra: Fields = {},
): Promise<string> => tokensOf(await askAsItself(server, client, extra)).access;

const post = (server: OAuthServer, path: string, fields: Fields): Promise<Response> =>
  fetch(`${server.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });

export const revoke = (
  server: OAuthServer,
  who: Fields,
  token: string,
  extra: Fields = {},
): Promise<Response> => post(server, '/revoke', { ...who, token, ...extra });

export type Introspected = { readonly active: boolean } & Readonly<Record<string, unknown>>;

export const introspect = (server: OAuthServer, who: Fields, token: string): Promise<Response> =>
  post(server, '/introspect', { ...who, token });

export async function introspected(
  server: OAuthServer,
  client: TestClient,
  token: string,
): Promise<Introspected> {
  const answer = await introspect(server, credentials(client), token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return (await answer.json()) as Introspected;
}

const part = (jwt: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;

export const headerOf = (jwt: string): Record<string, unknown> => part(jwt, 0);
export const claimsOf = (jwt: string): Record<string, unknown> => part(jwt, 1);
