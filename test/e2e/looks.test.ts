/**
 * Every page as the program serves it, with the data of a short working day: axe finds nothing at either width, nothing
 * is wider than 360 px. `TEGATA_SCREENSHOTS=dir` keeps pictures of each.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { describeInBrowser, screenshots } from '../support/browser.ts';
import { expectAccessible, overflowOf } from '../support/pages.ts';
import { type Program, startProgram } from '../support/program.ts';
import {
  decideInBrowser,
  logIn,
  openOAuthList,
  type RegisteredClient,
  registerClient,
  submitLogin,
} from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { pasteAndRun } from './shell.ts';

const NARROWEST = 360;
const LONG_NAME = '全店舗在庫・受注・会員データ一括連携システム（本番環境・東日本リージョン）';
const LONG_URI = `https://integration.example/callback/${'very-long-path-segment/'.repeat(6)}?tenant=shop`;

// Each of a dozen pages is judged twice; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await screenshots(page, name);
  const before = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: 800 });
  expect(await overflowOf(page), `${name} is wider than ${NARROWEST} px by`).toBeLessThanOrEqual(0);
  if (before) await page.setViewportSize(before);
}

describeInBrowser('the looks of', (browser) => {
  let page: Page;
  let client: RegisteredClient;

  /** What the strict policy of the pages kept from running or loading. */
  const blocked: string[] = [];

  beforeAll(async () => {
    page = await browser.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) blocked.push(message.text());
    });
  });
  afterAll(() => page?.context().close());
  afterEach(() => expect(blocked).toEqual([]));

  test('login, and a login that failed', async () => {
    await page.goto(`${program.url}/admin/login`);
    await look(page, 'login');
    await submitLogin(page, 'wrong');
    await page.getByRole('alert').waitFor();
    await look(page, 'login-failed');
  });

  test('home and list of a new shop', async () => {
    await logIn(page, program);
    await look(page, 'home-empty');
    await openOAuthList(page);
    await look(page, 'clients-empty');
  });

  test('registration, its faults and its end', async () => {
    await page.getByRole('link', { name: '新規登録' }).click();
    await look(page, 'client-new');
    await page.getByLabel('リダイレクトURI').fill('https://good.example/cb\nhttp://shop.example/cb');
    await page.getByRole('button', { name: '登録' }).click();
    await page.getByText('入力内容に誤りがあります。').waitFor();
    await look(page, 'client-new-faults');
    await openOAuthList(page);
    client = await registerClient(page, { name: '在庫アプリ', redirectUris: [callback.url] });
    await look(page, 'client-created');
    await openOAuthList(page);
    await registerClient(page, { name: LONG_NAME, redirectUris: [LONG_URI], isPublic: true });
    await look(page, 'client-created-public');
  });

  test('consent, and where authorization stops', async () => {
    const fresh = await browser.newPage();
    await fresh.goto(client.authorizeUrl);
    await look(fresh, 'login-for-request');
    await submitLogin(fresh, program.adminPassword);
    await fresh.getByRole('button', { name: '許可する' }).waitFor();
    await look(fresh, 'consent');
    const wrong = new URL(client.authorizeUrl);
    wrong.searchParams.set('redirect_uri', 'https://evil.example/');
    await fresh.goto(wrong.href);
    await look(fresh, 'authorize-refused');
    await fresh.goto(`${program.url}/admin/no-such-page`);
    await look(fresh, 'not-found');
    await fresh.context().close();
  });

  test('home, list, client with grants and secrets, deletion', async () => {
    for (let round = 0; round < 2; round += 1) {
      const answer = await decideInBrowser(browser, program, callback, client.authorizeUrl);
      await pasteAndRun(client.exchange, { CODE: answer.get('code') ?? '' });
    }
    await page.goto(`${program.url}/admin`);
    await look(page, 'home');
    await openOAuthList(page);
    await look(page, 'clients');
    await page.getByRole('searchbox').fill('そんなアプリはない');
    await page.getByRole('button', { name: '検索' }).click();
    await look(page, 'clients-not-found');
    await page.goto(`${program.url}/admin/api/oauth/${client.clientId}`);
    await look(page, 'client');
    for (const tab of [
      'secrets',
      'steps',
      'connections',
      'requests',
      'failures',
      'test',
      'disable',
      'secret',
    ]) {
      await page.goto(`${program.url}/admin/api/oauth/${client.clientId}/${tab}`);
      await look(page, `client-${tab}`);
    }
    await page.getByLabel('1日').check();
    await page.getByRole('button', { name: '発行する' }).click();
    await page.getByText('新しいシークレットを発行しました').waitFor();
    await look(page, 'client-secret');
    await page.goto(`${program.url}/admin/api/oauth/${client.clientId}/delete`);
    await look(page, 'client-delete');
  });

  test('menus opened', async () => {
    await page.goto(`${program.url}/admin`);
    await page.getByRole('button', { name: /様/ }).click();
    await look(page, 'user-menu');
    await page.setViewportSize({ width: 390, height: 900 });
    await page.reload();
    await page.getByRole('button', { name: 'メニュー' }).click();
    await look(page, 'side-menu');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('プラグイン一覧 and its questions', async () => {
    await page.goto(`${program.url}/admin/store/plugin`);
    await look(page, 'plugins');
    await page.getByRole('link', { name: '無効化' }).click();
    await look(page, 'plugin-disable');
    await page.getByRole('button', { name: '無効化' }).click();
    await page.getByText('Web APIを無効にしました').waitFor();
    await look(page, 'plugins-off');
    await page.goto(`${program.url}/admin`);
    await look(page, 'home-off');
    await page.goto(`${program.url}/admin/store/plugin/enable`);
    await look(page, 'plugin-enable');
  });
});
