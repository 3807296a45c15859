/** Rows of ASVS 10 and 9 that no other test bears: each shown on the whole way from authorization to the API. */
import { beforeAll, describe, expect, test } from 'vitest';
import { setMemberPassword } from '../../src/staff/members.ts';
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
import {
  approve,
  authorizePath,
  callApi,
  expectRefusal,
  isAlive,
  makePkce,
  newCode,
  newTokens,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';
import { claimsOf, introspected } from './support/asking.ts';
import { policyClient, resettle } from './support/policy-client.ts';

const GRACE_SECONDS = 60;
const PRODUCTS = '{ products(limit: 1) { totalCount } }';
const ORDERS = '{ orders(limit: 1) { totalCount } }';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
  });

  test('ASVS-10.1.1: no token passes through the browser, only a code that is worth nothing without the client', async () => {
    const page = await browser.get(authorizePath(client.clientId));
    const back = await decide(browser, page, 'approve');
    const tokens = tokensOf(await redeem(server.it, client, answerOf(back).get('code') ?? ''));
    for (const { location, body } of [page, back]) {
      for (const token of [tokens.access, tokens.refresh]) expect(location + body).not.toContain(token);
    }
    expect([...answerOf(back).keys()].sort()).toEqual(['code', 'iss', 'state']);
  });

  test('ASVS-10.3.2: /api decides by scope, and by a subject that may still act', async () => {
    const shop = await server.it.client({ scopes: ['read:products', 'read:orders'] });
    const { access } = await newTokens(server.it, browser, shop, { scope: 'read:products' });
    expect((await callApi(server.it, access, PRODUCTS)).status).toBe(200);
    const refused = await callApi(server.it, access, ORDERS);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    await server.it.setWorking(ADMIN.loginId, false);
    expect(await isAlive(server.it, access)).toBe(false);
    await server.it.setWorking(ADMIN.loginId, true);
    browser = await loggedIn(server.it);
  });

  test('ASVS-10.3.3: a token of a member who is gone is not taken for another who has the login id now', async () => {
    await server.it.member('hanako', 0);
    const own = await loggedIn(server.it, 'hanako');
    const { access, refresh: token } = await newTokens(server.it, own, client);
    expect(claimsOf(access)).toMatchObject({ sub: 'hanako', iss: server.it.issuer });
    const members = server.it.services.store.db.withTables<{ dtb_member: { login_id: string } }>();
    const rename = (to: string, from: string) =>
      members.updateTable('dtb_member').set({ login_id: to }).where('login_id', '=', from).execute();
    await rename('hanako-old', 'hanako');
    await server.it.member('hanako', 0);
    expect(await isAlive(server.it, access)).toBe(false);
    expectRefusal(await refresh(server.it, client, token), 'invalid_grant');
    expect((await introspected(server.it, client, access)).active).toBe(false);
  });

  describe('ASVS-10.4.1: where the browser is sent is listed for each client', () => {
    test('the address of one client is none of another', async () => {
      const other = await server.it.client({ redirectUris: ['https://other.example/cb'] });
      const asked = { redirect_uri: 'https://other.example/cb' };
      expect((await browser.get(authorizePath(other.clientId, asked))).status).toBe(200);
      const refused = await browser.get(authorizePath(client.clientId, asked));
      expect([refused.status, refused.location]).toEqual([400, '']);
    });

    test('an address that is taken from the list is refused at once', async () => {
      const moving = await policyClient(server.it, {});
      await resettle(server.it, moving, { redirectUris: ['https://new.example/cb'] });
      expect((await browser.get(authorizePath(moving.clientId))).status).toBe(400);
    });
  });

  test('ASVS-10.4.5: a stolen refresh token of a public client ends its family, whoever uses it first', async () => {
    const app = await server.it.client({ isPublic: true });
    const pkce = makePkce();
    const code = await newCode(browser, app, pkce.challenge);
    const stolen = tokensOf(await redeem(server.it, app, code, { code_verifier: pkce.verifier }));
    const thief = tokensOf(await refresh(server.it, app, stolen.refresh));
    server.it.clock.advance(GRACE_SECONDS + 1);
    expectRefusal(await refresh(server.it, app, stolen.refresh), 'invalid_grant');
    expectRefusal(await refresh(server.it, app, thief.refresh), 'invalid_grant');
    expect(await isAlive(server.it, thief.access)).toBe(false);
  });

  describe('ASVS-10.4.6: PKCE, by S256 only', () => {
    const pkce = makePkce();
    const { code_challenge = '' } = pkce.challenge;
    test.each([
      ['no challenge', {}],
      ['plain', { code_challenge, code_challenge_method: 'plain' }],
      ['no method', { code_challenge }],
      ['another method', { code_challenge, code_challenge_method: 's256' }],
      ['a short challenge', { code_challenge: 'abc', code_challenge_method: 'S256' }],
    ])('%s: refused for whoever needs it', async (_what, fields) => {
      for (const wish of [{ isPublic: true }, { pkce: 'required' as const }]) {
        const needy = await server.it.client(wish);
        const answer = await browser.get(authorizePath(needy.clientId, fields));
        expect(answerOf(answer).get('error')).toBe('invalid_request');
      }
    });

    test.each(['', 'short', 'x'.repeat(43), `${pkce.verifier}x`, 'x'.repeat(129)])(
      'the verifier %j is refused',
      async (code_verifier) => {
        const code = await newCode(browser, client, pkce.challenge);
        expectRefusal(await redeem(server.it, client, code, { code_verifier }), 'invalid_grant');
      },
    );
  });

  describe('ASVS-10.4.9, ASVS-10.7.3: what was approved is seen in the admin and ended there', () => {
    test('the grant stands on 連携アプリ; one button ends every token of it', async () => {
      const app = await server.it.client({ name: '棚卸しアプリ' });
      const tokens = await newTokens(server.it, browser, app, { scope: 'read' });
      const page = await browser.get('/admin/api/apps?q=%E6%A3%9A%E5%8D%B8%E3%81%97');
      expect(page.body).toContain('棚卸しアプリ');
      const action = /href="([^"]*\/apps\/[0-9a-f]+\/end)"/.exec(page.body)?.[1] ?? '';
      expect(action).not.toBe('');
      expect((await browser.post(action, {})).status).not.toBe(303);
      expect(await isAlive(server.it, tokens.access)).toBe(true);
      expect((await browser.post(action, { _token: hidden(page, '_token') })).status).toBe(303);
      expect((await callApi(server.it, tokens.access)).status).toBe(401);
      expectRefusal(await refresh(server.it, app, tokens.refresh), 'invalid_grant');
    });

    test('a changed password ends what the member approved', async () => {
      await server.it.member('taro', 0);
      const own = await loggedIn(server.it, 'taro');
      const tokens = await newTokens(server.it, own, client);
      await setMemberPassword(server.it.services.identity, 'taro', 'mattaku-betsu-no-1');
      expect(await isAlive(server.it, tokens.access)).toBe(false);
      expectRefusal(await refresh(server.it, client, tokens.refresh), 'invalid_grant');
    });
  });

  test('ASVS-10.6.2: a foreign page logs nobody out', async () => {
    const own = await loggedIn(server.it);
    await own.get('/admin/logout');
    for (const fields of [{}, { _token: 'x'.repeat(43) }]) {
      expect((await own.post('/admin/logout', fields)).status).not.toBe(303);
    }
    expect((await own.get(authorizePath(client.clientId))).body).toContain('name="decision"');
  });

  describe('ASVS-10.7.1: consent is asked every time', () => {
    const asks = (page: Answer) =>
      expect([page.status, page.body.includes('name="decision"')]).toEqual([200, true]);

    test('also for what was approved a moment ago, whatever prompt is asked', async () => {
      await approve(browser, client);
      asks(await browser.get(authorizePath(client.clientId)));
      for (const prompt of ['none', 'consent', 'login']) {
        const page = await browser.get(authorizePath(client.clientId, { prompt }));
        expect(answerOf(page).get('code')).toBeNull();
      }
    });

    test('also right after a login', async () => {
      const fresh = newBrowser(server.it);
      const toLogin = await fresh.get(authorizePath(client.clientId));
      const login = await fresh.get(toLogin.location);
      const back = await submitLogin(fresh, login);
      asks(await fresh.get(back.location));
    });
  });

  test('ASVS-10.7.2: consent says who asks, for what, where it goes and how long', async () => {
    const policies = { accessSeconds: '600', refreshIdleSeconds: String(2 * 86_400) };
    const app = await policyClient(server.it, { name: '配送アプリ', policies, scopes: ['read:customers'] });
    const { body } = await browser.get(authorizePath(app.clientId));
    for (const text of ['配送アプリ', 'client.example', '顧客の個人情報', '2日', ADMIN.loginId]) {
      expect(body, text).toContain(text);
    }
    expect(CALLBACK).toContain('client.example');
  });

  test('ASVS-9.1.1: nothing of a token is answered before its signature holds', async () => {
    const { access } = await newTokens(server.it, browser, client);
    const [head, payload = '', signature] = access.split('.');
    const expired = { ...claimsOf(access), exp: 1, sub: 'nobody', client_id: 'x' };
    for (const claims of [payload, Buffer.from(JSON.stringify(expired)).toString('base64url')]) {
      const forged = `${head}.${claims}.${signature?.slice(0, -8)}AAAAAAAA`;
      const answer = await callApi(server.it, forged);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('signature');
    }
  });

  describe('ADV-22: a place in a list is judged, never put into a statement', () => {
    const injected = [
      "1' or '1'='1",
      '1; drop table dtb_member',
      '0 union select 1',
      '-1',
      '1e9',
      '%00',
      '\\',
    ];

    test.each(injected.map((text) => [text]))('%j', async (text) => {
      const { access } = await newTokens(server.it, browser, client);
      for (const after of [text, Buffer.from(`change:${text}`).toString('base64url')]) {
        const query = `{ changes(after: ${JSON.stringify(after)}) { nodes { cursor } } }`;
        const answer = await callApi(server.it, access, query);
        expect(answer.status).toBeLessThan(500);
        expect(await answer.json()).toMatchObject({
          errors: [{ message: expect.not.stringMatching(/sql|syntax/i) }],
        });
      }
      for (const path of ['/admin/api/apps', '/admin/api/oauth', '/admin/api/audit']) {
        const page = await browser.get(
          `${path}?page=${encodeURIComponent(text)}&q=${encodeURIComponent(text)}`,
        );
        expect([200, 404], path).toContain(page.status);
      }
      expect((await browser.get('/admin/api/apps')).status).toBe(200);
    });
  });
});
