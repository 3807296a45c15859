/** A public client that runs in a page of another origin: what a browser lets it do (Fetch standard, CORS). */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, makePkce, newCode, redeem, tokensOf } from '../support/oauth-walks.ts';

const ORIGIN = 'https://app.example';
const DOCUMENTS = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/api',
  '/.well-known/jwks.json',
];

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client({ isPublic: true });
  });

  const preflight = (path: string, method: string, headers: string, origin = ORIGIN) =>
    fetch(`${server.it.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });
  const corsHeaders = (answer: Response) =>
    [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));

  test.each<readonly [string, string, string]>([
    ['/token', 'POST', 'content-type'],
    ['/revoke', 'POST', 'content-type'],
    ['/api', 'POST', 'authorization,content-type,traceparent'],
    ['/api/changes', 'GET', 'authorization,last-event-id'],
    ...DOCUMENTS.map((path) => [path, 'GET', 'mcp-protocol-version'] as const),
  ])('the browser may ask %s by %s with %s', async (path, method, headers) => {
    for (const origin of [ORIGIN, 'null']) {
      const answer = await preflight(path, method, headers, origin);
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toContain(method);
      const allowed = answer.headers.get('access-control-allow-headers') ?? '';
      // The star does not stand for Authorization.
      for (const header of headers.split(','))
        expect(allowed.toLowerCase()).toMatch(new RegExp(`\\*|${header}`));
      if (headers.includes('authorization')) expect(allowed).toContain('Authorization');
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    }
  });

  test('the walk: tokens, the API, the end, and refusals that the page can read', async () => {
    const pkce = makePkce();
    const code = await newCode(browser, client, pkce.challenge);
    const headers = { origin: ORIGIN };
    const ask = (path: string, fields: Record<string, string>) =>
      fetch(`${server.it.url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) });
    const good = await ask('/token', {
      grant_type: 'authorization_code',
      code,
      code_verifier: pkce.verifier,
      redirect_uri: 'https://client.example/callback',
      client_id: client.clientId,
    });
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const { access_token: token } = (await good.json()) as { access_token: string };
    const called = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect([called.status, called.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const ended = await ask('/revoke', { token, client_id: client.clientId });
    expect([ended.status, ended.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const refused = await fetch(`${server.it.url}/api`, {
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    expect(refused.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    const wrong = await ask('/token', { grant_type: 'x', client_id: client.clientId });
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
  });

  test.each(['/introspect', '/admin', '/admin/login', '/admin/authorize', '/metrics', '/health', '/nothing'])(
    '%s is not for pages of other origins',
    async (path) => {
      expect(corsHeaders(await preflight(path, 'POST', 'content-type'))).toEqual([]);
      const init = { method: 'POST', headers: { origin: ORIGIN }, body: new URLSearchParams({ a: 'b' }) };
      for (const answer of [
        await fetch(`${server.it.url}${path}`, init),
        await fetch(`${server.it.url}${path}`, { headers: { origin: ORIGIN } }),
      ]) {
        expect(corsHeaders(answer)).toEqual([]);
      }
    },
  );

  describe('the challenge of /api', () => {
    test('RFC 9728 §3.1, RFC 6750 §3: it names the scope, and the document of this resource', async () => {
      const { issuer } = server.it;
      const metadata = `resource_metadata="${issuer}/.well-known/oauth-protected-resource/api"`;
      const challenge = async (answer: Response | Promise<Response>) =>
        (await answer).headers.get('www-authenticate') ?? '';
      const api = `${server.it.url}/api`;
      for (const [headers, status] of [
        [{}, 401],
        [{ authorization: 'Bearer x' }, 401],
      ] as const) {
        const answer = await fetch(api, { headers });
        expect(answer.status).toBe(status);
        expect(await challenge(answer)).toContain(`${metadata}, scope="read write"`);
      }
      const pkce = makePkce();
      const code = await newCode(browser, client, { ...pkce.challenge, scope: 'read:products' });
      const { access } = tokensOf(await redeem(server.it, client, code, { code_verifier: pkce.verifier }));
      const forbidden = await callApi(server.it, access, '{ orders(limit: 1) { totalCount } }');
      expect(forbidden.status).toBe(403);
      expect(await challenge(forbidden)).toMatch(
        /error="insufficient_scope", scope="[^"]+", resource_metadata=/,
      );
      expect(await challenge(forbidden)).toContain(metadata);
      const document = await fetch(`${server.it.url}/.well-known/oauth-protected-resource/api`);
      expect(await document.json()).toMatchObject({ resource: `${issuer}/api` });
    });
  });
});
