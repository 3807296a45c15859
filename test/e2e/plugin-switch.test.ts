/** オーナーズストア → プラグイン一覧: the Web API switched off and on again; and the clearing of expired tokens. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { type Program, startProgram } from '../support/program.ts';
import { decideInBrowser, logIn, openOAuthList, registerInBrowser } from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { pasteAndRun } from './shell.ts';

let callback: CallbackServer;
let program: Program;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

describeInBrowser('プラグイン一覧', (browser) => {
  test('無効化: menu, /token, /api and authorize are gone; 有効化: all is back, tokens too', async () => {
    const client = await registerInBrowser(browser, program, {
      name: 'アプリ',
      redirectUris: [callback.url],
    });
    const code = await decideInBrowser(browser, program, callback, client.authorizeUrl);
    const tokens = await pasteAndRun(client.exchange, { CODE: code.get('code') ?? '' });
    const page = await browser.newPage();
    await logIn(page, program);
    const side = page.getByRole('navigation', { name: '管理メニュー' });
    const turn = async (what: '無効化' | '有効化') => {
      await side.getByRole('link', { name: 'プラグイン一覧' }).click();
      await page.getByRole('link', { name: what }).click();
      await page.getByRole('button', { name: what }).click();
      await page.getByText(`Web APIを${what.slice(0, 2)}にしました`).waitFor();
    };
    await turn('無効化');
    expect(await side.getByRole('link', { name: 'OAuth管理' }).count()).toBe(0);
    const listed = await page.request.get(`${program.url}/admin/api/oauth`);
    expect(listed.status()).toBe(404);
    expect(listed.headers()['content-type']).toContain('text/html');
    const authorize = await curl(client.authorizeUrl);
    expect(authorize.status).toBe(404);
    expect(authorize.headers.get('content-type')).toContain('text/html');
    for (const path of ['/token', '/api']) {
      const answer = await curl('-d', 'grant_type=authorization_code', program.url + path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('content-type'), path).toContain('application/json');
      expect(JSON.parse(answer.body), path).toBeTypeOf('object');
    }
    await turn('有効化');
    expect(await side.getByRole('link', { name: 'OAuth管理' }).count()).toBe(1);
    expect(await pasteAndRun(client.call, { ACCESS_TOKEN: String(tokens.access_token) })).toHaveProperty(
      'data',
    );
    await page.context().close();
  });
});

describeInBrowser('期限切れのトークンを削除', (browser) => {
  test('says how many it removed, and nothing when there is nothing', async () => {
    const shortLived = await startProgram({
      env: { TEGATA_ACCESS_TOKEN_TTL: '1', TEGATA_REFRESH_TOKEN_TTL: '1' },
    });
    try {
      const page = await browser.newPage();
      await logIn(page, shortLived);
      await openOAuthList(page);
      const clear = () => page.getByRole('button', { name: '期限切れのトークンを削除' }).click();
      await clear();
      await page.getByText('期限切れのトークンはありませんでした').waitFor();
      const client = await registerInBrowser(browser, shortLived, {
        name: '短命',
        redirectUris: [callback.url],
      });
      const answer = await decideInBrowser(browser, shortLived, callback, client.authorizeUrl);
      const tokens = await pasteAndRun(client.exchange, { CODE: answer.get('code') ?? '' });
      const goneAt = Date.now() + 2_000;
      await expect.poll(() => Date.now(), { timeout: 10_000 }).toBeGreaterThan(goneAt);
      const refused = await pasteAndRun(client.call, { ACCESS_TOKEN: String(tokens.access_token) });
      expect(refused).toHaveProperty('errors');
      await clear();
      await page.getByText('期限切れのトークンを2件削除しました').waitFor();
      await clear();
      await page.getByText('期限切れのトークンはありませんでした').waitFor();
      await page.context().close();
    } finally {
      await shortLived.stop();
    }
  });
});
