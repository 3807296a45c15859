/** OAuth管理 after the first client: search, edit, off and on, secrets, grants, clearing, deletion. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { type Program, startProgram } from '../support/program.ts';
import {
  decideInBrowser,
  logIn,
  openOAuthList,
  type RegisteredClient,
  registerClient,
} from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { pasteAndRun } from './shell.ts';

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

describeInBrowser('OAuth管理', (browser) => {
  let page: Page;
  let stock: RegisteredClient;

  beforeAll(async () => {
    page = await browser.newPage();
    await logIn(page, program);
    await openOAuthList(page);
    stock = await registerClient(page, { name: '在庫連携', redirectUris: [callback.url] });
    await openOAuthList(page);
    await registerClient(page, { name: '会計ソフト', redirectUris: ['https://kaikei.example/callback'] });
  });
  afterAll(() => page?.context().close());
  beforeEach(() => openOAuthList(page));

  const openClient = async (name: string) => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'OAuthクライアント編集' }).waitFor();
  };

  const askNewSecret = async () => {
    await page.getByRole('link', { name: 'シークレット', exact: true }).click();
    await page.getByRole('link', { name: '新しいシークレットを発行' }).click();
  };

  const tokensOf = async (client: RegisteredClient) => {
    const answer = await decideInBrowser(browser, program, callback, client.authorizeUrl);
    const tokens = await pasteAndRun(client.exchange, { CODE: answer.get('code') ?? '' });
    return { access: String(tokens.access_token), refresh: String(tokens.refresh_token) };
  };

  const apiStatus = async (token: string) =>
    (
      await curl(
        '-H',
        `Authorization: Bearer ${token}`,
        '-H',
        'Content-Type: application/json',
        '-d',
        '{"query":"{ products(limit: 1) { totalCount } }"}',
        `${program.url}/api`,
      )
    ).status;

  const exchangeStatus = async (secret: string) => {
    const answer = await curl(
      '-u',
      `${stock.clientId}:${secret}`,
      '-d',
      'grant_type=authorization_code&code=none',
      `${program.url}/token`,
    );
    // A good secret comes as far as the code, which is not good.
    return JSON.parse(answer.body).error as string;
  };

  test('the list finds by name and by redirect URI, and says when it finds nothing', async () => {
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(2);
    for (const [words, name] of [
      ['会計', '会計ソフト'],
      ['kaikei.example', '会計ソフト'],
      [stock.clientId, '在庫連携'],
    ] as const) {
      await page.getByRole('searchbox').fill(words);
      await page.getByRole('button', { name: '検索' }).click();
      await page.getByText('検索結果：1件が該当しました').waitFor();
      expect(await rows.first().textContent()).toContain(name);
    }
    await page.getByRole('searchbox').fill('どこにもない%_');
    await page.getByRole('button', { name: '検索' }).click();
    await page.getByText('「どこにもない%_」に一致するクライアントはありません').waitFor();
    await page.getByRole('link', { name: '検索を解除' }).click();
    await page.getByText('全2件').waitFor();
  });

  test('a registration with faults says which line is wrong and why, and keeps what was typed', async () => {
    await page.getByRole('link', { name: '新規登録' }).click();
    await page.getByLabel('クライアント名').fill('');
    const typed = 'https://good.example/cb\nhttp://shop.example/cb\nhttps://a.example/*';
    await page.getByLabel('リダイレクトURI').fill(typed);
    await page.getByRole('button', { name: '登録' }).click();
    await page.getByText('入力内容に誤りがあります。').waitFor();
    const faults = (await page.locator('#redirect_uris-error li').allTextContents()).join('\n');
    expect(faults).toContain('2行目');
    expect(faults).toContain('http://はlocalhost');
    expect(faults).toContain('3行目');
    expect(faults).toContain('ワイルドカード');
    expect(await page.getByLabel('リダイレクトURI').inputValue()).toBe(typed);
    expect(await page.locator('#name-error').textContent()).toContain('入力されていません。');
  });

  test('editing changes what the list and the consent page say', async () => {
    await openClient('会計ソフト');
    await page.getByLabel('クライアント名').fill('会計クラウド');
    await page.getByLabel(/^write/).uncheck();
    await page.getByRole('button', { name: '登録' }).click();
    await page.getByText('保存しました').waitFor();
    await openOAuthList(page);
    const row = page.locator('tr', { hasText: '会計クラウド' });
    expect(await row.textContent()).not.toContain('write');
  });

  test('deactivated: tokens die at once; activated: they live again', async () => {
    const { access, refresh } = await tokensOf(stock);
    expect(await apiStatus(access)).toBe(200);
    await openClient('在庫連携');
    await page.getByRole('link', { name: '無効にする' }).click();
    await page.getByText('無効にしてよろしいですか？').waitFor();
    expect(await apiStatus(access)).toBe(200);
    await page.getByRole('button', { name: '無効にする' }).click();
    await page.getByText('クライアントを無効にしました').waitFor();
    expect(await apiStatus(access)).toBe(401);
    expect(await pasteAndRun(stock.refresh, { REFRESH_TOKEN: refresh })).toMatchObject({
      error: 'invalid_client',
    });
    const answer = await curl(stock.authorizeUrl);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('このクライアントは無効になっています。');
    await page.getByRole('button', { name: '有効にする' }).click();
    await page.getByText('クライアントを有効にしました').waitFor();
    expect(await apiStatus(access)).toBe(200);
  });

  test('a new secret with the old one kept: both work; without: only the new one', async () => {
    await openClient('在庫連携');
    await askNewSecret();
    expect(await page.getByLabel('1日', { exact: true }).isChecked()).toBe(true);
    await page.getByLabel('1時間', { exact: true }).check();
    await page.getByRole('button', { name: '発行する' }).click();
    await page.getByText('新しいシークレットを発行しました').waitFor();
    const second = await page.getByLabel('クライアントシークレット', { exact: true }).inputValue();
    expect(second).not.toBe(stock.clientSecret);
    expect(await exchangeStatus(stock.clientSecret)).toBe('invalid_grant');
    expect(await exchangeStatus(second)).toBe('invalid_grant');
    await openOAuthList(page);
    await openClient('在庫連携');
    await askNewSecret();
    await page.getByLabel('すぐ無効', { exact: true }).check();
    await page.getByRole('button', { name: '発行する' }).click();
    await page.getByText('以前のシークレットはもう使えません。').waitFor();
    const third = await page.getByLabel('クライアントシークレット', { exact: true }).inputValue();
    expect(await exchangeStatus(stock.clientSecret)).toBe('invalid_client');
    expect(await exchangeStatus(second)).toBe('invalid_client');
    expect(await exchangeStatus(third)).toBe('invalid_grant');
  });

  test('a revoked grant: its token dies at once, and only its', async () => {
    const app = await registerClient(page, { name: '取り消される', redirectUris: [callback.url] });
    const first = await tokensOf(app);
    await openOAuthList(page);
    await openClient('取り消される');
    await page.getByRole('link', { name: '接続', exact: true }).click();
    await page.getByRole('link', { name: 'adminの連携を終了' }).click();
    await page.getByText('の連携を終了してよろしいですか？').waitFor();
    expect(await apiStatus(first.access)).toBe(200);
    await page.getByRole('button', { name: '連携を終了' }).click();
    await page.getByText('連携を終了しました').waitFor();
    await page.getByText('有効な連携はありません。').waitFor();
    expect(await apiStatus(first.access)).toBe(401);
    expect(await pasteAndRun(app.refresh, { REFRESH_TOKEN: first.refresh })).toMatchObject({
      error: 'invalid_grant',
    });
    const second = await tokensOf(app);
    expect(await apiStatus(second.access)).toBe(200);
  });

  test('deletion asks first, says what it ends, and ends it', async () => {
    const app = await registerClient(page, { name: '消すもの', redirectUris: [callback.url] });
    const { access } = await tokensOf(app);
    await openOAuthList(page);
    await page.getByRole('link', { name: '消すものを削除' }).click();
    await page.getByText('OAuthクライアントを削除してよろしいですか？').waitFor();
    await page.getByText('有効な連携1件が終了し').waitFor();
    await page.getByRole('link', { name: 'キャンセル' }).click();
    expect(await apiStatus(access)).toBe(200);
    await page.getByRole('link', { name: '削除', exact: true }).click();
    await page.getByRole('button', { name: '削除' }).click();
    await page.getByText('削除しました').waitFor();
    expect(await page.locator(`#client-${app.clientId}`).count()).toBe(0);
    expect(await apiStatus(access)).toBe(401);
    expect((await page.goto(`${program.url}/admin/api/oauth/${app.clientId}`))?.status()).toBe(404);
    await page.goto(`${program.url}/admin`);
  });
});
