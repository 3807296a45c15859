/** Every route of the admin, as the server itself lists them, held to what holds for all: so that a new one is not forgotten. */
import { beforeAll, describe, expect, test } from 'vitest';
import { messagesFor } from '../../src/admin/i18n/messages.ts';
import {
  type AddressedPage,
  addressOf,
  idOf,
  PAGES,
  type PageName,
  placeOf,
  titleOf,
} from '../../src/admin/pages.ts';
import { paths } from '../../src/admin/paths.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, newTokens } from '../support/oauth-walks.ts';
import { adminRoutesOf, type Route } from '../support/server-routes.ts';
import { staffTables } from '../support/staff.ts';

/** For whoever is not logged in yet; what they ask for is their own affair. */
const OPEN = [
  '/admin/',
  '/admin/login',
  '/admin/login/link',
  '/admin/logout',
  '/admin/authorize',
  '/admin/two_factor_auth/auth',
  '/admin/two_factor_auth/set',
];
const DENIED_AUTHORITY = 1; // 店舗オーナー in mtb_authority

/** Addresses of the list that show no page of their own: two lead on, three are files. */
const NOT_A_PAGE = ['link', 'logout', 'auditExport', 'jobResult', 'jobTemplate'];
const addressed = (Object.keys(PAGES) as PageName[]).filter(
  (name): name is AddressedPage => PAGES[name].at !== undefined,
);

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let routes: Route[] = [];
  let client: TestClient;
  let browser: HttpBrowser;
  let token = '';

  beforeAll(async () => {
    routes = await adminRoutesOf(server.it.services);
    client = await server.it.client();
    browser = await loggedIn(server.it);
    await newTokens(server.it, browser, client);
    token = await formToken(browser);
    await staffTables(server.it.services.store).deleteFrom('dtb_authority_role').execute();
  });

  const formToken = async (tab: HttpBrowser) =>
    hidden(await tab.get('/admin/two_factor_auth/edit'), '_token');
  const of = (method: string) =>
    routes
      .filter((route) => route.method === method)
      .map(({ url }) => url.replace(':client_id', client.clientId).replaceAll(/:\w+/g, '7'));
  const guarded = (method: string) => of(method).filter((url) => !OPEN.includes(url));
  const answers = async (method: 'GET' | 'POST', tab: HttpBrowser, fields = {}, headers = {}) => {
    const all: { url: string; status: number; location: string; body: string }[] = [];
    for (const url of method === 'GET' ? of(method) : guarded(method)) {
      const answer = method === 'GET' ? await tab.get(url, headers) : await tab.post(url, fields, headers);
      all.push({ url, ...answer });
    }
    return all;
  };
  const deny = async (denyUrl: string) => {
    const at = server.it.services.store.kit.dateText(server.it.services.clock.now());
    const row = { create_date: at, update_date: at, discriminator_type: 'authorityrole' };
    await staffTables(server.it.services.store)
      .insertInto('dtb_authority_role')
      .values({ authority_id: DENIED_AUTHORITY, deny_url: denyUrl, ...row } as never)
      .execute();
  };

  test('the server lists its routes', () => {
    expect(of('GET').length).toBeGreaterThan(20);
    expect(of('POST').length).toBeGreaterThan(15);
    expect(guarded('POST')).toContain(`/admin/api/oauth/${client.clientId}/secret`);
    expect(new Set(routes.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD', 'POST']));
  });

  describe('the list of pages', () => {
    test('holds every address that the server answers, and no other', () => {
      const shown = routes.filter(({ method, url }) => method === 'GET' && url !== '/admin/');
      const listed = addressed.map((name) => addressOf(name, paths('admin')));
      expect(listed.toSorted()).toEqual(shown.map(({ url }) => url).toSorted());
      expect(addressed.filter((name) => PAGES[name].id === null).toSorted()).toEqual(NOT_A_PAGE.toSorted());
    });

    test('says what each page is called and which entry of the menu is marked', async () => {
      const words = messagesFor('ja');
      let seen = 0;
      for (const name of addressed.filter((one) => PAGES[one].id !== null && PAGES[one].guard !== 'anyone')) {
        const at = addressOf(name, paths('admin')).replace(':client_id', client.clientId);
        const { status, body } = await browser.get(at.replaceAll(/:\w+/g, '7'));
        if (status !== 200) continue;
        seen += 1;
        expect(body, name).toContain(`<body id="page_${idOf(name)}"`);
        expect(body, name).toContain(`<h2>${titleOf(name, words)}</h2>`);
        const place = placeOf(name);
        const marked = body.match(/aria-current="page"><?(?:[^<]|<(?!\/a>))*<\/a>/)?.[0] ?? '';
        if (place === undefined)
          expect(body.split('id="content"')[0], name).not.toContain('aria-current="page"');
        else expect(marked, name).toContain(`<span>${titleOf(place, words)}</span>`);
      }
      expect(seen).toBeGreaterThan(20);
    });
  });

  describe('who may', () => {
    test('ASVS-8.2.1: a stranger gets the login page, whatever is asked for', async () => {
      const stranger = newBrowser(server.it);
      const own = hidden(await stranger.get('/admin/login'), '_token');
      const asked = (await answers('GET', stranger)).filter(({ url }) => !OPEN.includes(url));
      const sent = await answers('POST', stranger, { _token: own });
      const inside = [...asked, ...sent].filter(({ location }) => location !== '/admin/login');
      expect(inside.map(({ url, status }) => ({ url, status }))).toEqual([]);
    });

    test('ASVS-8.2.1, ASVS-8.3.1, ADV-28, ADV-29: what the authority is denied is refused at every address, not only unlinked', async () => {
      await server.it.member('tencho', DENIED_AUTHORITY);
      const tab = await loggedIn(server.it, 'tencho');
      const own = await formToken(tab);
      expect((await tab.get('/admin/api/oauth')).status).toBe(200);
      await deny('/api');
      const under = (method: string) => of(method).filter((url) => url.startsWith('/admin/api'));
      expect(under('GET').length + under('POST').length).toBeGreaterThan(20);
      for (const url of under('GET')) expect((await tab.get(url)).status, url).toBe(403);
      for (const url of under('POST')) expect((await tab.post(url, { _token: own })).status, url).toBe(403);
      expect((await tab.get('/admin')).body).not.toContain('/admin/api/oauth');
      const { body } = await tab.get('/admin/api/oauth');
      expect(body).toContain('権限が「システム管理者」のメンバーに操作を依頼してください');
      expect(body).not.toContain('アクセスできません。');
    });

    test('ASVS-8.3.2: a denial and its end count from the next request on', async () => {
      await server.it.member('tencho2', DENIED_AUTHORITY);
      const tab = await loggedIn(server.it, 'tencho2');
      expect((await tab.get('/admin/store/plugin')).status).toBe(200);
      await deny('/store');
      expect((await tab.get('/admin/store/plugin')).status).toBe(403);
      await staffTables(server.it.services.store)
        .deleteFrom('dtb_authority_role')
        .where('deny_url', '=', '/store')
        .execute();
      expect((await tab.get('/admin/store/plugin')).status).toBe(200);
    });

    test('ASVS-16.3.2, ASVS-16.3.3: refusals and forged forms are in the log, with the request’s id', async () => {
      const answer = await browser.post('/admin/store/plugin/disable', { _token: 'forged' });
      const id = answer.headers.get('x-request-id') ?? 'none';
      const [line = '{}'] = server.it
        .log()
        .split('\n')
        .filter((one) => one.includes(id) && one.includes('refused'));
      expect(JSON.parse(line)).toMatchObject({ level: 40, reqId: id, kind: 'csrf', loginId: 'admin' });
    });
  });

  describe('addresses', () => {
    test('an address of nothing: the page says what its request id is for, and leads to no audit log without it', async () => {
      const answer = await browser.get('/admin/no/such/page');
      expect(answer.status).toBe(404);
      expect(answer.body).toContain(answer.headers.get('x-request-id'));
      expect(answer.body).toContain('サーバーのログでこのアクセスを特定するための番号です');
      expect(answer.body).not.toContain('監査ログで探す');
    });

    test('a wrong method is answered by a page that tells the right ones', async () => {
      const one = `/admin/api/oauth/${client.clientId}`;
      for (const [method, path, allow] of [
        ['DELETE', '/admin/api/oauth', 'GET, HEAD'],
        ['PUT', one, 'GET, HEAD, POST'],
        ['GET', `${one}/enable`, 'POST'],
        ['PATCH', '/admin/login', 'GET, HEAD, POST'],
      ] as const) {
        const answer = await fetch(`${server.it.url}${path}`, { method });
        expect([answer.status, answer.headers.get('allow')], path).toEqual([405, allow]);
        expect(await answer.text()).toContain('アクセスできません。');
      }
      expect((await fetch(`${server.it.url}/admin/nowhere`, { method: 'PUT' })).status).toBe(404);
    });

    test('EC-CUBE’s own address of the home page, with a slash behind, leads there', async () => {
      expect(await browser.get('/admin/')).toMatchObject({ status: 303, location: '/admin' });
    });

    test('while the API is off, its pages say so and what to do', async () => {
      const { apiSwitch } = server.it.services;
      const nobody = { loginId: null, clientIp: null, requestId: null };
      await apiSwitch.turn(false, nobody);
      for (const path of ['/admin/api/oauth', '/admin/authorize']) {
        const { status, body } = await browser.get(path);
        expect([status, body.includes('プラグイン一覧から有効化できます')]).toEqual([404, true]);
      }
      await apiSwitch.turn(true, nobody);
    });
  });

  describe('forms', () => {
    test('ASVS-3.5.1: no act without this browser’s form token, nor from another site with it', async () => {
      const stranger = newBrowser(server.it);
      const foreign = hidden(await stranger.get('/admin/login'), '_token');
      for (const _token of ['', foreign, `${token}x`]) {
        const taken = (await answers('POST', browser, { _token })).filter(({ status }) => status !== 403);
        expect(taken.map(({ url }) => url)).toEqual([]);
      }
      const site = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      const taken = (await answers('POST', browser, { _token: token }, site)).filter(
        ({ status }) => status !== 403,
      );
      expect(taken.map(({ url }) => url)).toEqual([]);
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('ASVS-3.5.1: a body that is no form is refused, so that no other site sends one without asking', async () => {
      for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
        const { status } = await browser.post('/admin/login', `{"_token":"${token}"}`, {
          'content-type': type,
        });
        expect(status, type).toBe(415);
      }
    });

    test('ASVS-3.5.3: looking at every page changes nothing', async () => {
      const before = await ownRows();
      for (const url of guarded('GET')) expect((await browser.get(url)).status, url).toBeLessThan(500);
      await browser.get(authorizePath(client.clientId));
      expect(await ownRows()).toEqual(before);
    });

    test('ASVS-16.4.2: no route changes the audit log', () => {
      const audit = routes.filter(({ url }) => url.includes('/audit'));
      expect(audit.length).toBeGreaterThan(1);
      expect(audit.filter(({ method }) => method === 'POST')).toEqual([]);
    });
  });

  test('ASVS-3.7.2: no page leads to another site, whatever its parameters say', async () => {
    const names = [
      'next',
      'url',
      'redirect_uri',
      'redirect',
      'return_to',
      'request',
      'client_id',
      'before',
      'q',
    ];
    const query = new URLSearchParams(names.map((name) => [name, 'https://evil.example/']));
    for (const tab of [browser, newBrowser(server.it)]) {
      for (const url of of('GET')) {
        const { location } = await tab.get(`${url}?${query}`);
        expect(location.startsWith('/admin') || location === '', `${url} → ${location}`).toBe(true);
      }
    }
    const approve = {
      request: 'x',
      decision: 'approve',
      redirect_uri: 'https://evil.example/',
      _token: token,
    };
    expect((await browser.post('/admin/authorize', approve)).location).toBe('');
    const page = await browser.get(authorizePath(client.clientId));
    const fields = { ...approve, request: hidden(page, 'request') };
    expect((await browser.post('/admin/authorize', fields)).location.startsWith(`${CALLBACK}?`)).toBe(true);
  });

  test('ASVS-7.4.4: every page of a member has the button that logs out', async () => {
    const pages = (await answers('GET', browser)).filter(({ body }) => body.includes('</html>'));
    expect(pages.length).toBeGreaterThan(12);
    const shown = pages.filter(({ status }) => status === 200);
    const lacking = shown.filter(
      ({ body }) => !/<form method="post" action="\/admin\/logout">.*?<button type="submit"/s.test(body),
    );
    expect(lacking.map(({ url }) => url)).toEqual([]);
    expect((await browser.get(authorizePath(client.clientId))).body).toContain('action="/admin/logout"');
  });

  /** All rows of Tegata but those that note a visit: when it was, and the requests that wait for consent. */
  async function ownRows(): Promise<Record<string, unknown>> {
    const { db: own } = server.it.services.store;
    const tables = [
      'tegata_client',
      'tegata_client_secret',
      'tegata_grant',
      'tegata_code',
      'tegata_refresh_token',
      'tegata_access_token',
      'tegata_event',
      'tegata_setting',
      'tegata_recovery_code',
      'tegata_throttle',
    ] as const;
    const rows = await Promise.all(
      tables.map(async (table) => [table, await own.selectFrom(table).selectAll().execute()]),
    );
    const members = await staffTables(server.it.services.store)
      .selectFrom('dtb_member')
      .selectAll()
      .execute();
    return { ...Object.fromEntries(rows), members };
  }
});
