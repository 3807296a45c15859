/** 署名鍵 by real HTTP: keys turned and cleared away from a page, the password asked for, tokens that live on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeKeyFolder } from '../../src/oauth/key-folder.ts';
import { LONGEST_TOKEN_SECONDS } from '../../src/oauth/keys/keyring.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, type HttpBrowser, hidden, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, newTokens } from '../support/oauth-walks.ts';

const KEYS = '/admin/api/keys';
const ROTATE = `${KEYS}/rotate`;
const RETIRE = `${KEYS}/retire`;
const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
  });

  const ring = () => server.it.services.keyFiles.keys();
  const kidOf = (state: string) => ring().find((key) => key.state === state)?.kid;
  const published = async (): Promise<string[]> => {
    const answer = await fetch(`${server.it.url}/.well-known/jwks.json`);
    return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };
  const signerOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
  const rotate = async (fields: Record<string, string> = {}) => {
    const page = await browser.get(ROTATE);
    const own = { _token: hidden(page, '_token'), from: hidden(page, 'from') };
    return browser.post(ROTATE, { ...own, alg: 'ES256', password: ADMIN.password, ...fields });
  };
  const retire = async () => browser.post(RETIRE, { _token: hidden(await browser.get(KEYS), '_token') });
  const said = async () => (await browser.get(KEYS)).body;
  const audit = async () => (await browser.get('/admin/api/audit/export')).body;

  test('shows every key, its state in words and since when', async () => {
    const { body } = await browser.get(KEYS);
    for (const text of [
      '次に使う鍵（公開済み）',
      '使用中',
      '2026/04/01 09:00',
      kidOf('next'),
      kidOf('current'),
    ]) {
      expect(body).toContain(text);
    }
    expect(body).not.toContain('検証だけに使用</th>');
    expect(body).not.toContain('PRIVATE KEY');
  });

  test('after a rotation the next key signs, old tokens live on, all three are published', async () => {
    const before = await newTokens(server.it, browser, client);
    const [next, current] = [kidOf('next'), kidOf('current')];
    expect(signerOf(before.access)).toBe(current);
    expect(await rotate()).toMatchObject({ status: 303, location: KEYS });
    expect(await said()).toContain('鍵を切り替えました');
    expect([kidOf('current'), kidOf('old')]).toEqual([next, current]);
    expect(ring().find(({ state }) => state === 'next')?.alg).toBe('ES256');
    expect(await isAlive(server.it, before.access)).toBe(true);
    const after = await newTokens(server.it, browser, client);
    expect(signerOf(after.access)).toBe(next);
    expect(await isAlive(server.it, after.access)).toBe(true);
    expect((await published()).sort()).toEqual([kidOf('next'), next, current].sort());
    const line = (await audit()).split('\n').find((each) => each.includes('key_rotated'));
    expect(line).toContain(`"${next}"`);
    expect(line).toContain(`"${ADMIN.loginId}"`);
  });

  test('a form sent twice turns the keys once', async () => {
    const page = await browser.get(ROTATE);
    const fields = { _token: hidden(page, '_token'), from: hidden(page, 'from'), alg: 'EdDSA' };
    const count = ring().length;
    const answers = await Promise.all([browser.post(ROTATE, fields), browser.post(ROTATE, fields)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(ring()).toHaveLength(count + 1);
    await browser.post(ROTATE, fields);
    expect(ring()).toHaveLength(count + 1);
    expect(await said()).toContain('鍵は既に切り替えられています');
  });

  describe('is refused', () => {
    const untouched = async (attempt: () => Promise<Answer>) => {
      const before = ring();
      const answer = await attempt();
      expect(ring()).toEqual(before);
      return answer;
    };

    test('without the password, once it was given long ago', async () => {
      server.it.clock.advance(SESSION_SECONDS.confirmed);
      const asked = await untouched(() => rotate({ password: '', alg: 'PS256' }));
      expect([asked.status, asked.body.includes('id="password"')]).toEqual([200, true]);
      expect(hidden(asked, 'alg')).toBe('PS256');
      const wrong = await untouched(() => rotate({ password: 'x' }));
      expect(wrong.body).toContain('aria-invalid="true"');
      const current = kidOf('current');
      expect((await rotate()).location).toBe(KEYS);
      expect(kidOf('old')).toBeDefined();
      expect(kidOf('current')).not.toBe(current);
    });

    test('with an algorithm that is none', async () => {
      for (const alg of ['HS256', 'none', '']) {
        expect((await untouched(() => rotate({ alg }))).status).toBe(400);
      }
    });

    test('to strangers and without the form token', async () => {
      expect((await newBrowser(server.it).get(KEYS)).location).toBe('/admin/login');
      for (const path of [ROTATE, RETIRE]) {
        expect((await untouched(() => browser.post(path, {}))).status).toBe(403);
      }
    });
  });

  test('old keys go when the last token they signed has expired, and not before', async () => {
    const old = ring().filter(({ state }) => state === 'old');
    expect(old.length).toBeGreaterThan(1);
    expect((await retire()).location).toBe(KEYS);
    expect(await said()).toContain('削除できる鍵はありませんでした');
    expect((await browser.get(KEYS)).body).not.toContain(`href="${RETIRE}"`);
    server.it.clock.advance(LONGEST_TOKEN_SECONDS + 1);
    browser = await loggedIn(server.it);
    expect((await browser.get(KEYS)).body).toContain(`href="${RETIRE}"`);
    expect((await browser.get(RETIRE)).body).toContain(`古い鍵${old.length}個を削除してよろしいですか？`);
    expect(ring().filter(({ state }) => state === 'old')).toHaveLength(old.length);
    await retire();
    expect(await said()).toContain(`古い鍵を${old.length}個削除しました`);
    expect(
      ring()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['current', 'next']);
    expect(await published()).toHaveLength(2);
    expect((await audit()).match(/key_retired/g)).toHaveLength(old.length);
  });

  describe('a stolen key', () => {
    const at = (kid: string | undefined) => `${KEYS}/${kid}/retire`;
    const end = async (kid: string | undefined, fields: Record<string, string> = {}) => {
      const _token = hidden(await browser.get(at(kid)), '_token');
      return browser.post(at(kid), { _token, password: ADMIN.password, ...fields });
    };

    test('is ended from its row after a page that says in numbers what it ends', async () => {
      browser = await loggedIn(server.it);
      const [kid, next] = [kidOf('current'), kidOf('next')];
      const tokens = [
        await newTokens(server.it, browser, client),
        await newTokens(server.it, browser, client),
      ];
      expect((await browser.get(KEYS)).body).toContain(`href="${at(kid)}"`);
      const asked = await browser.get(at(kid));
      expect(asked.body).toContain('この鍵を今すぐ無効にしてよろしいですか？');
      expect(asked.body).toMatch(
        /この鍵で署名した有効なアクセストークン[1-9]\d*件が、すぐに使えなくなります/,
      );
      expect((await browser.get(at(kidOf('next')))).body).toContain('有効なアクセストークンはありません');
      expect(await end(kid)).toMatchObject({ status: 303, location: KEYS });
      expect(await said()).toContain('鍵を無効にしました');
      for (const { access } of tokens) expect(await isAlive(server.it, access)).toBe(false);
      expect(kidOf('current')).toBe(next);
      expect(await published()).not.toContain(kid);
      const fresh = await newTokens(server.it, browser, client);
      expect(await isAlive(server.it, fresh.access)).toBe(true);
      const line = (await audit()).split('\n').find((each) => each.includes('at_once'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({
        kind: 'key_retired',
        login_id: ADMIN.loginId,
        detail: { kid, at_once: true },
      });
      const { store, keyFiles, clock } = server.it.services;
      expect(await judgeKeyFolder(store.db, keyFiles, clock.now())).toBe('ours');
    });

    test('is ended once, and only one that there is', async () => {
      const kid = kidOf('current');
      const page = await browser.get(at(kid));
      const fields = { _token: hidden(page, '_token'), password: ADMIN.password };
      const lines = async () => (await audit()).split('\n').filter((each) => each.includes('at_once')).length;
      const before = await lines();
      const answers = await Promise.all([browser.post(at(kid), fields), browser.post(at(kid), fields)]);
      expect(answers.map(({ status }) => status)).toEqual([303, 303]);
      expect(await lines()).toBe(before + 1);
      expect((await browser.get(at(kid))).status).toBe(404);
      expect((await browser.post(at('none'), fields)).status).toBe(303);
      expect(await lines()).toBe(before + 1);
    });

    test('stays without its event, without the password and without the authority', async () => {
      const kid = kidOf('current');
      const { schema } = server.it.services.store.db;
      await schema.alterTable('tegata_event').renameTo('tegata_event_gone').execute();
      try {
        expect((await end(kid)).status).toBeGreaterThanOrEqual(500);
      } finally {
        await schema.alterTable('tegata_event_gone').renameTo('tegata_event').execute();
      }
      expect(kidOf('current')).toBe(kid);
      await server.it.member('tencho', SHOP_OWNER);
      const owner = await loggedIn(server.it, 'tencho');
      const _token = hidden(await owner.get('/admin/two_factor_auth/edit'), '_token');
      expect((await owner.get(at(kid))).status).toBe(403);
      expect((await owner.post(at(kid), { _token })).status).toBe(403);
      server.it.clock.advance(SESSION_SECONDS.confirmed);
      const asked = await end(kid, { password: '' });
      expect([asked.status, asked.body.includes('id="password"')]).toEqual([200, true]);
      expect(kidOf('current')).toBe(kid);
    });
  });
});
