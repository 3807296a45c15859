/** Tegata beside EC-CUBE on one host name, and at a path of one: what pages, cookies, documents and gates make of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { outsideFindings } from '../../src/cli/doctor/outside.ts';
import { onSqlite } from '../support/databases.ts';
import { type EcCubeStub, startEcCubeStub } from '../support/ec-cube-stub.ts';
import { freePort } from '../support/free-port.ts';
import { type Answer, answerOf, decide, HttpBrowser, hidden } from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, type OAuthServer, useOAuthServer } from '../support/oauth-server.ts';
import { routesOf } from '../support/server-routes.ts';
import { isPluginPath, startSharedHost } from '../support/shared-host.ts';
import { staffTables } from '../support/staff.ts';

const PAGES = '/admin/api/oauth/tegata';
const SHOP = 'https://shop.example';

const authorizePath = (base: string, clientId: string): string =>
  `${base}/admin/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: 'read',
    state: 'xyz',
  })}`;

/** Follows ways on this host until a page comes. */
async function followed(browser: HttpBrowser, answer: Answer): Promise<Answer> {
  let last = answer;
  while (last.status === 303 && last.location.startsWith('/')) last = await browser.get(last.location);
  return last;
}

const actionOf = ({ body }: Answer): string => /<form method="post" action="([^"]+)"/.exec(body)?.[1] ?? '';

function logInAt(browser: HttpBrowser, page: Answer): Promise<Answer> {
  const [request, _token] = [hidden(page, 'request'), hidden(page, '_token')];
  const fields = { login_id: ADMIN.loginId, password: ADMIN.password, request, _token };
  return browser.post(actionOf(page), fields);
}

async function loggedInAt(server: OAuthServer, path: string): Promise<HttpBrowser> {
  const browser = new HttpBrowser(server.url);
  await logInAt(browser, await browser.get(path));
  return browser;
}

const linksOf = ({ body }: Answer): string[] =>
  [...body.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link = '']) => link);

