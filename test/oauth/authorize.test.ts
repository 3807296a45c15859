/** The authorization endpoint's judgement of a request: what gets a page, what goes back to the client, and when. */
import { beforeAll, describe, expect, test } from 'vitest';
import { switchClient } from '../../src/oauth/clients.ts';
import { SCOPES } from '../../src/oauth/rules/scope.ts';
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
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  approve,
  authorizePath,
  makePkce,
  newCode,
  newTokens,
  redeem,
  tokensOf,
} from '../support/oauth-walks.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };
const LOOPBACK = 'http://127.0.0.1/cb';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let native: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    native = await server.it.client({
      isPublic: true,
      redirectUris: [LOOPBACK, 'http://[::1]/cb', 'http://localhost:4000/cb', 'com.example.app:/cb'],
    });
  });

  const expectPage = (answer: Answer) => {
    expect(answer.status).toBe(400);
    expect(answer.location).toBe('');
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('refresh')).toBeNull();
    expect(answer.body).not.toMatch(/http-equiv|evil\.example|href="https?:/i);
  };
  /** Who can mend it is shown what was sent: as text that leads nowhere. */
  const withoutWhatWasSent = (answer: Answer): Answer => ({
    ...answer,
    body: answer.body.replaceAll(/<code class="break-anywhere">[^<]*<\/code>/g, ''),
  });

  /** One line an attack: the browser stays here, logged in or not. */
  const stays = (title: string, path: () => string) =>
    test(title, async () => {
      expectPage(withoutWhatWasSent(await browser.get(path())));
      expectPage(await newBrowser(server.it).get(path()));
    });

  describe('BCP-04: an unknown client or a client that is not named gets a page', () => {
    stays('no parameters', () => '/admin/authorize');
    stays('no client', () => authorizePath('', {}, ['client_id']));
    stays('an empty client', () => authorizePath(''));
    stays('an unknown client', () => authorizePath('0'.repeat(32)));
    stays('the id in capitals', () => authorizePath(client.clientId.toUpperCase().replace(/^/, 'A')));
    stays('the client twice', () => `${authorizePath(client.clientId)}&client_id=${native.clientId}`);
    stays('the same client twice', () => `${authorizePath(client.clientId)}&client_id=${client.clientId}`);
    stays('a client that was switched on by text', () => authorizePath(`${client.clientId}%' or 1=1`));

    test('a deactivated client', async () => {
      const off = await server.it.client();
      await switchClient(server.it.services.clients, off.clientId, false, NOBODY);
      expectPage(await browser.get(authorizePath(off.clientId)));
    });
  });

  describe('ADV-32: a null byte in the query is refused like any other nonsense', () => {
    stays('in the client', () => `/admin/authorize?response_type=code&client_id=%00`);
    stays('behind the client', () => authorizePath(`${client.clientId}\0`));
    stays('in the redirect URI', () => authorizePath(client.clientId, { redirect_uri: `${CALLBACK}\0` }));
    test.each(['state', 'scope', 'code_challenge', 'response_type', 'x'])('in %s', async (name) => {
      const path = `${authorizePath(client.clientId, {}, [name])}&${name}=a%00b`;
      const answer = await browser.get(path);
      expect(answerOf(answer).get('error')).toBe('invalid_request');
      const stranger = newBrowser(server.it);
      expect((await stranger.get(path)).location).toMatch(/^\/admin\/login\?request=/);
    });
    test.each(['/admin/login?request=%00', '/admin/api/oauth/%00', '/admin/api/oauth?q=%00', '/admin/%00'])(
      '%s',
      async (path) => {
        expect((await browser.get(path)).status).toBeLessThan(500);
        expect((await newBrowser(server.it).get(path)).status).toBeLessThan(500);
      },
    );
    test.each(['login_id', 'password', 'request', '_token', 'decision'])(
      'in the form field %s',
      async (name) => {
        const tab = newBrowser(server.it);
        const token = hidden(await tab.get('/admin/login'), '_token');
        for (const path of ['/admin/login', '/admin/authorize', '/admin/logout']) {
          const fields = new URLSearchParams({ _token: token, login_id: 'a', password: 'b', request: 'c' });
          fields.set(name, 'a\0b');
          expect((await tab.post(path, fields.toString())).status).toBeLessThan(500);
        }
      },
    );
  });

  describe('BCP-01, ADV-07: only the registered redirect URI itself is taken', () => {
    for (const uri of [
      'https://evil.example/callback',
      `${CALLBACK}/`,
      `${CALLBACK}?`,
      `${CALLBACK}?next=https://evil.example`,
      `${CALLBACK}#evil`,
      `${CALLBACK};x=1`,
      `${CALLBACK}/../callback`,
      `${CALLBACK}%20`,
      ` ${CALLBACK}`,
      `${CALLBACK}\n`,
      `${CALLBACK}2`,
      'https://client.example/callbac',
      'https://client.example/Callback',
      'https://client.example/%63allback',
      'https://client.example//callback',
      'https://client.example/x/../callback',
      'https://client.example',
      'https://client.example/',
      'https://CLIENT.example/callback',
      'https://client.example./callback',
      'https://client.example:443/callback',
      'https://client.example:8443/callback',
      'https://www.client.example/callback',
      'https://client.example.evil.example/callback',
      'https://client.example@evil.example/callback',
      'https://user@client.example/callback',
      'https://evil.example\\@client.example/callback',
      'https:/client.example/callback',
      'HTTPS://client.example/callback',
      'http://client.example/callback',
      '//client.example/callback',
      '/callback',
      'javascript:alert(1)',
      'data:text/html,x',
      '*',
      'null',
    ]) {
      stays(uri, () => authorizePath(client.clientId, { redirect_uri: uri }));
    }
    stays('twice', () => `${authorizePath(client.clientId)}&redirect_uri=${encodeURIComponent(CALLBACK)}`);
    stays('left out where several are registered', () =>
      authorizePath(native.clientId, makePkce().challenge, ['redirect_uri']),
    );
    stays('of another client', () => authorizePath(client.clientId, { redirect_uri: LOOPBACK }));
  });

  describe('a wrong redirect URI', () => {
    const wrong = (sent: string) => authorizePath(client.clientId, { redirect_uri: sent });
    const SENT = `${CALLBACK}/"><b>x`;

    test('is shown to a システム管理者 beside what is registered, with the way to the client', async () => {
      const { status, body } = await browser.get(wrong(SENT));
      expect(status).toBe(400);
      expect(body).toContain(`>${CALLBACK}/&quot;>&lt;b>x</code>`);
      expect(body).toContain(`>${CALLBACK}</code>`);
      expect(body).toContain(`href="/admin/api/oauth/${client.clientId}"`);
      const none = await browser.get(authorizePath(native.clientId, makePkce().challenge, ['redirect_uri']));
      expect(none.body).toContain('送られていないか、2つ以上送られました。');
      expect(none.body).toContain(`>${LOOPBACK}</code>`);
    });

    test('tells a stranger, and a member who may not mend it, nothing of either', async () => {
      await server.it.member('tencho-uri', 1);
      for (const tab of [newBrowser(server.it), await loggedIn(server.it, 'tencho-uri')]) {
        const { status, body } = await tab.get(wrong(SENT));
        expect(status).toBe(400);
        expect(body).not.toContain('client.example');
        expect(body).not.toContain(client.clientId);
      }
    });
  });

  describe('BCP-02: the port of a loopback address may differ, and nothing else', () => {
    const good = ['http://127.0.0.1:51004/cb', 'http://[::1]:51004/cb', 'http://localhost:4000/cb'];
    test.each([...good, LOOPBACK, 'com.example.app:/cb'])('%s is taken', async (uri) => {
      const path = authorizePath(native.clientId, { redirect_uri: uri, ...makePkce().challenge });
      const page = await browser.get(path);
      expect(page.status).toBe(200);
      const { location } = await decide(browser, page, 'approve');
      expect(location.startsWith(`${uri}?code=`)).toBe(true);
    });
    for (const uri of [
      'http://127.0.0.1:51004/cb/',
      'http://127.0.0.1:51004/CB',
      'http://127.0.0.1:51004/cb?x=1',
      'http://127.0.0.1:51004',
      'http://127.0.0.1:70000/cb',
      'http://127.0.0.1:/cb',
      'http://127.0.0.1:+80/cb',
      'http://127.0.0.1.evil.example/cb',
      'http://127.0.0.1:1@evil.example/cb',
      'http://127.0.0.1:1.evil.example/cb',
      'http://127.0.0.1\\@evil.example/cb',
      'http://127.0.0.2:51004/cb',
      'http://127.1:51004/cb',
      'http://2130706433/cb',
      'http://0x7f.0.0.1/cb',
      'https://127.0.0.1:51004/cb',
      'http://[0:0:0:0:0:0:0:1]:51004/cb',
      'http://[::1%25eth0]:51004/cb',
      'http://localhost:51004/cb',
      'http://localhost/cb',
      'com.example.app://cb',
      'com.example.app:/cb/x',
    ]) {
      stays(uri, () => authorizePath(native.clientId, { redirect_uri: uri, ...makePkce().challenge }));
    }

    test('BCP-02, BCP-22: the code is bound to the port that was asked for', async () => {
      const pkce = makePkce();
      const uri = 'http://127.0.0.1:51004/cb';
      const fresh = await newCode(browser, native, { redirect_uri: uri, ...pkce.challenge });
      const elsewhere = { redirect_uri: 'http://127.0.0.1:51005/cb', code_verifier: pkce.verifier };
      expect((await redeem(server.it, native, fresh, elsewhere)).body.error).toBe('invalid_grant');
      const again = await newCode(browser, native, { redirect_uri: uri, ...pkce.challenge });
      const here = { redirect_uri: uri, code_verifier: pkce.verifier };
      expect(tokensOf(await redeem(server.it, native, again, here)).access).not.toBe('');
    });
  });

  /** Requests whose client and address are good, and that are refused: name, parameters, error. */
  const challenge = makePkce().challenge.code_challenge ?? '';
  const refused: [string, Record<string, string>, string][] = [
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['response_type=id_token', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['response_type=code token', { response_type: 'code token' }, 'unsupported_response_type'],
    ['response_type=none', { response_type: 'none' }, 'unsupported_response_type'],
    ['response_type=CODE', { response_type: 'CODE' }, 'unsupported_response_type'],
    ['no response_type', { response_type: '' }, 'invalid_request'],
    ['response_mode=fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['response_mode=form_post', { response_mode: 'form_post' }, 'invalid_request'],
    ['response_mode=web_message', { response_mode: 'web_message' }, 'invalid_request'],
    ['a scope nobody knows', { scope: 'admin' }, 'invalid_scope'],
    ['a good scope and a bad one', { scope: 'read admin' }, 'invalid_scope'],
    ['a malformed scope', { scope: 'read\twrite' }, 'invalid_scope'],
    ['a scope of blanks', { scope: ' ' }, 'invalid_scope'],
    ['a scope with a quote', { scope: 'read"' }, 'invalid_scope'],
    ['state of 4001 bytes', { state: 'x'.repeat(4001) }, 'invalid_request'],
    ['plain PKCE', { code_challenge: challenge, code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without a method', { code_challenge: challenge }, 'invalid_request'],
    ['PKCE of a wrong length', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
    ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
  ];

  describe('errors that go back to the client', () => {
    test.each(refused)('BCP-14, BCP-23, ADV-09: %s', async (_title, extra, error) => {
      const answer = await browser.get(authorizePath(client.clientId, extra));
      expect(answer.status).toBe(303);
      expect(answer.location.startsWith(`${CALLBACK}?error=`)).toBe(true);
      expect(answer.location).not.toContain('#');
      const got = answerOf(answer);
      expect(got.get('error')).toBe(error);
      expect(got.get('iss')).toBe(server.it.issuer);
      expect(got.get('state')).toBe(extra.state ?? 'af0ifjsldkj');
      expect(got.get('error_description')).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(got.has('code') || got.has('access_token')).toBe(false);
    });

    test.each(refused)('BCP-05, ADV-33: not before somebody has logged in: %s', async (_title, extra) => {
      for (const prompt of [{}, { prompt: 'none' }]) {
        const stranger = newBrowser(server.it);
        const answer = await stranger.get(authorizePath(client.clientId, { ...extra, ...prompt }));
        expect(answer.status).toBe(303);
        expect(answer.location).toMatch(/^\/admin\/login\?request=[\w-]{43}$/);
      }
    });

    test('BCP-05: the error comes after the login, by the request that waited', async () => {
      const stranger = newBrowser(server.it);
      const toLogin = await stranger.get(authorizePath(client.clientId, { scope: 'admin' }));
      const back = await submitLogin(stranger, await stranger.get(toLogin.location));
      // A page of ours stands between the password's form and the client.
      expect([back.status, back.location]).toEqual([200, '']);
      const on = back.headers.get('refresh')?.split('; url=')[1] ?? '';
      expect(on).toMatch(/^\/admin\/login\?request=[\w-]{43}$/);
      const again = await stranger.get(on);
      expect(again.location).toMatch(/^\/admin\/authorize\?/);
      const answer = answerOf(await stranger.get(again.location));
      expect(Object.fromEntries(answer)).toMatchObject({ error: 'invalid_scope', state: 'af0ifjsldkj' });
    });

    test.each(['response_type', 'scope', 'state', 'code_challenge', 'resource_x'])(
      '%s twice is refused',
      async (name) => {
        const path = `${authorizePath(client.clientId, {}, [name])}&${name}=a&${name}=a`;
        const answer = answerOf(await browser.get(path));
        expect(answer.get('error')).toBe('invalid_request');
        expect(answer.get('iss')).toBe(server.it.issuer);
      },
    );

    test('BCP-33, ADV-33: prompt=none opens no way around the page of an unknown address', async () => {
      const path = authorizePath(client.clientId, { prompt: 'none', redirect_uri: 'https://evil.example/' });
      expectPage(withoutWhatWasSent(await browser.get(path)));
    });

    test('a scope that the client is not registered for, and nothing else', async () => {
      const reader = await server.it.client({ scopes: ['read'] });
      const answer = await browser.get(authorizePath(reader.clientId, { scope: 'write write:stock' }));
      expect(answerOf(answer).get('error')).toBe('invalid_scope');
    });

    test.each([
      ['read write', 'read'],
      [SCOPES.join(' '), 'read read:products read:orders read:orders:minimal read:customers'],
      [' read', 'read'],
      ['read  write ', 'read'],
      ['read:orders', 'read:orders'],
    ])(
      'RFC 6749 §3.3: %j of a client that may read is narrowed, and the answer says so',
      async (scope, left) => {
        const reader = await server.it.client({ scopes: ['read'] });
        expect((await newTokens(server.it, browser, reader, { scope })).scope).toBe(left);
      },
    );

    test('a client that is not registered for codes', async () => {
      const machine = await server.it.client({ grantTypes: ['refresh_token'] });
      const answer = await browser.get(authorizePath(machine.clientId));
      expect(answerOf(answer).get('error')).toBe('unauthorized_client');
    });
  });

  describe('BCP-18: PKCE as a client may demand it', () => {
    test('a client that requires PKCE gets no code without', async () => {
      const strict = await server.it.client({ pkce: 'required' });
      expect(answerOf(await browser.get(authorizePath(strict.clientId))).get('error')).toBe(
        'invalid_request',
      );
      const plain = { code_challenge: challenge, code_challenge_method: 'plain' };
      const answer = await browser.get(authorizePath(strict.clientId, plain));
      expect(answerOf(answer).get('error')).toBe('invalid_request');
    });
  });

  describe('what comes back on success', () => {
    test('BCP-08, BCP-14: a 303 with code, state and iss, and nothing else', async () => {
      const answer = await approve(browser, client);
      expect(answer.status).toBe(303);
      expect([...answerOf(answer).keys()]).toEqual(['code', 'state', 'iss']);
      expect(answerOf(answer).get('iss')).toBe(server.it.issuer);
      expect(answerOf(answer).get('code')).toMatch(/^[\w-]{43}$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    test('without state none comes back', async () => {
      const answer = await approve(browser, client, {}, ['state']);
      expect([...answerOf(answer).keys()]).toEqual(['code', 'iss']);
    });

    const odd = 'a+b c%20d&e=f?g#h/"<>\'`{}|\\^~ 手形を見せて\u{1f98a}%zz\t\n';
    test.each([
      ['odd characters', odd],
      ['4,000 bytes', 'x'.repeat(4_000)],
      ['1.5 kB in Japanese, three times as much as sent', '手'.repeat(500)],
      ['a single zero', '0'],
      ['JSON', '{"r":"https://client.example/?a=1&b=2"}'],
    ])('state comes back untouched: %s', async (_title, state) => {
      const got = await approve(browser, client, { state });
      expect(answerOf(got).get('state')).toBe(state);
      const denied = await decide(
        browser,
        await browser.get(authorizePath(client.clientId, { state })),
        'deny',
      );
      expect(answerOf(denied).get('state')).toBe(state);
    });

    test('state survives the login untouched', async () => {
      const stranger = newBrowser(server.it);
      const toLogin = await stranger.get(authorizePath(client.clientId, { state: odd }));
      const back = await submitLogin(stranger, await stranger.get(toLogin.location));
      const page = await stranger.get(back.location);
      expect(answerOf(await decide(stranger, page, 'approve')).get('state')).toBe(odd);
    });

    test('a redirect URI that has a query keeps it', async () => {
      const uri = 'https://client.example/cb?tenant=7&x=%E9%80%9A';
      const app = await server.it.client({ redirectUris: [uri] });
      const { location } = await approve(browser, app, { redirect_uri: uri });
      expect(location.startsWith(`${uri}&code=`)).toBe(true);
    });

    test('no scope asks for all that is registered; a subset is kept', async () => {
      const all = tokensOf(await redeem(server.it, client, await newCode(browser, client)));
      const one = tokensOf(
        await redeem(server.it, client, await newCode(browser, client, { scope: 'write' })),
      );
      expect([all.scope, one.scope]).toEqual(['read write', 'write']);
    });
  });
});
