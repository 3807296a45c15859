/** 連携アプリ, 監査ログ and the failures of a client, by real HTTP after real use. */
import { beforeAll, describe, expect, test } from 'vitest';
import { grantUseRecorder } from '../../src/oauth/grant-use.ts';
import { grantOfJti } from '../../src/oauth/rules/claims.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, isAlive, newTokens, redeem, refresh, type Tokens } from '../support/oauth-walks.ts';

const APPS = '/admin/api/apps';
const AUDIT = '/admin/api/audit';

const grantOf = ({ access }: Tokens): string => {
  const { jti } = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
  };
  return grantOfJti(jti) ?? '';
};

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client({ name: '売上レポート' });
    other = await server.it.client({ name: '在庫くん' });
  });

  describe('連携アプリ', () => {
    test('tells who allowed what, and what was called from where', async () => {
      const tokens = await newTokens(server.it, browser, client, { scope: 'read' });
      const errors: unknown[] = [];
      const { store, clock } = server.it.services;
      const recorder = grantUseRecorder({ store, clock, onError: (error) => errors.push(error) });
      const rival = grantUseRecorder({ store, clock, onError: (error) => errors.push(error) });
      for (let call = 0; call < 1234; call += 1) recorder.recordUse(grantOf(tokens), 'products', '192.0.2.9');
      rival.recordUse(grantOf(tokens), 'products', '192.0.2.9');
      rival.recordUse(grantOf(tokens), 'orders', '192.0.2.9');
      await Promise.all([recorder.close(), rival.close()]);
      await recorder.flush();
      expect(errors).toEqual([]);
      const { body } = await browser.get(APPS);
      for (const text of [
        '売上レポート',
        '>admin<',
        'データの読み取り',
        'products：1,235回',
        'orders：1回',
        '192.0.2.9から',
        '2個',
      ]) {
        expect(body).toContain(text);
      }
    });

    test('ends consent, refresh and access tokens by one button', async () => {
      const tokens = await newTokens(server.it, browser, other);
      expect(await isAlive(server.it, tokens.access)).toBe(true);
      const page = await browser.get(`${APPS}?q=${encodeURIComponent('在庫')}`);
      expect(page.body).toContain('検索結果：1件');
      const end = `${APPS}/${grantOf(tokens)}/end`;
      expect(page.body).toContain(`href="${end}"`);
      const asked = await browser.get(end);
      expect(asked.body).toContain(`action="${end}"`);
      expect((await browser.post(end, { _token: hidden(asked, '_token') })).location).toBe(APPS);
      expect(await isAlive(server.it, tokens.access)).toBe(false);
      expect((await refresh(server.it, other, tokens.refresh)).status).toBe(400);
      expect((await browser.get(APPS)).body).not.toContain(end);
    });

    test('is closed to strangers and to posts without the form token', async () => {
      expect((await newBrowser(server.it).get(APPS)).location).toBe('/admin/login');
      expect((await browser.post(`${APPS}/x/end`, {})).status).toBe(403);
    });
  });

  describe('監査ログ', () => {
    const exported = async (query = '') => {
      const answer = await browser.get(`${AUDIT}/export${query}`);
      expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
      const lines = answer.body.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    };

    beforeAll(async () => {
      await browser.get(
        authorizePath(client.clientId, { redirect_uri: 'https://client.example:8443/elsewhere' }),
      );
      await redeem(server.it, { ...client, secret: 'wrong' }, 'no-code');
      const stranger = newBrowser(server.it);
      await submitLogin(stranger, await stranger.get('/admin/login'), 'admin', 'wrong-password-1');
    });

    test('ASVS-16.3.2: names the component of the redirect URI that differs', async () => {
      const { body } = await browser.get(`${AUDIT}?kind=authorize_refused`);
      expect(body).toContain('登録されているリダイレクトURIとポート番号・パスが違います');
      expect(body).toContain('送られたURI：https://client.example:8443/elsewhere');
      expect(body).not.toContain('パスワードが違います');
    });

    test('says in words how somebody logged in', async () => {
      const { body } = await browser.get(`${AUDIT}?kind=login_ok`);
      expect(body).toContain('2段階認証：なし');
    });

    test('filters by client, member, kind and day', async () => {
      const kinds = async (query: string) => new Set((await exported(query)).map(({ kind }) => kind));
      expect(await kinds('?kind=login_failed')).toEqual(new Set(['login_failed']));
      expect(await kinds(`?client=${client.clientId}`)).not.toContain('login_ok');
      expect(await kinds('?member=nobody')).toEqual(new Set());
      expect(await kinds('?until=2026-03-31')).toEqual(new Set());
      expect(await kinds('?from=2026-04-01&until=2026-04-01')).toContain('login_failed');
      expect(await kinds('?from=2026-04-02')).toEqual(new Set());
    });

    test('is searched by request id and by any text, and told apart by what failed', async () => {
      const [{ request_id: id } = {}] = await exported('?kind=token_refused');
      const found = await exported(`?q=${String(id)}`);
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found.map((event) => event.request_id))).toEqual(new Set([id]));
      const elsewhere = await exported('?q=CLIENT.example%3A8443');
      expect(elsewhere.map(({ kind }) => kind)).toEqual(['authorize_refused']);
      expect(await exported('?q=%25%5F')).toEqual([]);
      const failures = new Set((await exported('?kind=!failure')).map(({ kind }) => kind));
      expect(failures).toEqual(new Set(['authorize_refused', 'token_refused', 'login_failed']));
      expect((await exported('?kind=!success')).some(({ kind }) => failures.has(kind))).toBe(false);
      expect(new Set((await exported('?kind=!login')).map(({ kind }) => kind))).toEqual(
        new Set(['login_ok', 'login_failed']),
      );
      expect(new Set((await exported('?kind=!failure.login')).map(({ kind }) => kind))).toEqual(
        new Set(['login_failed']),
      );
      const { body } = await browser.get(`${AUDIT}?kind=!failure.token`);
      expect(body).toContain('<optgroup label="トークン">');
      expect(body).toMatch(/<td data-label="日時">\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d<\/td>/);
      expect(body).toContain('badge-failure">失敗</span>');
    });

    test('as CSV: Excel reads it, no cell is a formula, and it is in the language of the page', async () => {
      const name = '=HYPERLINK("https://evil.example")';
      await server.it.client({ name });
      const response = await fetch(`${server.it.url}${AUDIT}/export?format=csv`, {
        headers: {
          cookie: `tegata_session=${browser.cookie('tegata_session') ?? ''}`,
          'accept-language': 'ja',
        },
      });
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(response.headers.get('content-disposition')).toContain('audit.csv');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const lines = bytes.toString('utf8').slice(1).split('\r\n');
      expect(lines[0]).toBe(
        '"日時","結果","内容","詳細","クライアント","クライアントID","メンバー","IPアドレス","リクエストID"',
      );
      expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
      expect(lines.slice(1).join('\n')).not.toMatch(/(^|,)"[=+@-]/m);
      expect(lines.join('\n')).toContain('"失敗","トークンの発行を拒否しました"');
    });

    test('a request id on an error page leads staff there, and strangers nowhere', async () => {
      const refused = await browser.get(authorizePath('f'.repeat(32)));
      const link = /href="(\/admin\/api\/audit\?q=[^"]+)"/.exec(refused.body)?.[1] ?? '';
      expect((await browser.get(link)).body).toContain('このクライアントIDは登録されていません。');
      const missing = await browser.get('/admin/nothing');
      // Of a page that there is not, the audit log has no row.
      expect(missing.body).not.toContain('/audit?q=');
      const stranger = newBrowser(server.it);
      expect((await stranger.get(authorizePath('f'.repeat(32)))).body).not.toContain('/audit');
      expect((await stranger.get('/admin/nothing')).body).not.toContain('/audit');
    });

    test('says what the rules say in Japanese', async () => {
      await redeem(server.it, client, 'no-code');
      const { body } = await browser.get(`${AUDIT}?kind=token_refused`);
      expect(body).toContain('理由：認可コードが正しくありません。');
      expect(body).not.toMatch(/理由：[A-Za-z]/);
    });

    test('is exported whole and holds no secret', async () => {
      const lines = await exported();
      expect(lines.length).toBeGreaterThan(8);
      expect(Object.keys(lines[0] ?? {})).toEqual([
        'id',
        'at',
        'kind',
        'client_id',
        'login_id',
        'ip',
        'request_id',
        'detail',
      ]);
      const text = JSON.stringify(lines);
      for (const secret of [client.secret, 'wrong-password-1', 'no-code']) expect(text).not.toContain(secret);
    });

    test.each([
      '?kind=x',
      '?from=x',
      '?before=x',
      '?client=%00',
      '?member=%F0%9F',
      `?client=${'x'.repeat(300)}`,
    ])('answers odd filters (%s)', async (query) => {
      expect((await browser.get(`${AUDIT}${query}`)).status).toBe(200);
      expect((await browser.get(`${AUDIT}/export${query}`)).status).toBe(200);
    });

    test('is closed to strangers', async () => {
      expect((await newBrowser(server.it).get(`${AUDIT}/export`)).location).toBe('/admin/login');
    });
  });

  test('a client’s page tells its failures and what to do', async () => {
    const { body } = await browser.get(`/admin/api/oauth/${client.clientId}/failures`);
    expect(body).toContain('クライアントの認証に失敗しました。');
    expect(body).toContain('新しいシークレットを発行してください。');
    expect(body).toContain('登録されているリダイレクトURIとポート番号・パスが違います');
  });

  test('the security report says nothing of a client that was registered and tried out just now', async () => {
    await newTokens(server.it, browser, client);
    const { body } = await browser.get('/admin/api/security');
    expect(body).not.toContain('アプリがPKCEを使っていないクライアント');
    expect(body).not.toContain('売上レポート');
  });

  test('the security report names clients and what to do', async () => {
    server.it.clock.advance(8 * 86_400);
    browser = await loggedIn(server.it);
    await newTokens(server.it, browser, client);
    const { body } = await browser.get('/admin/api/security');
    expect(body).toContain('アプリがPKCEを使っていないクライアント');
    expect(body).toContain(`<a href="/admin/api/oauth/${client.clientId}">売上レポート</a>`);
    expect(body).toContain('クライアントの設定でPKCEを「自動」か「必須」にしてください。');
    expect(body).toContain('鍵とデータのファイルは、所有者だけが読めます。');
    expect((await newBrowser(server.it).get('/admin/api/security')).location).toBe('/admin/login');
  });

  test('of very many members the security report names some and says how many more there are', async () => {
    const shop = server.it.services.store.db.withTables<{ dtb_member: Record<string, unknown> }>();
    const row =
      (await shop.selectFrom('dtb_member').selectAll().where('login_id', '=', 'admin').executeTakeFirst()) ??
      {};
    const rows = Array.from({ length: 1_100 }, (_, n) => ({ ...row, id: 5_000 + n, login_id: `crowd${n}` }));
    for (let n = 0; n < rows.length; n += 100)
      await shop
        .insertInto('dtb_member')
        .values(rows.slice(n, n + 100))
        .execute();
    const { body } = await browser.get('/admin/api/security');
    await shop.deleteFrom('dtb_member').where('id', '>=', 5_000).execute();
    expect(body.match(/crowd\d+/g)?.length).toBeLessThan(60);
    expect(body).toContain('ほか950件以上');
  });

  test('the security report tells the state of every checklist row, and what holds in this shop', async () => {
    const { body } = await browser.get('/admin/api/security');
    expect(body.match(/<tr id="(?:BCP|ASVS|ADV)-/g)).toHaveLength(197);
    const row = (id: string) => new RegExp(`<tr id="${id}">.*?</tr>`, 's').exec(body)?.[0] ?? '';
    expect(row('BCP-32')).toMatch(/今後対応.*DPoPには今後対応します/s);
    expect(row('ASVS-10.4.6')).toMatch(/要確認.*アプリがPKCEを使っていないクライアント.*テスト済み/s);
    expect(row('ASVS-6.3.3')).toMatch(/改善の余地あり.*2段階認証を使っていないメンバー/s);
    expect(row('ASVS-13.3.1')).toMatch(/問題なし.*所有者だけが読めます/s);
    expect(row('ADV-01')).not.toContain('このショップ');
  });
});