onSqlite((db) => {
  describe('nothing set but PUBLIC_URL', async () => {
    const port = await freePort();
    const publicUrl = `http://localhost:${port}`;
    const server = useOAuthServer(db, { PUBLIC_URL: publicUrl });
    let ecCube: EcCubeStub;
    let host: { close(): Promise<void> };

    beforeAll(async () => {
      ecCube = await startEcCubeStub();
      const toTegata = (url: string) => (isPluginPath(url) ? url : undefined);
      host = await startSharedHost({ port, ecCube: ecCube.url, tegata: () => server.it.url, toTegata });
    });
    afterAll(() => Promise.all([host?.close(), ecCube?.close()]));

    test('the plugin’s addresses are all that a proxy must know: from authorize to a code, nothing comes to EC-CUBE', async () => {
      const { clientId } = await server.it.client();
      const browser = new HttpBrowser(publicUrl);
      const before = ecCube.received.length;
      const login = await followed(browser, await browser.get(authorizePath('', clientId)));
      expect(actionOf(login)).toBe(`${PAGES}/login`);
      const consent = await followed(browser, await logInAt(browser, login));
      const answer = answerOf(await decide(browser, consent, 'approve'));
      expect([...answer.keys()].sort()).toEqual(['code', 'iss', 'state']);
      expect(answer.get('iss')).toBe(publicUrl);
      for (const page of [login, consent, await browser.get(PAGES)]) {
        const links = linksOf(page);
        expect(links.length).toBeGreaterThan(2);
        expect(links.filter((link) => !isPluginPath(link))).toEqual([]);
        for (const link of links.filter((one) => one.includes('/assets/'))) {
          expect([link, (await browser.get(link)).status]).toEqual([link, 200]);
        }
      }
      expect(ecCube.received.slice(before)).toEqual([]);
      expect((await browser.get('/admin/')).location).toBe('/admin/login');
      expect(browser.cookie('eccube')).toBe('abc');
      expect((await browser.get(PAGES)).status, 'EC-CUBE’s cookie changes no login of ours').toBe(200);
    });

    test('what is not there, and what is of another method, is said by a page below the same path', async () => {
      const browser = new HttpBrowser(publicUrl);
      for (const path of [`${PAGES}/nothing`, '/admin/api/webhook/a/b/c']) {
        const missing = await browser.get(path);
        expect([path, missing.status]).toEqual([path, 404]);
        expect(linksOf(missing).filter((link) => !isPluginPath(link))).toEqual([]);
      }
      const wrong = await browser.post(`${PAGES}/api/audit`, {});
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect((await browser.get('/admin/api/oauth')).location).toBe(`${PAGES}/login`);
    });

    test('tegata doctor --from-outside: all is Tegata’s', async () => {
      const findings = await outsideFindings(server.it.services.config);
      expect(findings.filter(({ state }) => state !== 'ok')).toEqual([
        { name: 'host name', state: 'note', says: 'shared: / comes from EC-CUBE' },
      ]);
      expect(findings.map(({ name }) => name)).toContain('/admin/authorize');
    });

    test('the addresses of 0.1.0 answer too where no EC-CUBE takes them, and lead on among themselves', async () => {
      const browser = new HttpBrowser(server.it.url);
      const login = await followed(browser, await browser.get('/admin'));
      expect(actionOf(login)).toBe('/admin/login');
      expect((await logInAt(browser, login)).location).toBe('/admin');
      expect((await browser.get('/admin')).status).toBe(200);
      expect((await browser.get('/admin/api/audit')).status).toBe(200);
      expect((await browser.get('/admin/api/oauth')).status).toBe(200);
      expect((await browser.get(PAGES)).status).toBe(200);
      expect((await browser.get('/')).location).toBe('/admin');
    });

    test('a deny_url of EC-CUBE’s authorities covers the page at each of its addresses', async () => {
      const { store } = server.it.services;
      await server.it.member('shut-out', 1);
      await staffTables(store).deleteFrom('dtb_authority_role').execute();
      const rule = {
        authority_id: 1,
        creator_id: 1,
        deny_url: '/api/audit',
        create_date: '2026-04-01 00:00:00',
        update_date: '2026-04-01 00:00:00',
        discriminator_type: 'authorityrole',
      };
      await staffTables(store)
        .insertInto('dtb_authority_role')
        .values(rule as never)
        .execute();
      const browser = new HttpBrowser(server.it.url);
      const login = await browser.get(`${PAGES}/login`);
      const fields = { login_id: 'shut-out', password: ADMIN.password, _token: hidden(login, '_token') };
      await browser.post(`${PAGES}/login`, fields);
      const home = await browser.get(PAGES);
      expect(home.status).toBe(200);
      expect(linksOf(home)).toContain(`${PAGES}/api/security`);
      expect(linksOf(home)).not.toContain(`${PAGES}/api/audit`);
      for (const path of [`${PAGES}/api/audit`, '/admin/api/audit']) {
        expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
      }
    });
  });

  describe('a proxy that knows less', async () => {
    const port = await freePort();
    const server = useOAuthServer(db, { PUBLIC_URL: `http://localhost:${port}`, TEGATA_PATH: '/tegata' });
    let ecCube: EcCubeStub;
    let host: { close(): Promise<void> };

    beforeAll(async () => {
      ecCube = await startEcCubeStub();
      const toTegata = (url: string) => (url.startsWith('/api') ? '/api' : undefined);
      host = await startSharedHost({ port, ecCube: ecCube.url, tegata: () => server.it.url, toTegata });
    });
    afterAll(() => Promise.all([host?.close(), ecCube?.close()]));

    test('doctor says for each address that EC-CUBE answers, and what to do', async () => {
      const findings = await outsideFindings(server.it.services.config);
      const of = (name: string) => findings.find((one) => one.name === name);
      expect(of('/api')).toMatchObject({ state: 'ok' });
      for (const name of [
        '/token',
        '/admin/authorize',
        '/tegata/login',
        '/.well-known/jwks.json',
        'health',
      ]) {
        expect(of(name), name).toMatchObject({
          state: 'fault',
          says: expect.stringContaining('EC-CUBE answers'),
          todo: expect.stringContaining('docs/deploy/'),
        });
      }
    });

    test('doctor tells a proxy without Tegata behind it, and an address that answers not at all', async () => {
      const config = { ...server.it.services.config };
      const lost = await outsideFindings({ ...config, publicUrl: `http://localhost:${await freePort()}` });
      expect(
        new Set(
          lost.filter(({ name }) => name !== 'assets' && name !== 'host name').map(({ state }) => state),
        ),
      ).toEqual(new Set(['fault']));
      expect(lost.find(({ name }) => name === '/token')?.says).toContain('ECONNREFUSED');
    });
  });

  describe('PUBLIC_URL with a path', () => {
    const publicUrl = 'https://shop.example/shop/tegata';
    const server = useOAuthServer(db, { PUBLIC_URL: publicUrl });
    const BASE = '/shop/tegata';

    test('RFC 8414 §3.1, RFC 9728 §3.1: the documents lie at the root of the host, with the path behind', async () => {
      const read = async (path: string) => (await fetch(`${server.it.url}${path}`)).json();
      expect(await read(`/.well-known/oauth-authorization-server${BASE}`)).toMatchObject({
        issuer: publicUrl,
        authorization_endpoint: `${publicUrl}/admin/authorize`,
        token_endpoint: `${publicUrl}/token`,
        jwks_uri: `${publicUrl}/.well-known/jwks.json`,
      });
      expect(await read(`/.well-known/oauth-protected-resource${BASE}/api`)).toMatchObject({
        resource: `${publicUrl}/api`,
        authorization_servers: [publicUrl],
      });
      expect(await read(`${BASE}/.well-known/jwks.json`)).toHaveProperty('keys');
      const challenge = (await fetch(`${server.it.url}${BASE}/api`)).headers.get('www-authenticate');
      expect(challenge).toContain(
        `resource_metadata="https://shop.example/.well-known/oauth-protected-resource${BASE}/api"`,
      );
    });

    test.each([
      ['that leaves the path', BASE],
      ['that strips it', ''],
    ])('a proxy %s: every way and link holds it, and the flow ends with a code', async (_kind, base) => {
      const { clientId, secret } = await server.it.client();
      const browser = new HttpBrowser(server.it.url);
      const stripped = (path: string) => (path.startsWith(BASE) ? `${base}${path.slice(BASE.length)}` : path);
      const begun = await browser.get(authorizePath(base, clientId));
      expect(begun.location).toMatch(`${BASE}${PAGES}/login?request=`);
      const login = await browser.get(stripped(begun.location));
      expect(linksOf(login).filter((link) => !link.startsWith(`${BASE}/admin/`))).toEqual([]);
      const fields = { login_id: ADMIN.loginId, password: ADMIN.password };
      const sent = { ...fields, request: hidden(login, 'request'), _token: hidden(login, '_token') };
      const entered = await browser.post(stripped(actionOf(login)), sent);
      expect(entered.location).toMatch(`${BASE}/admin/authorize?`);
      const consent = await browser.get(stripped(entered.location));
      expect(consent.body).toContain(`action="${BASE}/admin/authorize"`);
      const form = {
        request: hidden(consent, 'request'),
        _token: hidden(consent, '_token'),
        decision: 'approve',
      };
      const answer = answerOf(await browser.post(`${base}/admin/authorize`, form));
      expect(answer.get('iss')).toBe(publicUrl);
      const token = await fetch(`${server.it.url}${base}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: answer.get('code') ?? '',
          redirect_uri: CALLBACK,
        }),
      });
      expect(token.status).toBe(200);
      const { access_token } = (await token.json()) as { access_token: string };
      const api = await fetch(`${server.it.url}${base}/api?query={__typename}`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      expect(await api.json()).toMatchObject({ data: { __typename: 'Query' } });
    });

    test('the page asked for before the login comes after it; two installations on one host share no cookie', async () => {
      const browser = new HttpBrowser(server.it.url);
      expect((await browser.get(`${BASE}/admin/api/oauth?q=a`)).location).toBe(`${BASE}${PAGES}/login`);
      const entered = await logInAt(browser, await browser.get(`${BASE}${PAGES}/login`));
      expect(entered.location).toBe(`${BASE}/admin/api/oauth?q=a`);
      expect(browser.cookie('__Host-tegata_session.shop.tegata')).toMatch(/^[\w-]{43,}$/);
      expect(browser.cookie('__Host-tegata_session')).toBeUndefined();
      expect((await browser.get(`${BASE}${PAGES}/nothing`)).status).toBe(404);
      const explorer = await browser.get(`${BASE}${PAGES}/api/explorer`);
      expect(explorer.body).toContain(`data-api="${BASE}/api"`);
    });

    test('a path that only begins alike, or is written otherwise, is not ours', async () => {
      for (const path of [`${BASE}x/token`, '/shop/token', '/%73hop/tegata/api', `${BASE}${BASE}/api`]) {
        expect([path, (await fetch(`${server.it.url}${path}`)).status]).toEqual([path, 404]);
      }
    });
  });

  describe('ECCUBE_ADMIN_DENY_HOSTS', () => {
    const server = useOAuthServer(db, { PUBLIC_URL: SHOP, ECCUBE_ADMIN_DENY_HOSTS: '["127.0.0.0/8"]' });

    test('shuts every address below the path, and lets the process say that it lives', async () => {
      const routes = await routesOf(server.it.services);
      const below = [...new Set(routes.map(({ url }) => url).filter((url) => url.startsWith(PAGES)))];
      expect(below.length).toBeGreaterThan(30);
      const got = await Promise.all(below.map((url) => fetch(`${server.it.url}${url.replace('*', 'x')}`)));
      const open = below.filter((_, place) => got[place]?.status !== 403);
      expect(open).toEqual([`${PAGES}/health`]);
    });
  });

  describe('TEGATA_PATH of one’s own', () => {
    const server = useOAuthServer(db, { PUBLIC_URL: SHOP, TEGATA_PATH: '/tegata' });

    test('every page lies below it, and OAuth管理 and WebHook管理 where the plugin has them', async () => {
      const browser = await loggedInAt(server.it, '/tegata/login');
      const home = await browser.get('/tegata');
      expect(home.status).toBe(200);
      const below = /^\/(?:tegata(?:\/|$)|admin\/api\/(?:oauth|webhook)(?:\/|$))/;
      expect(linksOf(home).filter((link) => !below.test(link))).toEqual([]);
      expect((await browser.get('/tegata/')).location).toBe('/tegata');
      expect(browser.cookie('__Host-tegata_session')).toBeDefined();
      expect((await fetch(`${server.it.url}/tegata/health`)).status).toBe(200);
    });
  });
});

test.each([
  [{}, '/admin', ''],
  [{ PUBLIC_URL: 'http://127.0.0.1:3000' }, '/admin', ''],
  [{ PUBLIC_URL: 'https://localhost', PORT: '443' }, '/admin', ''],
  [{ PUBLIC_URL: 'http://127.0.0.1:8080' }, PAGES, ''],
  [{ PUBLIC_URL: SHOP, ECCUBE_ADMIN_ROUTE: 'kanri' }, '/kanri/api/oauth/tegata', ''],
  [{ PUBLIC_URL: `${SHOP}/ec` }, PAGES, '/ec'],
  [{ PUBLIC_URL: SHOP, TEGATA_PATH: '/admin' }, '/admin', ''],
  [{ PUBLIC_URL: SHOP, TEGATA_PATH: '/admin/api/tegata' }, '/admin/api/tegata', ''],
])('%j: pages at %s, path “%s”', (env, pagesPath, basePath) => {
  expect(parseConfig(env)).toMatchObject({ pagesPath, basePath });
});

test.each([
  [{ TEGATA_PATH: 'tegata' }, /TEGATA_PATH: must be a path/],
  [{ TEGATA_PATH: '/tegata/' }, /TEGATA_PATH: must be a path/],
  [{ TEGATA_PATH: '/te gata' }, /TEGATA_PATH: must be a path/],
  [{ TEGATA_PATH: '/api/pages' }, /TEGATA_PATH: must not begin with .* \/api/],
  [{ TEGATA_PATH: '/admin/api' }, /TEGATA_PATH: must not hold \/admin\/api\//],
  [{ TEGATA_PATH: '/admin/login' }, /TEGATA_PATH: must not hold \/admin\/login/],
  [
    { PUBLIC_URL: `${SHOP}/tegata`, TEGATA_PATH: '/tegata' },
    /TEGATA_PATH: must not begin as the path of PUBLIC_URL/,
  ],
  [
    { PUBLIC_URL: `${SHOP}/admin/x` },
    /PUBLIC_URL: must have a path that does not begin with ECCUBE_ADMIN_ROUTE/,
  ],
  [{ PUBLIC_URL: `${SHOP}/token` }, /PUBLIC_URL: must not begin with .* \/token/],
  [{ PUBLIC_URL: `${SHOP}/a%2Fb` }, /PUBLIC_URL: must have a path of letters/],
  [{ PUBLIC_URL: `${SHOP}/a/../b` }, /PUBLIC_URL: must be written as browsers write it/],
])('%j is refused', (env, words) => {
  expect(() => parseConfig(env)).toThrow(words);
});
