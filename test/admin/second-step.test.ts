/** The second step of the admin's login by real HTTP: a code, a recovery code, enrolment, and the request that waits. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appCode, shownCodes, shownKey } from '../support/authenticator.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, type HttpBrowser, hidden, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath } from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';

const KEY = 'JBSWY3DPEHPK3PXP';
const CODE_PAGE = '/admin/two_factor_auth/auth';
const ENROL_PAGE = '/admin/two_factor_auth/set';
const WRONG = '認証コードに誤りがあります。再度入力してください。';
const MALFORMED = '認証コードに誤りがあります。数字6桁で入力してください。';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let client: TestClient;
  beforeAll(async () => {
    client = await server.it.client();
    await server.it.member('guarded', 0);
    await server.it.member('demanded', 0);
  });
  beforeEach(async () => {
    server.it.clock.advance(3600); // codes are taken once, and wrong ones are counted
    await setKey('guarded', KEY);
    await setKey('demanded', null);
  });

  const setKey = (loginId: string, key: string | null) =>
    staffTables(server.it.services.store)
      .updateTable('dtb_member')
      .set({ two_factor_auth_key: key, two_factor_auth_enabled: true })
      .where('login_id', '=', loginId)
      .execute();

  const now = () => server.it.services.clock.now();

  /** As far as the page of the second step. */
  async function afterPassword(loginId: string, from = '/admin/login') {
    const browser = newBrowser(server.it);
    let page = await browser.get(from);
    if (page.status === 303) page = await browser.get(page.location);
    const answer = await submitLogin(browser, page, loginId);
    expect(answer.status).toBe(303);
    return { browser, location: answer.location, page: await browser.get(answer.location) };
  }

  const submit = (browser: HttpBrowser, page: Answer, path: string, code: string) =>
    browser.post(path, { code, request: hidden(page, 'request'), _token: hidden(page, '_token') });

  describe('a member with an authenticator', () => {
    test('is asked for a code after the password, and is in with the right one', async () => {
      const { browser, location, page } = await afterPassword('guarded');
      expect(location).toBe(CODE_PAGE);
      expect(page.body).toContain('2段階認証');
      expect((await browser.get('/admin')).location).toBe('/admin/login');
      const answer = await submit(browser, page, CODE_PAGE, appCode(KEY, now()));
      expect([answer.status, answer.location]).toEqual([303, '/admin']);
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('ASVS-6.5.8: the time of the code is the server’s, whatever the browser says', async () => {
      const { browser, page } = await afterPassword('guarded');
      const elsewhere = now() + 3600;
      const form = { code: appCode(KEY, elsewhere), _token: hidden(page, '_token') };
      const date = new Date(elsewhere * 1000).toUTCString();
      const answer = await browser.post(CODE_PAGE, form, { date, 'if-modified-since': date });
      expect(answer.body).toContain(WRONG);
      expect((await submit(browser, page, CODE_PAGE, appCode(KEY, now()))).location).toBe('/admin');
    });

    test('gets a session that the cookie of the first step does not open', async () => {
      const { browser, page } = await afterPassword('guarded');
      const halfway = browser.copy();
      await submit(browser, page, CODE_PAGE, appCode(KEY, now()));
      expect((await halfway.get('/admin')).location).toBe('/admin/login');
    });

    test('is told what is wrong with a code, in the words of EC-CUBE', async () => {
      const { browser, page } = await afterPassword('guarded');
      const right = appCode(KEY, now());
      const other = right === '123456' ? '654321' : '123456';
      expect((await submit(browser, page, CODE_PAGE, other)).body).toContain(WRONG);
      expect((await submit(browser, page, CODE_PAGE, '12345')).body).toContain(MALFORMED);
      expect((await browser.get('/admin')).location).toBe('/admin/login');
      expect((await submit(browser, page, CODE_PAGE, right)).location).toBe('/admin');
    });

    test('is locked out after five wrong codes', async () => {
      const { browser, page } = await afterPassword('guarded');
      const other = appCode(KEY, now()) === '123456' ? '654321' : '123456';
      for (let guess = 0; guess < 5; guess += 1) await submit(browser, page, CODE_PAGE, other);
      const answer = await submit(browser, page, CODE_PAGE, appCode(KEY, now()));
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('1800');
      expect(answer.body).toContain('ログイン試行回数が多すぎます。');
    });

    test('comes back to exactly the authorization request that waits', async () => {
      const asked = authorizePath(client.clientId, { scope: 'read' });
      const { browser, page } = await afterPassword('guarded', asked);
      const answer = await submit(browser, page, CODE_PAGE, appCode(KEY, now()));
      expect(answer.location).toBe(asked);
      expect((await browser.get(asked)).body).toContain('許可する');
    });

    test('begins anew when ten minutes have passed, and the request still waits', async () => {
      const { browser, page } = await afterPassword('guarded', authorizePath(client.clientId));
      server.it.clock.advance(601);
      const answer = await submit(browser, page, CODE_PAGE, appCode(KEY, now()));
      expect(answer.location).toBe(`/admin/login?request=${hidden(page, 'request')}`);
      expect((await browser.get(answer.location)).body).toContain('もう一度ログインしてください');
    });

    test('is never offered another key', async () => {
      const { browser } = await afterPassword('guarded');
      const answer = await browser.get(ENROL_PAGE);
      expect([answer.status, answer.location]).toEqual([303, '/admin/login']);
    });

    test('sends nothing without the form token', async () => {
      const { browser } = await afterPassword('guarded');
      expect((await browser.post(CODE_PAGE, { code: appCode(KEY, now()) })).status).toBe(403);
    });
  });

  describe('a member who has to enrol', () => {
    test('scans, proves, keeps recovery codes, and may log in by one of them once', async () => {
      const asked = authorizePath(client.clientId);
      const { browser, location, page } = await afterPassword('demanded', asked);
      expect(location).toMatch(/^\/admin\/two_factor_auth\/set\?request=/);
      expect(page.body).toMatch(/<svg class="qr"[^>]*role="img"/);
      const key = shownKey(page.body);
      const done = await submit(browser, page, ENROL_PAGE, appCode(key, now()));
      const codes = shownCodes(done.body);
      expect(codes).toHaveLength(10);
      expect(done.body).toContain(`href="${asked.replaceAll('&', '&amp;')}"`);
      expect((await browser.get('/admin')).status).toBe(200);

      const again = await afterPassword('demanded');
      const byRecovery = await submit(again.browser, again.page, CODE_PAGE, codes[0] ?? '');
      expect(byRecovery.location).toBe('/admin');
      const twice = await afterPassword('demanded');
      expect((await submit(twice.browser, twice.page, CODE_PAGE, codes[0] ?? '')).body).toContain(WRONG);
    });

    test('is offered the same key again after a wrong code', async () => {
      const { browser, page } = await afterPassword('demanded');
      const key = shownKey(page.body);
      const other = appCode(key, now()) === '123456' ? '654321' : '123456';
      const answer = await submit(browser, page, ENROL_PAGE, other);
      expect(answer.body).toContain(WRONG);
      expect(shownKey(answer.body)).toBe(key);
    });
  });

  test('without a login there is no second step', async () => {
    const browser = newBrowser(server.it);
    expect((await browser.get(CODE_PAGE)).location).toBe('/admin/login');
    expect((await browser.get(ENROL_PAGE)).location).toBe('/admin/login');
  });
});
