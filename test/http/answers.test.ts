/** What stands around every answer of every door, what is not there at all, and whose word about a caller counts. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { type OAuthServer, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, callApi, newTokens, postToken } from '../support/oauth-walks.ts';

const DOCUMENTS = ['oauth-authorization-server', 'oauth-protected-resource', 'jwks.json'].map(
  (name) => `/.well-known/${name}`,
);

/** Good and bad questions to every door, by name. */
/** What pages of other origins may use (docs/tokens.md); none of it is opened by a cookie. */
const isForPages = (name: string): boolean =>
  [...DOCUMENTS, '/api', '/token', 'api', 'token, refused', 'too large'].includes(name);

async function everyDoor(server: OAuthServer, browser: HttpBrowser, headers = {}) {
  const client = await server.client();
  const { access } = await newTokens(server, browser, client);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, { redirect: 'manual', ...init, headers: { ...headers, ...init.headers } });
  const bearer = { authorization: `Bearer ${access}` };
  const paths = [
    '/health',
    '/ready',
    '/metrics',
    '/',
    '/nothing',
    '/admin/nothing',
    '/api',
    '/token',
    ...DOCUMENTS,
  ];
  const found = await Promise.all(paths.map(async (path) => [path, await ask(path)] as const));
  const style = /href="([^"]+\.css)"/.exec((await newBrowser(server).get('/admin/login')).body)?.[1] ?? '';
  return Object.fromEntries([
    ...found,
    ['login page', await ask('/admin/login')],
    ['style sheet', await ask(style)],
    ['redirect', await ask('/admin')],
    ['authorize', await ask(authorizePath(client.clientId))],
    ['authorize, refused', await ask(authorizePath('0'.repeat(32)))],
    ['api', await ask('/api?query={__typename}', { headers: bearer })],
    ['token, refused', await ask('/token', { method: 'POST', body: new URLSearchParams({ a: 'b' }) })],
    [
      'too large',
      await ask('/token', { method: 'POST', body: new URLSearchParams({ a: 'b'.repeat(70_000) }) }),
    ],
    ['not a path', await ask('/%zz')],
  ]);
}

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  test('ASVS-3.4.4, ASVS-3.4.8: nosniff and an opener policy on every answer', async () => {
    const answers = await everyDoor(server.it, browser);
    expect(Object.keys(answers).length).toBeGreaterThan(18);
    for (const [name, { headers }] of Object.entries(answers)) {
      expect(headers.get('x-content-type-options'), name).toBe('nosniff');
      // Off where an authorization passes: test/http/headers.test.ts.
      const opener = name.startsWith('authorize') ? 'unsafe-none' : 'same-origin';
      expect(headers.get('cross-origin-opener-policy'), name).toBe(opener);
    }
  });

  test('ASVS-3.4.2: CORS is a fixed star where anybody may read, absent elsewhere, never with credentials', async () => {
    for (const origin of ['https://client.example', 'null', server.it.issuer]) {
      const answers = await everyDoor(server.it, browser, { origin });
      for (const [name, { headers }] of Object.entries(answers)) {
        const allowed = headers.get('access-control-allow-origin');
        expect(allowed, name).toBe(isForPages(name) ? '*' : null);
        expect(headers.has('access-control-allow-credentials'), name).toBe(false);
      }
    }
  });

  test('ASVS-3.4.3: pages run and load nothing but the own files, nothing inline', async () => {
    for (const path of ['/admin', '/admin/api/oauth', '/admin/api/oauth/new', '/admin/nothing']) {
      const { headers, body } = await browser.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      const directives = Object.fromEntries(
        policy.split('; ').map((one) => one.split(/ (.*)/s) as [string, string]),
      );
      expect(directives, path).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'self'",
      });
      expect(policy).not.toMatch(/unsafe|\*|nonce/);
      expect(body, path).not.toMatch(/<script(?![^>]*\ssrc=")|<style|\sstyle=|\son[a-z]+=|javascript:/i);
    }
  });

  test('ASVS-13.4.2: nothing of debugging, and nothing that tells what it is made of', async () => {
    expect(server.it.services.config.logLevel).toBe('info');
    for (const [name, answer] of Object.entries(await everyDoor(server.it, browser))) {
      for (const header of ['server', 'x-powered-by', 'x-debug-token', 'x-runtime'])
        expect(answer.headers.has(header), `${name}: ${header}`).toBe(false);
      expect(await answer.text(), name).not.toMatch(
        /node_modules|node:internal|\bat .+\.(?:ts|js):\d|fastify|kysely/i,
      );
    }
    const trace = await fetch(`${server.it.url}/admin/login`, { method: 'OPTIONS' });
    expect([404, 405]).toContain(trace.status);
  });

  test('ASVS-13.4.5: no explorer, no documents, no files of the program', async () => {
    const paths = [
      '/docs',
      '/graphiql',
      '/graphql',
      '/swagger',
      '/openapi.json',
      '/schema.graphql',
      '/debug',
    ];
    const files = [
      '/.env',
      '/.git/config',
      '/package.json',
      '/var/shop.db',
      '/keys/keyring.json',
      '/dist/main.js',
    ];
    const up = ['/admin/../package.json', '/admin/%2e%2e/package.json', '/admin/..%2fpackage.json'];
    for (const path of [...paths, ...files, ...up]) {
      expect((await browser.get(path)).status, path).toBe(404);
    }
  });

  test('ASVS-4.3.2: introspection is for who has a token, as the schema is public and the API is for others', async () => {
    const question = '{ __schema { types { name } } }';
    const { access } = await newTokens(server.it, browser, await server.it.client());
    expect((await callApi(server.it, 'no-token', question)).status).toBe(401);
    const { data } = (await (await callApi(server.it, access, question)).json()) as {
      data: { __schema: { types: unknown[] } };
    };
    expect(data.__schema.types.length).toBeGreaterThan(20);
  });
});

