/** 署名鍵 by real HTTP: keys turned and cleared away from a page, the password asked for, tokens that live on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LONGEST_TOKEN_SECONDS } from '../../src/oauth/keys/keyring.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, type HttpBrowser, hidden, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, newTokens } from '../support/oauth-walks.ts';

const KEYS = '/admin/api/keys';
const ROTATE = `${KEYS}/rotate`;
const RETIRE = `${KEYS}/retire`;

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
});
