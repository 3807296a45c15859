/** The login by real HTTP: what it asks of passwords, where it counts, what it tells, and that it forges no log line. */
import { describe, expect, test } from 'vitest';
import { setMemberPassword } from '../../src/staff/members.ts';
import { resetFactor } from '../../src/staff/remove-factor.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { ADMIN, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath } from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';

const YEAR_SECONDS = 366 * 86_400;
const WINDOW_SECONDS = 1800;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let members = 0;
  const someone = async (): Promise<string> => {
    members += 1;
    await server.it.member(`staff${members}`, 0);
    return `staff${members}`;
  };
  const setPassword = async (loginId: string, password: string) => {
    const outcome = await setMemberPassword(server.it.services.identity, loginId, password);
    expect(outcome.kind).toBe('changed');
  };
  const tryLogin = async (loginId: string, password: string, tab = newBrowser(server.it)) =>
    submitLogin(tab, await tab.get('/admin/login'), loginId, password);
  const send = async (tab: HttpBrowser, path: string, fields: Record<string, string>) =>
    tab.post(path, { ...fields, _token: hidden(await tab.get(path), '_token') });

  describe('passwords', () => {
    test('ASVS-6.2.8: one is compared as typed, spaces, letter case and every character to the last', async () => {
      const loginId = await someone();
      const password = ` Michi wo yukeba ${'ā'.repeat(40)} `;
      await setPassword(loginId, password);
      const others = [password.trim(), password.toLowerCase(), password.slice(0, -2), `${password} `];
      for (const other of [...others, password.normalize('NFD')]) {
        server.it.clock.advance(WINDOW_SECONDS);
        expect((await tryLogin(loginId, other)).status, other).toBe(200);
      }
      expect((await tryLogin(loginId, password)).location).toBe('/admin');
    });

    test('ASVS-6.2.9: 64 characters are set on the page and log in, the last of them counts', async () => {
      const loginId = await someone();
      const tab = await loggedIn(server.it, loginId);
      const next = 'yukazuni-yukeyo-yukeba-wakarusa-'.repeat(2).slice(0, 63).concat('!');
      const fields = { current: ADMIN.password, next, again: next };
      expect((await send(tab, '/admin/change_password', fields)).location).toBe('/admin');
      expect((await tryLogin(loginId, `${next.slice(0, -1)}?`)).status).toBe(200);
      expect((await tryLogin(loginId, next)).location).toBe('/admin');
    });

    test('ASVS-6.2.11: the name of the shop is refused in a new one', async () => {
      const { shopName } = server.it.services.identity;
      const name = await shopName();
      expect(name.length).toBeGreaterThan(3);
      const tab = await loggedIn(server.it, await someone());
      const next = `michi-${name.toUpperCase()}-yuku`;
      const answer = await send(tab, '/admin/change_password', {
        current: ADMIN.password,
        next,
        again: next,
      });
      expect([answer.status, answer.location]).toEqual([422, '']);
      expect(answer.body).toContain('ショップ名を含むパスワードは使えません。');
    });

    test('ASVS-6.2.10: one of three years ago still logs in, straight to the page', async () => {
      const loginId = await someone();
      server.it.clock.advance(3 * YEAR_SECONDS);
      const tab = newBrowser(server.it);
      expect((await tryLogin(loginId, ADMIN.password, tab)).location).toBe('/admin');
      expect((await tab.get('/admin')).status).toBe(200);
    });
  });

  test('ASVS-6.3.4, ADV-26: every door that takes the password counts on the same account', async () => {
    const loginId = await someone();
    const tab = await loggedIn(server.it, loginId);
    server.it.clock.advance(SESSION_SECONDS.confirmed);
    const doors = [
      () => tryLogin(loginId, 'wrong'),
      () => send(tab, '/admin/two_factor_auth/edit', { password: 'wrong' }),
      () =>
        send(tab, '/admin/change_password', {
          current: 'wrong',
          next: 'yukeba-wakaru-sa-1',
          again: 'yukeba-wakaru-sa-1',
        }),
      () => tryLogin(loginId, 'wrong'),
      () => tryLogin(loginId.toUpperCase(), 'wrong'),
    ];
    for (const door of doors) expect((await door()).status).not.toBe(429);
    const right = { current: ADMIN.password, next: 'yukeba-wakaru-sa-1', again: 'yukeba-wakaru-sa-1' };
    const closed = [
      await tryLogin(loginId, ADMIN.password),
      await send(tab, '/admin/change_password', right),
      await send(tab, '/admin/two_factor_auth/edit', { password: ADMIN.password }),
      await tab.post('/admin/api/keys/rotate', {
        ...{ alg: 'RS256', password: ADMIN.password },
        _token: hidden(await tab.get('/admin/api/keys'), '_token'),
      }),
    ];
    for (const { status, headers } of closed) {
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe(String(WINDOW_SECONDS));
    }
    server.it.clock.advance(WINDOW_SECONDS);
    expect((await tryLogin(loginId, ADMIN.password)).location).toBe('/admin');
  });

  describe('what a member is told on ホーム', () => {
    const TITLE = '前回のログインより後に、あなたのアカウントで次のことがありました。';

    test('ASVS-6.3.5: failed logins since the last one, and from where; at the next login no more', async () => {
      const loginId = await someone();
      server.it.clock.advance(WINDOW_SECONDS);
      expect((await (await loggedIn(server.it, loginId)).get('/admin')).body).not.toContain(TITLE);
      server.it.clock.advance(60);
      for (let guess = 0; guess < 3; guess += 1) await tryLogin(loginId, 'guess');
      server.it.clock.advance(60);
      const told = (await (await loggedIn(server.it, loginId)).get('/admin')).body;
      expect(told).toContain(TITLE);
      expect(told).toMatch(/ログインの失敗：3回（最後は[\d/: ]+、127\.0\.0\.1から）/);
      const other = await loggedIn(server.it, await someone());
      expect((await other.get('/admin')).body).not.toContain('ログインの失敗：');
      server.it.clock.advance(60);
      expect((await (await loggedIn(server.it, loginId)).get('/admin')).body).not.toContain(TITLE);
    });

    test('ASVS-6.3.7: a password or factor that was changed, by whomever', async () => {
      const loginId = await someone();
      await loggedIn(server.it, loginId);
      server.it.clock.advance(60);
      await staffTables(server.it.services.store)
        .updateTable('dtb_member')
        .set({ two_factor_auth_key: 'JBSWY3DPEHPK3PXP' })
        .where('login_id', '=', loginId)
        .execute();
      await resetFactor(server.it.services.identity, loginId);
      await staffTables(server.it.services.store)
        .updateTable('dtb_member')
        .set({ two_factor_auth_enabled: false })
        .where('login_id', '=', loginId)
        .execute();
      await setPassword(loginId, 'yukeba-wakaru-sa-2');
      const { body } = await (await loggedIn(server.it, loginId, 'yukeba-wakaru-sa-2')).get('/admin');
      const notice = /<strong>前回のログインより後に.*?<\/ul>/s.exec(body)?.[0] ?? '';
      expect(notice.match(/<li>/g)).toHaveLength(2);
      expect(notice).toContain('パスワード');
      expect(notice).toContain('2段階認証');
    });
  });

  test('ASVS-7.6.2: looking at pages and sending rubbish opens no session', async () => {
    const tab = newBrowser(server.it);
    const { clientId } = await server.it.client();
    const authorize = await tab.get(authorizePath(clientId));
    await tab.get(authorize.location);
    for (const path of ['/', '/admin', '/admin/login', '/admin/logout', '/admin/two_factor_auth/auth'])
      await tab.get(path);
    for (const loginId of ['', 'admin', 'nobody'])
      expect((await tryLogin(loginId, '', tab)).status).toBe(200);
    await tab.post('/admin/login', { login_id: ADMIN.loginId, password: ADMIN.password });
    expect(tab.cookie('tegata_session')).toBeUndefined();
  });

  describe('ASVS-16.4.1: what strangers type forges no line of a log', () => {
    const FORGED = 'x\r\n{"level":30,"msg":"login_ok"}\u2028\u0085\u001b[2J';

    test('the server log: every line is one JSON object of ours', async () => {
      await tryLogin(FORGED, FORGED);
      const headers = {
        'user-agent': 'x\u0085{"level":30}',
        'x-request-id': 'forged',
        'x-forwarded-for': FORGED,
      };
      for (const [name, value] of Object.entries(headers)) {
        await newBrowser(server.it).get('/admin/%0D%0A%7B%22level%22:30%7D', { [name]: encodeURI(value) });
      }
      await server.it.client({ name: '在庫 {"level":30}' });
      const lines = server.it.log().split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines) expect(JSON.parse(line), line).toHaveProperty('time');
      for (const forged of ['\u001b', '"msg":"login_ok"']) expect(server.it.log()).not.toContain(forged);
    });

    test('the audit log: a login id that is none is not written, and an export has a line for each event', async () => {
      const { db: own } = server.it.services.store;
      const events = await own.selectFrom('tegata_event').select(['login_id', 'detail']).execute();
      expect(JSON.stringify(events)).not.toContain('login_ok"}');
      const browser = await loggedIn(server.it);
      const { body } = await browser.get('/admin/api/audit/export');
      const lines = body.split('\n').slice(0, -1);
      const count = await own.selectFrom('tegata_event').select('event_id').execute();
      expect(lines.map((line) => JSON.parse(line).id)).toHaveLength(count.length);
    });

    test.each(['在庫\r\nくん', '在庫\u0000くん', '在庫\u0085くん', '在庫\u2028くん'])(
      'the name %j is refused for a client',
      async (name) => {
        await expect(server.it.client({ name })).rejects.toThrow('the client is refused');
      },
    );
  });
});
