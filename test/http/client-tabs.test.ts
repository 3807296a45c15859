/** The tabs of a client and the pages that ask first, by real HTTP: nothing ends by one click, and numbers say what would. */
import { beforeAll, describe, expect, test } from 'vitest';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, decide, type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, newTokens } from '../support/oauth-walks.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let path: string;
  let access: string;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client({ name: '売上レポート' });
    path = `/admin/api/oauth/${client.clientId}`;
    ({ access } = await newTokens(server.it, browser, client));
    const { services } = server.it;
    const call = {
      clientId: client.clientId,
      grantId: grantIn((await open('connections')).body),
      failed: false,
      ms: 1,
    };
    for (let n = 0; n < 1_312; n += 1) services.apiUse.recordCall(call);
    await services.apiUse.flush();
  });

  const open = (tab: string): Promise<Answer> => browser.get(`${path}/${tab}`);
  const grantIn = (body: string): string => /grants\/([0-9a-f]{32})\/revoke/.exec(body)?.[1] ?? '';
  const post = (page: Answer, to: string, fields: Record<string, string> = {}) =>
    browser.post(to, { _token: hidden(page, '_token'), ...fields });
  const stored = () => findClient(server.it.services.store.db, client.clientId);

  test.each([
    ['', '設定', 'クライアント名'],
    ['/secrets', 'シークレット', '新しいシークレットを発行'],
    ['/steps', '次の手順', '認可画面を開く'],
    ['/connections', '接続', '直近の24時間で1,312回使われています。'],
    ['/requests', 'リクエスト', '1,312回呼び出され'],
    ['/failures', '失敗', '最近の失敗'],
  ])('%s is a tab with an address of its own', async (tab, name, text) => {
    const { status, body } = await browser.get(path + tab);
    expect(status).toBe(200);
    expect(body).toContain(`<a href="${path}${tab}" aria-current="page">${name}</a>`);
    expect(body.match(/aria-current="page"/g)).toHaveLength(2); // and in the side navigation
    expect(body).toContain(text);
  });

  test.each(['secrets', 'steps', 'connections', 'requests', 'failures', 'test', 'disable', 'secret'])(
    '%s of a client that is not there is a 404, and of nobody a login',
    async (tab) => {
      expect((await browser.get(`/admin/api/oauth/${'0'.repeat(32)}/${tab}`)).status).toBe(404);
      const stranger = await fetch(`${server.it.url}${path}/${tab}`, { redirect: 'manual' });
      expect(stranger.headers.get('location')).toBe('/admin/login');
    },
  );

  describe('asks first', () => {
    const used = '直近の24時間で1,312回使われています。';

    test('無効にする: the number, and the way back', async () => {
      const settings = await browser.get(path);
      expect(settings.body).not.toContain(`action="${path}/disable"`);
      const page = await open('disable');
      expect(page.body).toContain('「売上レポート」を無効にしてよろしいですか？');
      expect(page.body).toContain(used);
      expect(page.body).toContain('有効な連携が1件あります。');
      expect(page.body).toContain('いつでも有効に戻せます。');
      expect((await stored())?.disabledAt).toBeNull();
      await post(page, `${path}/disable`);
      expect((await stored())?.disabledAt).not.toBeNull();
      expect(await isAlive(server.it, access)).toBe(false);
      const off = await browser.get(path);
      expect(off.body).toContain(`action="${path}/enable"`);
      await post(off, `${path}/enable`);
      expect(await isAlive(server.it, access)).toBe(true);
      expect((await open('disable')).status).toBe(200);
    });

    test('新しいシークレットを発行: a day of overlap unless something else is chosen', async () => {
      const page = await open('secret');
      expect(page.body).toContain(used);
      expect(page.body).toMatch(/id="keep-86400"[^>]*checked/);
      expect((await stored())?.secrets).toHaveLength(1);
      server.it.clock.advance(1);
      await post(page, `${path}/secret`);
      const now = server.it.clock.now();
      expect((await stored())?.secrets.map(({ expiresAt }) => expiresAt)).toEqual([null, now + 86_400]);
    });

    test('今すぐ無効にする: which secret, and when it was last used', async () => {
      const secrets = await open('secrets');
      const ends = [...secrets.body.matchAll(/href="([^"]+\/secrets\/[^"]+\/end)"/g)].map(
        ([, href]) => href ?? '',
      );
      expect(ends).toHaveLength(2);
      const page = await browser.get(ends[1] ?? '');
      expect(page.body).toContain('に発行したシークレットを無効にしてよろしいですか？');
      expect(page.body).toContain('このシークレットの最終利用は');
      expect((await stored())?.secrets).toHaveLength(2);
      expect((await browser.get(`${path}/secrets/nothing/end`)).status).toBe(404);
      expect((await post(page, ends[1] ?? '')).location).toBe(`${path}/secrets`);
      expect((await stored())?.secrets).toHaveLength(1);
    });

    test('連携を終了, on the client and on 連携アプリ, with what this approval is used for', async () => {
      const grant = grantIn((await open('connections')).body);
      const apps = await browser.get('/admin/api/apps');
      expect(apps.body).toContain(`href="/admin/api/apps/${grant}/end"`);
      for (const ask of [`${path}/grants/${grant}/revoke`, `/admin/api/apps/${grant}/end`]) {
        const page = await browser.get(ask);
        expect(page.body).toContain('「売上レポート」（admin）の連携を終了してよろしいですか？');
        expect(page.body).toContain(used);
        expect(await isAlive(server.it, access)).toBe(true);
      }
      const page = await browser.get(`${path}/grants/${grant}/revoke`);
      expect((await post(page, `${path}/grants/${grant}/revoke`)).location).toBe(`${path}/connections`);
      expect(await isAlive(server.it, access)).toBe(false);
      expect((await browser.get(`${path}/grants/${grant}/revoke`)).status).toBe(404);
      expect((await browser.get(`/admin/api/apps/${grant}/end`)).location).toBe('/admin/api/apps');
      expect((await browser.get('/admin/api/apps/x/end')).location).toBe('/admin/api/apps');
    });

    test('鍵を切り替える: what the API is used for', async () => {
      const before = server.it.services.keyFiles.keys().length;
      const page = await browser.get('/admin/api/keys/rotate?alg=ES256');
      expect(page.body).toContain('APIは、直近の24時間で1,312回使われています。');
      expect(page.body).toContain('name="alg" value="ES256"');
      expect(server.it.services.keyFiles.keys()).toHaveLength(before);
      expect((await browser.get('/admin/api/keys/retire')).location).toBe('/admin/api/keys');
    });

    test('無効化 of the API: what the API is used for', async () => {
      const page = await browser.get('/admin/store/plugin/disable');
      expect(page.body).toContain('APIは、直近の24時間で1,312回使われています。');
    });

    test.each(['/disable', '/secret'])('a post to %s without the form token changes nothing', async (act) => {
      expect((await browser.post(path + act, {})).status).toBe(403);
    });
  });

  describe('接続テスト of one client', () => {
    const urlIn = ({ body }: Answer): string =>
      (/<a[^>]*href="([^"]*\/admin\/authorize\?[^"]*)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&');
    const walked = async (tested: TestClient): Promise<{ page: Answer; returned: string }> => {
      const page = await browser.get(`/admin/api/oauth/${tested.clientId}/test`);
      const consent = await browser.get(urlIn(page).replace(server.it.issuer, ''));
      return { page, returned: (await decide(browser, consent, 'approve')).location };
    };
    const live = async () => {
      const rows = await server.it.services.store.db
        .selectFrom('tegata_access_token as token')
        .innerJoin('tegata_grant as grant', 'grant.grant_id', 'token.grant_id')
        .select('token.jti')
        .where('token.revoked_at', 'is', null)
        .where('grant.revoked_at', 'is', null)
        .execute();
      return rows.length;
    };

    test.each([
      ['confidential', {}],
      ['with PKCE', { pkce: 'required' as const }],
      ['public', { isPublic: true }],
      ['narrow', { scopes: ['read:orders'] }],
    ])(
      '%s: its own id, secret, redirect URI and scopes; the token is gone afterwards',
      async (_name, wish) => {
        const tested = await server.it.client(wish);
        const before = await live();
        const { page, returned } = await walked(tested);
        expect(returned.startsWith(CALLBACK)).toBe(true);
        const to = `/admin/api/oauth/${tested.clientId}/test`;
        const fields = { grant_type: 'authorization_code', returned, proof: tested.secret };
        const result = await post(page, to, fields);
        expect(result.body).toContain('接続できました。');
        expect(result.body).toContain('totalCount');
        if (tested.secret !== '') expect(result.body).not.toContain(tested.secret);
        expect(await live()).toBe(before);
      },
    );

    test('unattended', async () => {
      const tested = await server.it.client({ grantTypes: ['client_credentials'] });
      const to = `/admin/api/oauth/${tested.clientId}/test`;
      const page = await browser.get(to);
      const before = await live();
      const good = await post(page, to, { grant_type: 'client_credentials', proof: tested.secret });
      expect(good.body).toContain('接続できました。');
      const bad = await post(page, to, { grant_type: 'client_credentials', proof: 'wrong' });
      expect(bad.body).toContain('途中で失敗しました。');
      expect(bad.body).toContain('invalid_client');
      expect([good, bad].map(({ body }) => body.includes('トークンは、取り消しました。'))).toEqual([
        true,
        false,
      ]);
      expect(await live()).toBe(before);
    });

    test('again and again is no fault of the app: each test has a challenge of its own', async () => {
      const tested = await server.it.client();
      const to = `/admin/api/oauth/${tested.clientId}/test`;
      for (const proof of ['wrong', tested.secret]) {
        const { page, returned } = await walked(tested);
        const result = await post(page, to, { grant_type: 'authorization_code', returned, proof });
        expect(result.body).toContain(proof === 'wrong' ? '途中で失敗しました。' : '接続できました。');
      }
      const { db } = server.it.services.store;
      const kinds = await db
        .selectFrom('tegata_event')
        .select('kind')
        .where('client_id', '=', tested.clientId)
        .execute();
      expect(kinds.map(({ kind }) => kind)).toContain('authorize_approved');
      expect(kinds.map(({ kind }) => kind)).not.toContain('challenge_repeated');
    });

    test('an address of another session or none is not taken, and no secret is tried', async () => {
      const tested = await server.it.client();
      const { page, returned } = await walked(tested);
      const to = `/admin/api/oauth/${tested.clientId}/test`;
      for (const wrong of ['', 'x', 'https://client.example/callback?code=a&state=b']) {
        const fields = { grant_type: 'authorization_code', returned: wrong, proof: tested.secret };
        expect((await post(page, to, fields)).status).toBe(422);
      }
      const none = { grant_type: 'authorization_code', returned, proof: '' };
      expect((await post(page, to, none)).status).toBe(422);
      const other = await loggedIn(server.it);
      const token = hidden(await other.get(to), '_token');
      const stolen = { grant_type: 'authorization_code', returned, proof: tested.secret, _token: token };
      expect((await other.post(to, stolen)).status).toBe(422);
    });
  });
});
