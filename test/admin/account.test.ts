/** The member's own account by real HTTP: second factor, devices, password; the password again where it is due. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { appCode, shownCodes, shownKey } from '../support/authenticator.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, newTokens } from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';

const TWO_FACTOR = '/admin/two_factor_auth/edit';
const CONFIRMED_SECONDS = SESSION_SECONDS.confirmed;
const NEW_PASSWORD = 'betsu-no-tegata-77';
const FIRST_PASSWORD_ASKED = '安全のため、パスワードをもう一度入力してください。';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const now = () => server.it.services.clock.now();
  let members = 0;

  /** A browser of a fresh member. */
  async function someone(): Promise<{ browser: HttpBrowser; loginId: string }> {
    members += 1;
    const loginId = `member${members}`;
    await server.it.member(loginId, 0);
    return { browser: await loggedIn(server.it, loginId), loginId };
  }

  /** Posts a form of the page at `path`. */
  async function send(browser: HttpBrowser, path: string, fields: Record<string, string>, to = path) {
    const page = await browser.get(path);
    return browser.post(to, { ...fields, _token: hidden(page, '_token') });
  }

  /** Sets up an authenticator; its key and recovery codes. */
  async function enrol(browser: HttpBrowser) {
    const page = await browser.get(TWO_FACTOR);
    const key = shownKey(page.body);
    const code = appCode(key, now());
    const done = await browser.post(TWO_FACTOR, { code, _token: hidden(page, '_token') });
    return { key, codes: shownCodes(done.body) };
  }

  const rowOf = (loginId: string) =>
    staffTables(server.it.services.store)
      .selectFrom('dtb_member')
      .select(['two_factor_auth_key', 'two_factor_auth_enabled'])
      .where('login_id', '=', loginId)
      .executeTakeFirstOrThrow();

  describe('two-factor authentication', () => {
    test('is set up with a code of the shown key, and never over it', async () => {
      const { browser, loginId } = await someone();
      const { key, codes } = await enrol(browser);
      expect(codes).toHaveLength(10);
      expect((await rowOf(loginId)).two_factor_auth_key).toBe(key.replaceAll(' ', ''));
      const again = await browser.get(TWO_FACTOR);
      expect(again.body).toContain('設定済み');
      expect(again.body).toContain('10個');
      expect(shownKey(again.body)).toBe('');
    });

    test('ASVS-7.5.1: is offered only after the password, when that was long ago', async () => {
      const { browser } = await someone();
      server.it.clock.advance(CONFIRMED_SECONDS);
      const asked = await browser.get(TWO_FACTOR);
      expect(asked.body).toContain(FIRST_PASSWORD_ASKED);
      expect(shownKey(asked.body)).toBe('');
      const wrong = await browser.post(TWO_FACTOR, { password: 'x', _token: hidden(asked, '_token') });
      expect(wrong.body).toContain('パスワードが違います。');
      const before = browser.copy();
      const fields = { password: ADMIN.password, _token: hidden(asked, '_token') };
      expect((await browser.post(TWO_FACTOR, fields)).location).toBe(TWO_FACTOR);
      expect(shownKey((await browser.get(TWO_FACTOR)).body)).not.toBe('');
      expect((await before.get('/admin')).location).toBe('/admin/login');
    });

    test('is removed by password and code; other devices are out', async () => {
      const { browser, loginId } = await someone();
      const { codes } = await enrol(browser);
      server.it.clock.advance(CONFIRMED_SECONDS);
      const remove = '/admin/two_factor_auth/remove';
      const bare = await send(browser, TWO_FACTOR, { code: codes[0] ?? '' }, remove);
      expect(bare.body).toContain(FIRST_PASSWORD_ASKED);
      expect((await rowOf(loginId)).two_factor_auth_key).not.toBeNull();
      const wrong = await send(browser, TWO_FACTOR, { password: ADMIN.password, code: '12' }, remove);
      expect(wrong.body).toContain('数字6桁で入力してください。');
      const done = await send(browser, TWO_FACTOR, { code: codes[0] ?? '' }, remove);
      expect(done.location).toBe('/admin');
      expect(await rowOf(loginId)).toMatchObject({ two_factor_auth_key: null });
    });

    test('gives new recovery codes after the password, and the old ones are void', async () => {
      const { browser, loginId } = await someone();
      const { codes } = await enrol(browser);
      const path = '/admin/two_factor_auth/recovery_codes';
      expect((await browser.get(path)).body).toContain(
        '今のリカバリーコード（残り10個）は、すべて使えなくなります。',
      );
      server.it.clock.advance(CONFIRMED_SECONDS);
      expect(shownCodes((await send(browser, TWO_FACTOR, {}, path)).body)).toEqual(['']);
      const fresh = shownCodes((await send(browser, TWO_FACTOR, { password: ADMIN.password }, path)).body);
      expect(fresh).toHaveLength(10);
      const other = newBrowser(server.it);
      await submitLogin(other, await other.get('/admin/login'), loginId);
      const codePage = '/admin/two_factor_auth/auth';
      expect((await send(other, codePage, { code: codes[0] ?? '' })).status).toBe(200);
      expect((await send(other, codePage, { code: fresh[0] ?? '' })).location).toBe('/admin');
    });
  });

  describe('devices', () => {
    const CHROME =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

    async function secondDevice(loginId: string) {
      const other = newBrowser(server.it);
      const page = await other.get('/admin/login');
      const fields = { login_id: loginId, password: ADMIN.password, _token: hidden(page, '_token') };
      await other.post('/admin/login', fields, { 'user-agent': CHROME });
      return other;
    }

    test('of very many the newest are listed, and the page says so', async () => {
      const { browser, loginId } = await someone();
      const { db: own } = server.it.services.store;
      const last = await own
        .selectFrom('tegata_session')
        .selectAll()
        .orderBy('created_at', 'desc')
        .limit(1)
        .execute();
      const member = await own
        .withTables<{ dtb_member: { id: number; login_id: string } }>()
        .selectFrom('dtb_member')
        .select('id')
        .where('login_id', '=', loginId)
        .executeTakeFirstOrThrow();
      const row = { ...last[0], member_id: member.id, awaits: null } as (typeof last)[number];
      const rows = Array.from({ length: 250 }, (_, n) => ({ ...row, session_hash: `crowd-${loginId}-${n}` }));
      await own.insertInto('tegata_session').values(rows).execute();
      const { body } = await browser.get('/admin/sessions');
      expect(body.match(/name="session"/g)?.length).toBeLessThanOrEqual(200);
      expect(body).toContain('新しい順に200台まで表示しています。');
      expect((await browser.get('/admin/sessions/end_others')).body).toContain('199台以上をログアウト');
    });

    test('ASVS-7.5.2: are listed in words, and one of them is signed out', async () => {
      const { browser, loginId } = await someone();
      const other = await secondDevice(loginId);
      const page = await browser.get('/admin/sessions');
      expect(page.body).toContain('Chrome（Windows）');
      expect(page.body).toContain('この端末');
      const fields = { session: hidden(page, 'session'), _token: hidden(page, '_token') };
      expect((await browser.post('/admin/sessions/end', fields)).location).toBe('/admin/sessions');
      expect((await other.get('/admin')).location).toBe('/admin/login');
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('ASVS-8.2.2: of somebody else cannot be signed out', async () => {
      const victim = await someone();
      const stranger = await someone();
      await secondDevice(victim.loginId);
      const session = hidden(await victim.browser.get('/admin/sessions'), 'session');
      await send(stranger.browser, '/admin/sessions', { session }, '/admin/sessions/end');
      expect(hidden(await victim.browser.get('/admin/sessions'), 'session')).toBe(session);
    });

    test('are all signed out but this one', async () => {
      const { browser, loginId } = await someone();
      const others = [await secondDevice(loginId), await secondDevice(loginId)];
      const asked = await browser.get('/admin/sessions/end_others');
      expect(asked.body).toContain('この端末以外の2台をログアウトさせてよろしいですか？');
      for (const other of others) expect((await other.get('/admin')).status).toBe(200);
      await send(browser, '/admin/sessions', {}, '/admin/sessions/end_others');
      for (const other of others) expect((await other.get('/admin')).location).toBe('/admin/login');
      expect((await browser.get('/admin/sessions')).body).toContain('2台の端末をログアウトさせました');
    });
  });

  describe('the password', () => {
    const PAGE = '/admin/change_password';
    let client: TestClient;
    beforeAll(async () => {
      client = await server.it.client();
    });
    beforeEach(() => server.it.clock.advance(3600));

    const fields = (rest: Record<string, string> = {}) => ({
      current: ADMIN.password,
      next: NEW_PASSWORD,
      again: NEW_PASSWORD,
      ...rest,
    });

    test('ASVS-6.2.2, ASVS-7.4.3: is changed: this device stays, others go, grants stay unless asked', async () => {
      const { browser, loginId } = await someone();
      const other = await loggedIn(server.it, loginId);
      const tokens = await newTokens(server.it, browser, client);
      expect((await send(browser, PAGE, fields())).location).toBe('/admin');
      expect((await browser.get('/admin')).body).toContain('パスワードを変更しました');
      expect((await other.get('/admin')).location).toBe('/admin/login');
      expect(await isAlive(server.it, tokens.access)).toBe(true);
      await loggedIn(server.it, loginId, NEW_PASSWORD);
      await expect(loggedIn(server.it, loginId)).rejects.toThrow('200');
    });

    test('ends the grants too when that was chosen', async () => {
      const { browser } = await someone();
      const tokens = await newTokens(server.it, browser, client);
      await send(browser, PAGE, fields({ end_grants: '1' }));
      expect((await browser.get('/admin')).body).toContain('1件の連携を終了しました');
      expect(await isAlive(server.it, tokens.access)).toBe(false);
    });

    test.each([
      ['the present one is wrong', { current: 'wrong-password-1' }, '現在のパスワードが違います。'],
      ['the two differ', { again: `${NEW_PASSWORD}x` }, '2つの新しいパスワードが一致しません。'],
      ['it is short', { next: 'short1', again: 'short1' }, '12文字以上、64文字以下で入力してください。'],
      ['it is common', { next: 'qwertyuiop12', again: 'qwertyuiop12' }, 'よく使われるパスワード'],
    ])('ASVS-6.2.3: stays when %s', async (_why, rest, message) => {
      const { browser, loginId } = await someone();
      const answer = await send(browser, PAGE, fields(rest));
      expect(answer.status).toBe(422);
      expect(answer.body).toContain(message);
      await loggedIn(server.it, loginId);
    });
  });
});
