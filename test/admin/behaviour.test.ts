/** What the pages do in a browser: with the script, and without any. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import { describeInBrowser } from '../support/browser.ts';
import { adminPaths, samples } from './samples.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const assets = loadAssets(adminPaths);
const PHONE = { width: 390, height: 800 };

let server: StaticServer;

beforeAll(async () => {
  server = await serveStatic(
    new Map(samples('ja', assets).map(([name, html]) => [`/${name}`, html])),
    assets,
  );
});

afterAll(async () => {
  await server?.close();
});

describeInBrowser('in a browser', (browser) => {
  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      ...options,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/${name}`);
    return page;
  }

  describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('menus, %o', (script) => {
    test('the burger opens the navigation on a phone', async () => {
      const page = await open('clients', { ...script, viewport: PHONE });
      const link = page.getByRole('link', { name: 'WebHook管理' });
      expect(await link.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'メニュー' }).click();
      expect(await link.isVisible()).toBe(true);
      await page.context().close();
    });

    test('the navigation stands open on a wide screen and marks the page', async () => {
      const page = await open('clients', script);
      const links = page.getByRole('navigation', { name: '管理メニュー' }).getByRole('link');
      const names = [
        'ホーム',
        '設定',
        'API管理',
        'OAuth管理',
        'WebHook管理',
        '連携アプリ',
        '一括処理',
        '監査ログ',
        '署名鍵',
        '接続テスト',
        'APIエクスプローラー',
        'セキュリティ',
        'オーナーズストア',
        'プラグイン',
        'プラグイン一覧',
        'EC-CUBE管理画面',
      ];
      expect((await links.allTextContents()).map((text) => text.trim())).toEqual(names);
      expect(await page.locator('[aria-current=page]').textContent()).toBe('OAuth管理');
      await page.context().close();
    });

    test('the user menu shows the last login and logs out by POST', async () => {
      const page = await open('home', script);
      await page.getByRole('button', { name: '山田 花子 様' }).click();
      expect(await page.getByText('2026/11/23 01:00', { exact: true }).first().isVisible()).toBe(true);
      const [request] = await Promise.all([
        page.waitForRequest((each) => each.url().endsWith(adminPaths.logout)),
        page.getByRole('button', { name: 'ログアウト' }).click(),
      ]);
      expect(request.method()).toBe('POST');
      expect(request.postData()).toContain('_token=');
      await page.context().close();
    });
  });

  describe('copying', () => {
    test('a button copies the value and says so', async () => {
      const page = await open('client-created');
      await page.getByRole('button', { name: 'クライアントシークレットをコピーする' }).click();
      await page.getByText('コピーしました').first().waitFor();
      const secret = await page.getByLabel('クライアントシークレット', { exact: true }).inputValue();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
      await expect.poll(() => page.locator('#announcer').textContent()).toBe('コピーしました');
      await page.context().close();
    });

    test('without script there is no dead button, and the value can still be read', async () => {
      const page = await open('client-created', { javaScriptEnabled: false });
      expect(await page.locator('[data-copy]:visible').count()).toBe(0);
      expect(await page.getByLabel('クライアントID', { exact: true }).inputValue()).toMatch(/^[0-9a-f]{32}$/);
      await page.context().close();
    });
  });

  describe('forms', () => {
    test('a second click is held back, the first is not', async () => {
      const page = await open('consent');
      const heldBack = await page
        .getByRole('button', { name: '許可する' })
        .evaluate((button: HTMLButtonElement) => {
          const seen: boolean[] = [];
          window.addEventListener('submit', (event) => {
            seen.push(event.defaultPrevented);
            event.preventDefault();
          });
          button.click();
          button.click();
          return seen;
        });
      expect(heldBack).toEqual([false, true]);
      await page.context().close();
    });

    test.each([
      ['client-new-errors', 'クライアント名'],
      ['webhook-new-errors', 'Payload URL'],
      ['password-errors', '現在のパスワード'],
    ])('%s: what is wrong has the focus, and leads to the field', async (name, label) => {
      const page = await open(name, { javaScriptEnabled: false });
      const summary = page.getByRole('alert').filter({ hasText: '入力内容に誤りがあります' });
      expect(await summary.evaluate((alert) => alert === document.activeElement)).toBe(true);
      await summary.getByRole('link', { name: label, exact: true }).click();
      await page.keyboard.press('x');
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toContain('x');
      await page.context().close();
    });

    test('consent sends the request and the value of the button', async () => {
      const page = await open('consent');
      const [request] = await Promise.all([
        page.waitForRequest((each) => each.method() === 'POST'),
        page.getByRole('button', { name: '許可する' }).click(),
      ]);
      expect(new URL(request.url()).pathname).toBe(adminPaths.authorize);
      const form = new URLSearchParams(request.postData() ?? '');
      expect([form.get('decision'), form.get('request')]).toEqual(['approve', 'pending-1']);
      await page.context().close();
    });

    test('registration sends every field by the name the routes read', async () => {
      const page = await open('client-new');
      await page.getByLabel('クライアント名').fill('在庫');
      await page.getByLabel('リダイレクトURI').fill('https://a.example/cb');
      await page.getByLabel(/^read/).check();
      await page.getByLabel(/^write/).check();
      await page.getByLabel(/^パブリック/).check();
      await page.getByLabel(/^必須/).check();
      const [request] = await Promise.all([
        page.waitForRequest((each) => each.method() === 'POST'),
        page.getByRole('button', { name: '登録' }).click(),
      ]);
      const form = new URLSearchParams(request.postData() ?? '');
      expect(form.get('name')).toBe('在庫');
      expect(form.get('redirect_uris')).toBe('https://a.example/cb');
      expect(form.getAll('scopes')).toEqual(['read', 'write']);
      expect(form.getAll('grants')).toEqual(['authorization_code', 'refresh_token']);
      expect(form.get('client_type')).toBe('public');
      expect(form.get('pkce')).toBe('required');
      await page.context().close();
    });

    test('login and consent carry the labels and buttons of the contract', async () => {
      const login = await open('login-failed');
      expect(await login.getByLabel('ログインID').inputValue()).toBe('hanako');
      expect(await login.getByLabel('パスワード').getAttribute('type')).toBe('password');
      expect(await login.getByRole('button', { name: 'ログイン', exact: true }).count()).toBe(1);
      expect(await login.getByRole('alert').textContent()).toContain('ログインできませんでした');
      const consent = await open('consent');
      expect(await consent.getByRole('button', { name: '許可しない' }).count()).toBe(1);
      await login.context().close();
      await consent.context().close();
    });
  });
});
