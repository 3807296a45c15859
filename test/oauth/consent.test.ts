/** From login to the member's answer: sessions, forms, tabs, the back button, double clicks, and who may say yes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { switchClient } from '../../src/oauth/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  type Answer,
  answerOf,
  decide,
  type HttpBrowser,
  hidden,
  loggedIn,
  newBrowser,
  submitLogin,
} from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, isAlive, redeem, tokensOf } from '../support/oauth-walks.ts';

const REQUEST_SECONDS = 600;
const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client({ name: '在庫くん' });
  });

  const consent = (tab: HttpBrowser = browser): Promise<Answer> => tab.get(authorizePath(client.clientId));
  const codesOfClient = async (clientId: string): Promise<number> => {
    const { db: own } = server.it.services.store;
    const rows = await own.selectFrom('tegata_code').selectAll().where('client_id', '=', clientId).execute();
    return rows.length;
  };
  /** The browser was not sent to any client. */
  const expectStays = (answer: Answer, status: number) => {
    expect({ status: answer.status, location: answer.location }).toEqual({ status, location: '' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  };

  describe('the way in', () => {
    test('a stranger logs in and comes back to exactly this request', async () => {
      const tab = newBrowser(server.it);
      const path = authorizePath(client.clientId, { scope: 'read', state: 'a b+c' });
      const login = await tab.get((await tab.get(path)).location);
      expect(login.body).toContain('在庫くん');
      const back = await submitLogin(tab, login);
      expect(back.location).toBe(path);
      const page = await tab.get(back.location);
      expect(page.status).toBe(200);
      const answer = await decide(tab, page, 'approve');
      expect(tokensOf(await redeem(server.it, client, answerOf(answer).get('code') ?? '')).scope).toBe(
        'read',
      );
    });

    test('a wrong password loses nothing of the request', async () => {
      const tab = newBrowser(server.it);
      const path = authorizePath(client.clientId);
      const login = await tab.get((await tab.get(path)).location);
      const again = await submitLogin(tab, login, ADMIN.loginId, 'wrong');
      expectStays(again, 200);
      expect((await submitLogin(tab, again)).location).toBe(path);
    });

    test('BCP-03, ADV-33: login, logout and errors lead nowhere a parameter says', async () => {
      const names = ['next', 'redirect', 'redirect_uri', 'return_to', 'url', 'request', '_target_path'];
      const evil = new URLSearchParams(names.map((name) => [name, 'https://evil.example/'])).toString();
      const tab = newBrowser(server.it);
      const login = await tab.get(`/admin/login?${evil}`);
      expect(login.body).not.toContain('evil.example');
      const fields = new URLSearchParams(evil);
      fields.set('login_id', ADMIN.loginId);
      fields.set('password', ADMIN.password);
      fields.set('_token', hidden(login, '_token'));
      expect((await tab.post(`/admin/login?${evil}`, fields.toString())).location).toBe('/admin');
      expect((await tab.get(`/admin/login?${evil}`)).location).toBe('/admin');
      expect((await tab.get(`/admin/logout?${evil}`)).location).toBe('/admin');
      const token = hidden(await consent(tab), '_token');
      const bye = await tab.post(`/admin/logout?${evil}`, `${evil}&_token=${token}`);
      expect(bye.location).toMatch(/^\/admin\/login(\?|$)/);
      expect((await tab.get(bye.location)).body).not.toContain('evil.example');
      for (const path of ['/admin/nothing', '/nothing', '/', '//evil.example/', '/admin/login/'])
        expect((await tab.get(`${server.it.url}${path}`)).location).not.toContain('evil');
    });

    test('ASVS-7.2.4: a login makes a new session, and the old one is over', async () => {
      const tab = newBrowser(server.it);
      await submitLogin(tab, await tab.get('/admin/login'));
      const before = tab.copy();
      const session = tab.cookie('tegata_session');
      // A session planted by an attacker, and the form of a page opened before.
      const fields = { login_id: ADMIN.loginId, password: ADMIN.password };
      const token = hidden(await consent(tab), '_token');
      expect((await tab.post('/admin/login', { ...fields, _token: token })).status).toBe(303);
      expect(tab.cookie('tegata_session')).not.toBe(session);
      expect((await tab.get('/admin')).status).toBe(200);
      expect((await before.get('/admin')).location).toBe('/admin/login');
    });

    test('a session that somebody made up is nobody', async () => {
      const tab = newBrowser(server.it);
      tab.setCookie('tegata_session', 'A'.repeat(43));
      expect((await tab.get('/admin')).location).toBe('/admin/login');
      await submitLogin(tab, await tab.get('/admin/login'));
      expect(tab.cookie('tegata_session')).not.toBe('A'.repeat(43));
    });

    test('“not you?” logs out and keeps the request', async () => {
      const tab = await loggedIn(server.it);
      const page = await consent(tab);
      const out = await tab.post('/admin/logout', {
        _token: hidden(page, '_token'),
        request: hidden(page, 'request'),
      });
      expect(out.location).toBe(`/admin/login?request=${hidden(page, 'request')}`);
      expect(tab.cookie('tegata_session')).toBeUndefined();
      const back = await submitLogin(tab, await tab.get(out.location));
      expect(back.location).toBe(authorizePath(client.clientId));
    });
  });

  describe('BCP-06: nothing goes to a client before the member has said so', () => {
    test('the page says who asks, where the answer goes, for what and as whom', async () => {
      const page = await consent();
      expectStays(page, 200);
      for (const shown of ['在庫くん', 'client.example', '管理者', '許可する', '許可しない']) {
        expect(page.body).toContain(shown);
      }
      expect(page.body).not.toContain('af0ifjsldkj');
    });

    test('a consent given before is not a consent given now', async () => {
      await decide(browser, await consent(), 'approve');
      for (const prompt of [{}, { prompt: 'none' }]) {
        expectStays(await browser.get(authorizePath(client.clientId, prompt)), 200);
      }
    });

    test('a name with markup stays text', async () => {
      const odd = await server.it.client({ name: '<b onclick="x">&amp;\'' });
      const page = await browser.get(authorizePath(odd.clientId));
      expect(page.body).not.toContain('<b onclick');
      expect(page.body).toContain('&lt;b onclick');
    });
  });

  describe('the answer', () => {
    test('deny goes back as access_denied, with state and iss, and makes no code', async () => {
      const mine = await server.it.client();
      const answer = await decide(browser, await browser.get(authorizePath(mine.clientId)), 'deny');
      expect(answer.status).toBe(303);
      expect(Object.fromEntries(answerOf(answer))).toEqual({
        error: 'access_denied',
        error_description: 'The resource owner denied the request.',
        state: 'af0ifjsldkj',
        iss: server.it.issuer,
      });
      expect(await codesOfClient(mine.clientId)).toBe(0);
    });

    test.each(['', 'yes', 'APPROVE', 'approve '])('anything but approve is a no: %j', async (decision) => {
      const page = await consent();
      const fields = { _token: hidden(page, '_token'), request: hidden(page, 'request'), decision };
      expect(answerOf(await browser.post('/admin/authorize', fields)).get('error')).toBe('access_denied');
    });

    test('a double click on 許可する: twice the same answer, one code', async () => {
      const mine = await server.it.client();
      const page = await browser.get(authorizePath(mine.clientId));
      const clicks = await Promise.all(Array.from({ length: 8 }, () => decide(browser, page, 'approve')));
      expect(new Set(clicks.map(({ status }) => status))).toEqual(new Set([303]));
      expect(new Set(clicks.map(({ location }) => location)).size).toBe(1);
      expect(await codesOfClient(mine.clientId)).toBe(1);
      const code = answerOf(clicks[0]!).get('code') ?? '';
      expect(tokensOf(await redeem(server.it, mine, code)).access).not.toBe('');
    });

    test('the back button after the code was used: a page, no second code, and the tokens stay', async () => {
      const mine = await server.it.client();
      const page = await browser.get(authorizePath(mine.clientId));
      const code = answerOf(await decide(browser, page, 'approve')).get('code') ?? '';
      const tokens = tokensOf(await redeem(server.it, mine, code));
      expectStays(await decide(browser, page, 'approve'), 409);
      expectStays(await decide(browser, page, 'deny'), 409);
      expect(await codesOfClient(mine.clientId)).toBe(1);
      expect(await isAlive(server.it, tokens.access)).toBe(true);
    });

    test('deny after approve does not contradict it; approve after deny brings no code', async () => {
      const approved = await consent();
      const first = await decide(browser, approved, 'approve');
      expectStays(await decide(browser, approved, 'deny'), 409);
      const code = answerOf(first).get('code') ?? '';
      expect(tokensOf(await redeem(server.it, client, code)).access).not.toBe('');
      const denied = await consent();
      await decide(browser, denied, 'deny');
      expectStays(await decide(browser, denied, 'approve'), 409);
      expect(answerOf(await decide(browser, denied, 'deny')).get('error')).toBe('access_denied');
    });

    test('approve and deny at the same moment: one of them counts', async () => {
      const mine = await server.it.client();
      const page = await browser.get(authorizePath(mine.clientId));
      const answers = await Promise.all([decide(browser, page, 'approve'), decide(browser, page, 'deny')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
      const won = answers.find(({ status }) => status === 303)!;
      expect(await codesOfClient(mine.clientId)).toBe(answerOf(won).has('code') ? 1 : 0);
    });

    test('two tabs: each request has its own answer', async () => {
      const one = await browser.get(authorizePath(client.clientId, { state: 'one' }));
      const two = await browser.get(authorizePath(client.clientId, { state: 'two', scope: 'read' }));
      const second = answerOf(await decide(browser, two, 'approve'));
      const first = answerOf(await decide(browser, one, 'approve'));
      expect([first.get('state'), second.get('state')]).toEqual(['one', 'two']);
      const tokens = [first, second].map(async (got) =>
        tokensOf(await redeem(server.it, client, got.get('code') ?? '')),
      );
      expect((await Promise.all(tokens)).map(({ scope }) => scope)).toEqual(['read write', 'read']);
    });

    test('two tabs before the login: both come back', async () => {
      const tab = newBrowser(server.it);
      const paths = ['one', 'two'].map((state) => authorizePath(client.clientId, { state }));
      const logins = [];
      for (const path of paths) logins.push(await tab.get((await tab.get(path)).location));
      expect((await submitLogin(tab, logins[1]!)).location).toBe(paths[1]);
      // The other tab's form is from before the login; its page, loaded again, goes on by itself.
      const reloaded = await tab.get(`/admin/login?request=${hidden(logins[0]!, 'request')}`);
      expect(reloaded.location).toBe(paths[0]);
    });

    test('a request that was thought over too long starts anew instead of being lost', async () => {
      const page = await consent();
      server.it.clock.advance(REQUEST_SECONDS);
      const answer = await decide(browser, page, 'approve');
      expect(answer.location).toBe(authorizePath(client.clientId));
      const anew = await browser.get(answer.location);
      expect(hidden(anew, 'request')).not.toBe(hidden(page, 'request'));
      expect(answerOf(await decide(browser, anew, 'approve')).has('code')).toBe(true);
    });

    test('an answer after the session ended goes to the login and back to the request', async () => {
      const tab = await loggedIn(server.it);
      const page = await consent(tab);
      await tab.post('/admin/logout', { _token: hidden(page, '_token') });
      const stale = await decide(tab, page, 'approve');
      expect(answerOf(stale).has('code')).toBe(false);
      expect(stale.status === 403 || stale.location.startsWith('/admin/login')).toBe(true);
    });
  });

  describe('forged answers', () => {
    test('the request of another browser is refused, whoever is logged in there', async () => {
      const page = await consent();
      const thief = await loggedIn(server.it);
      const token = hidden(await consent(thief), '_token');
      const fields = { request: hidden(page, 'request'), _token: token, decision: 'approve' };
      expectStays(await thief.post('/admin/authorize', fields), 400);
      expectStays(await thief.post('/admin/authorize', { ...fields, request: 'A'.repeat(43) }), 400);
      expectStays(await thief.post('/admin/authorize', { ...fields, request: '' }), 400);
      expect(answerOf(await decide(browser, page, 'approve')).has('code')).toBe(true);
    });

    test('ADV-09: parameters of the client beside the answer change nothing', async () => {
      const page = await consent();
      const answer = await browser.post('/admin/authorize?response_type=token&scope=write', {
        request: hidden(page, 'request'),
        _token: hidden(page, '_token'),
        decision: 'approve',
        response_type: 'token',
        redirect_uri: 'https://evil.example/',
        scope: 'admin',
        client_id: 'x',
      });
      expect(answer.location.startsWith(`${CALLBACK}?code=`)).toBe(true);
      expect(answer.location).not.toContain('access_token');
    });

    test('a form without the right token is refused, and the request still waits', async () => {
      const page = await consent();
      const stranger = newBrowser(server.it);
      const foreign = hidden(await stranger.get('/admin/login'), '_token');
      for (const _token of ['', 'x', foreign, `${hidden(page, '_token')}x`]) {
        const fields = { request: hidden(page, 'request'), decision: 'approve', _token };
        expectStays(await browser.post('/admin/authorize', fields), 403);
      }
      expectStays(await browser.post('/admin/authorize', { request: hidden(page, 'request') }), 403);
      const fields = {
        request: hidden(page, 'request'),
        decision: 'approve',
        _token: hidden(page, '_token'),
      };
      expectStays(await browser.post('/admin/authorize', fields, { 'sec-fetch-site': 'cross-site' }), 403);
      expect(answerOf(await decide(browser, page, 'approve')).has('code')).toBe(true);
    });

    test('every other form of the admin asks for the token, too', async () => {
      const { clientId } = client;
      const oauth = '/admin/api/oauth';
      const paths = ['/admin/login', '/admin/logout', `${oauth}/new`, `${oauth}/clear_expired_tokens`];
      const one = ['', '/disable', '/secret', '/delete'].map((act) => `${oauth}/${clientId}${act}`);
      for (const path of [...paths, ...one, '/admin/store/plugin/disable']) {
        expect((await browser.post(path, { name: 'x' })).status, path).toBe(403);
      }
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('ADV-31: a malformed cookie is nobody, not a way in and not an error', async () => {
      for (const value of [
        '',
        '%',
        '%00',
        '"',
        ';',
        '=',
        'a'.repeat(3000),
        '%E3%81',
        '../../x',
        '[object Object]',
      ]) {
        for (const name of ['tegata_session', 'tegata_browser', 'tegata_flash', '__Host-tegata_session']) {
          const tab = newBrowser(server.it);
          tab.setCookie(name, value);
          expect((await tab.get('/admin')).location, `${name}=${value}`).toBe('/admin/login');
          expect((await tab.get('/admin/login')).status).toBe(200);
          expect((await tab.get(authorizePath(client.clientId))).location).toMatch(/^\/admin\/login\?/);
        }
      }
    });
  });

  describe('who may approve', () => {
    test('a member who is no システム管理者 is told so and can only go back', async () => {
      await server.it.member('tencho', SHOP_OWNER);
      const tab = await loggedIn(server.it, 'tencho');
      const page = await consent(tab);
      expectStays(page, 403);
      expect(page.body).not.toContain('許可する</button>');
      expectStays(await decide(tab, page, 'approve'), 403);
      const back = answerOf(await decide(tab, page, 'deny'));
      expect(back.get('error')).toBe('access_denied');
      expect(back.get('iss')).toBe(server.it.issuer);
    });

    test('a member who lost the authority after the page was shown gets no code', async () => {
      await server.it.member('moto-kanri', 0);
      const tab = await loggedIn(server.it, 'moto-kanri');
      const page = await consent(tab);
      await server.it.setWorking('moto-kanri', false);
      const answer = await decide(tab, page, 'approve');
      expect(answerOf(answer).has('code')).toBe(false);
    });

    test('a client that was deactivated after the page was shown gets no code', async () => {
      const mine = await server.it.client();
      const page = await browser.get(authorizePath(mine.clientId));
      const nobody = { loginId: null, clientIp: null, requestId: null };
      await switchClient(server.it.services.clients, mine.clientId, false, nobody);
      const answer = await decide(browser, page, 'approve');
      expect(answerOf(answer).has('code')).toBe(false);
      expectStays(await browser.get(answer.location), 400);
      expect(await codesOfClient(mine.clientId)).toBe(0);
    });
  });
});