eachDatabase((db) => {
  const server = useOAuthServer(db, { TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8' });
  const from = (forwarded: string) => ({ 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' });
  const seenAs = async (headers: Record<string, string>): Promise<string | null> => {
    const clientId = `asked${Math.trunc(performance.now() * 1000)}`;
    await postToken(
      server.it,
      { grant_type: 'refresh_token', client_id: clientId, client_secret: 'x' },
      headers,
    );
    const event = server.it.services.store.db
      .selectFrom('tegata_event')
      .selectAll()
      .where('client_id', '=', clientId);
    return (await event.executeTakeFirstOrThrow()).client_ip;
  };

  describe('behind a proxy', () => {
    test('ASVS-4.1.3: the address is the nearest that no named proxy vouches for, whatever stands before it', async () => {
      expect(await seenAs(from('198.51.100.7'))).toBe('198.51.100.7');
      expect(await seenAs(from('10.0.0.1, 127.0.0.1, 198.51.100.7'))).toBe('198.51.100.7');
      expect(await seenAs(from('192.0.2.66, 198.51.100.7, 10.0.0.9'))).toBe('198.51.100.7');
      expect(await seenAs({ forwarded: 'for=192.0.2.66', 'x-real-ip': '192.0.2.66' })).toBe('127.0.0.1');
    });

    test('ASVS-4.1.3: the name in the request makes no address of ours', async () => {
      const forged = { ...from('198.51.100.7'), 'x-forwarded-host': 'evil.example', host: 'evil.example' };
      const browser = newBrowser(server.it);
      for (const path of ['/admin/login', '/admin', '/.well-known/oauth-authorization-server', '/nothing']) {
        const { body, location } = await browser.get(path, forged);
        expect(body + location, path).not.toContain('evil.example');
      }
    });

    test('ASVS-13.4.5: /metrics is there for this machine only', async () => {
      const metrics = (headers = {}) => fetch(`${server.it.url}/metrics`, { headers });
      const inside = await metrics();
      expect(inside.status).toBe(200);
      expect(await inside.text()).toContain('# TYPE');
      for (const address of ['198.51.100.7', '127.0.0.1, 198.51.100.7', '10.1.2.3']) {
        const outside = await metrics(from(address));
        expect(outside.status, address).toBe(404);
        expect(await outside.text()).not.toContain('# TYPE');
      }
    });
  });
});
