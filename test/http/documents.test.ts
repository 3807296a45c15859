/** The documents by which clients find the way: exact, cacheable, and no more said than is kept. */
import { createPublicKey, verify } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const PLACES = ['oauth-authorization-server', 'oauth-protected-resource', 'jwks.json'];

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const get = (place: string, headers = {}) => fetch(`${server.it.url}/.well-known/${place}`, { headers });
  let metadata: Record<string, unknown>;
  beforeAll(async () => {
    metadata = (await (await get('oauth-authorization-server')).json()) as typeof metadata;
  });

  test('BCP-39: the RFC 8414 document names this server and only what it does', () => {
    const at = (path: string) => `${server.it.issuer}${path}`;
    expect(metadata).toMatchObject({
      issuer: server.it.issuer,
      authorization_endpoint: at('/admin/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/.well-known/jwks.json'),
      scopes_supported: server.it.services.token.scopes,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
    });
    expect(metadata.grant_types_supported).not.toContain('password');
    expect(metadata.grant_types_supported).not.toContain('implicit');
  });

  test('BCP-18: S256 is the only method that is named', () => {
    expect(metadata.code_challenge_methods_supported).toEqual(['S256']);
  });

  test('BCP-14: the iss parameter is advertised', () => {
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
  });

  test('BCP-39: every endpoint that is named is there', async () => {
    const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(endpoints.length).toBeGreaterThanOrEqual(3);
    for (const [name, address] of endpoints) {
      const url = String(address).replace(server.it.issuer, server.it.url);
      expect((await fetch(url, { redirect: 'manual' })).status, name).not.toBe(404);
    }
  });

  test('the keys verify the tokens, and hold nothing private', async () => {
    const { keys } = (await (await get('jwks.json')).json()) as { keys: Record<string, string>[] };
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
    const { access } = await newTokens(server.it, await loggedIn(server.it), await server.it.client());
    const [head = '', payload = '', signature = ''] = access.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    const jwk = keys.find((key) => key.kid === kid);
    const publicKey = createPublicKey({ key: jwk as never, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify('sha256', Buffer.from(`${head}.${payload}`), publicKey, bytes)).toBe(true);
  });

  describe('each document', () => {
    test.each(PLACES)('%s is JSON, cacheable, readable from anywhere', async (place) => {
      const answer = await get(place, { origin: 'https://client.example' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      const etag = answer.headers.get('etag') ?? '';
      expect((await get(place, { 'if-none-match': etag })).status).toBe(304);
    });
  });

  test('RFC 9728: the resource names its authorization server', async () => {
    expect(await (await get('oauth-protected-resource')).json()).toMatchObject({
      resource: `${server.it.issuer}/api`,
      authorization_servers: [server.it.issuer],
      bearer_methods_supported: ['header'],
    });
  });
});
