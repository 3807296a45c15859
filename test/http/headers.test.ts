/** What stands around every answer: headers, cookies, redirects, and whose word about HTTPS and addresses counts. */
import { describe, expect, test } from 'vitest';
import { eachDatabase, onSqlite } from '../support/databases.ts';
import { type Answer, decide, HttpBrowser, hidden, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { CALLBACK, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, postToken } from '../support/oauth-walks.ts';

const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority

eachDatabase((db) => {
  const server = useOAuthServer(db);

  /** Every kind of page on the way of an authorization. */
  async function pagesOnTheWay(): Promise<Record<string, Answer>> {
    const browser = await loggedIn(server.it);
    const { clientId } = await server.it.client();
    await server.it.member('tencho', SHOP_OWNER).catch(() => undefined);
    const consent = await browser.get(authorizePath(clientId));
    const done = await browser.get(authorizePath(clientId));
    await decide(browser, done, 'deny');
    return {
      login: await newBrowser(server.it).get('/admin/login'),
      consent,
      answered: await decide(browser, done, 'approve'),
      unknownClient: await browser.get(authorizePath('0'.repeat(32))),
      notAllowed: await (await loggedIn(server.it, 'tencho')).get(authorizePath(clientId)),
      forged: await browser.post('/admin/authorize', { request: 'x' }),
      notFound: await browser.get('/admin/nothing'),
      home: await browser.get('/admin'),
    };
  }

  test('BCP-11, ASVS-3.4.6: no page can be framed', async () => {
    for (const [name, page] of Object.entries(await pagesOnTheWay())) {
      expect(page.headers.get('content-type'), name).toMatch(/^text\/html/);
      expect(page.headers.get('content-security-policy'), name).toContain("frame-ancestors 'none'");
      expect(page.headers.get('x-frame-options'), name).toBe('DENY');
    }
  });

  test('BCP-12, ASVS-3.4.5: nothing foreign is loaded or linked, and no referrer is sent', async () => {
    for (const [name, page] of Object.entries(await pagesOnTheWay())) {
      expect(page.headers.get('referrer-policy'), name).toBe('no-referrer');
      expect(page.headers.get('cache-control'), name).toBe('no-store');
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy, name).toContain("default-src 'none'");
      expect(policy, name).not.toMatch(/unsafe-|\*|(?:style|script|img|font|connect)-src[^;]*https?:/);
      expect(page.body, name).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//i);
      expect(page.body, name).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|style="|javascript:/i);
    }
  });

  test('BCP-10: the authorization endpoint offers no CORS, whatever is asked', async () => {
    const { clientId } = await server.it.client();
    const browser = await loggedIn(server.it);
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-a' };
    for (const origin of ['https://client.example', 'null', server.it.issuer]) {
      const page = await browser.get(authorizePath(clientId), { origin });
      const asked = await fetch(`${server.it.url}/admin/authorize`, {
        method: 'OPTIONS',
        headers: { origin, ...preflight },
      });
      for (const headers of [page.headers, asked.headers]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    }
  });

  test('BCP-07, BCP-08: every redirect that answers a form is a 303', async () => {
    const browser = await loggedIn(server.it);
    const { clientId } = await server.it.client();
    const consent = async () => browser.get(authorizePath(clientId));
    const page = await consent();
    const token = hidden(page, '_token');
    const login = newBrowser(server.it);
    const loginToken = hidden(await login.get('/admin/login'), '_token');
    const answers = [
      await decide(browser, page, 'approve'),
      await decide(browser, await consent(), 'deny'),
      await login.post('/admin/authorize', { request: 'x', _token: loginToken }),
      await browser.post(`/admin/api/oauth/clear_expired_tokens`, { _token: token }),
      await browser.post('/admin/logout', { _token: token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
    expect(answers[0]?.location.startsWith(CALLBACK)).toBe(true);
  });

  test('ASVS-3.3.2, ASVS-3.3.4: cookies are HttpOnly, SameSite and for the whole host only', async () => {
    const answer = await newBrowser(server.it).get('/admin/login');
    const [line = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(line).toMatch(/^tegata_browser=[\w-]{43};/);
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).toMatch(/; Path=\/(;|$)/i);
    expect(line).not.toMatch(/domain=/i);
  });

  test('BCP-40: without a configured proxy, forwarded headers count for nothing', async () => {
    const forged = {
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.99',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=203.0.113.99;proto=https;host=evil.example',
      host: 'evil.example',
    };
    const answer = await newBrowser(server.it).get('/admin/login', forged);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^tegata_browser=/);
    expect(answer.headers.has('strict-transport-security')).toBe(false);
    expect(answer.body).not.toContain('evil.example');
    const nobody = { grant_type: 'refresh_token', client_id: 'forged', client_secret: 'x' };
    await postToken(server.it, nobody, forged);
    const { db: own } = server.it.services.store;
    const event = own.selectFrom('tegata_event').selectAll().where('client_id', '=', 'forged');
    expect((await event.executeTakeFirstOrThrow()).client_ip).toBe('127.0.0.1');
    const metadata = await fetch(`${server.it.url}/.well-known/oauth-authorization-server`, {
      headers: forged,
    });
    expect(await metadata.text()).not.toContain('evil.example');
  });
});

eachDatabase((db) => {
  const server = useOAuthServer(db, { TRUSTED_PROXIES: '127.0.0.1', PUBLIC_URL: 'https://api.shop.example' });
  const behindProxy = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' };

  describe('behind a proxy that is named in TRUSTED_PROXIES', () => {
    test('ASVS-3.3.1, ASVS-3.3.3, ASVS-3.4.1: HTTPS is known by its word: HSTS, Secure, __Host-', async () => {
      const answer = await new HttpBrowser(server.it.url).get('/admin/login', behindProxy);
      expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
      const [line = ''] = answer.headers.getSetCookie();
      expect(line).toMatch(/^__Host-tegata_browser=/);
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; Path=\/(;|$)/i);
      expect(line).not.toMatch(/domain=/i);
    });

    test('a cookie without the prefix is not taken for one with it', async () => {
      const browser = await loggedIn(server.it);
      expect((await browser.get('/admin', behindProxy)).status).toBe(200);
      const other = newBrowser(server.it);
      other.setCookie('tegata_session', browser.cookie('__Host-tegata_session') ?? '');
      expect((await other.get('/admin', behindProxy)).location).toBe('/admin/login');
    });

    test('BCP-39, BCP-14: the documents name the public address', async () => {
      const document = await fetch(`${server.it.url}/.well-known/oauth-authorization-server`);
      expect(await document.json()).toMatchObject({
        issuer: 'https://api.shop.example',
        authorization_endpoint: 'https://api.shop.example/admin/authorize',
      });
    });
  });
});

eachDatabase((db) => {
  const server = useOAuthServer(db);

  test('ASVS-3.4.8: the opener policy is off exactly where an authorization passes, redirects and refusals included', async () => {
    const { clientId } = await server.it.client();
    const browser = newBrowser(server.it);
    const toLogin = await browser.get(authorizePath(clientId));
    const waiting = new URLSearchParams(toLogin.location.split('?')[1]).get('request') ?? '';
    const login = await browser.get(toLogin.location);
    const fields = {
      request: waiting,
      _token: hidden(login, '_token'),
      login_id: 'admin',
      password: 'wrong',
    };
    const step = `/admin/two_factor_auth/auth?request=${waiting}`;
    const enrol = `/admin/two_factor_auth/set?request=${waiting}`;
    const passes = {
      toLogin,
      login,
      wrong: await browser.post('/admin/login', fields),
      forged: await browser.post('/admin/login', { request: waiting }),
      step: await browser.get(step),
      stepSent: await browser.post('/admin/two_factor_auth/auth', { ...fields, code: '1' }),
      enrol: await browser.get(enrol),
      unknownClient: await browser.get(authorizePath('0'.repeat(32))),
    };
    const inside = await loggedIn(server.it);
    const consent = await inside.get(authorizePath(clientId));
    const flow = { ...passes, consent, back: await decide(inside, consent, 'deny') };
    for (const [name, { headers }] of Object.entries(flow))
      expect(headers.get('cross-origin-opener-policy'), name).toBe('unsafe-none');
    const kept = {
      login: await newBrowser(server.it).get('/admin/login'),
      empty: await newBrowser(server.it).get('/admin/login?request='),
      step: await newBrowser(server.it).get('/admin/two_factor_auth/auth'),
      home: await inside.get('/admin'),
      client: await inside.get(`/admin/api/oauth/${clientId}?request=${waiting}`),
    };
    for (const [name, { headers }] of Object.entries(kept))
      expect(headers.get('cross-origin-opener-policy'), name).toBe('same-origin');
  });
});

describe.each([
  ['the shop has the same host name', 'https://shop.example', 'https://shop.example/shop', false],
  ['something else has the host name above a path', 'https://shop.example/tegata', undefined, false],
  ['the shop has another host name', 'https://api.shop.example', 'https://shop.example', true],
])('where %s', (_where, publicUrl, shopUrl, isSent) => {
  onSqlite((db) => {
    const server = useOAuthServer(db, {
      TRUSTED_PROXIES: '127.0.0.1',
      PUBLIC_URL: publicUrl,
      ...(shopUrl && { TEGATA_SHOP_URL: shopUrl }),
    });

    test(`HSTS, which would hold for all of it for a year, is ${isSent ? 'sent' : 'left to the shop'}`, async () => {
      const { headers } = await fetch(`${server.it.url}/ready`);
      expect(headers.get('strict-transport-security')).toBe(isSent ? 'max-age=31536000' : null);
    });
  });
});
