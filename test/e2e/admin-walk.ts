/** The walks through the admin that many tests share, click by click, in the words of the pages. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestBrowser } from '../support/browser.ts';
import type { Program } from '../support/program.ts';
import type { CallbackServer } from './callback-server.ts';

/** A user of the browser, already looking at the login form. */
export async function submitLogin(page: Page, password: string, loginId = 'admin'): Promise<void> {
  await page.getByLabel('ログインID').fill(loginId);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
}

export async function logIn(page: Page, program: Pick<Program, 'url' | 'adminPassword'>): Promise<void> {
  await page.goto(`${program.url}/admin`);
  await submitLogin(page, program.adminPassword);
  await page.getByRole('heading', { name: 'ホーム' }).waitFor();
}

/** 設定 → API管理 → OAuth管理. */
export async function openOAuthList(page: Page): Promise<void> {
  const side = page.getByRole('navigation', { name: '管理メニュー' });
  await side.getByRole('link', { name: '設定' }).click();
  await side.getByRole('link', { name: 'API管理' }).click();
  await side.getByRole('link', { name: 'OAuth管理' }).click();
  await page.getByRole('heading', { name: 'OAuth管理' }).waitFor();
}

export type RegisteredClient = {
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
  /** What stands under 次の手順, character for character. */
  readonly authorizeUrl: string;
  readonly exchange: string;
  readonly call: string;
  readonly refresh: string;
};

export type ClientWishes = {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly write?: boolean;
  readonly isPublic?: boolean;
  readonly pkce?: boolean;
};

/** 新規登録 → 登録, from the list; returns what the next page shows. */
export async function registerClient(page: Page, wishes: ClientWishes): Promise<RegisteredClient> {
  await page.getByRole('link', { name: '新規登録' }).click();
  await page.getByLabel('クライアント名').fill(wishes.name);
  await page.getByLabel('リダイレクトURI').fill(wishes.redirectUris.join('\n'));
  await page.getByLabel(/^read/).check();
  if (wishes.write ?? true) await page.getByLabel(/^write/).check();
  if (wishes.isPublic) await page.getByLabel(/^パブリック/).check();
  if (wishes.pkce) await page.getByLabel(/^必須/).check();
  await page.getByRole('button', { name: '登録' }).click();
  await page.getByText(`「${wishes.name}」を登録しました`).waitFor();
  return readRegistered(page);
}

async function readRegistered(page: Page): Promise<RegisteredClient> {
  const read = async (label: string) => {
    const field = page.getByLabel(label, { exact: true });
    if ((await field.count()) === 0) return '';
    expect(await field.getAttribute('readonly'), `${label} is read-only`).not.toBeNull();
    return field.inputValue();
  };
  return {
    clientId: await read('クライアントID'),
    clientSecret: await read('クライアントシークレット'),
    authorizeUrl: await read('認可URL'),
    exchange: await read('トークンを取得するcurl'),
    call: await read('APIを呼び出すcurl'),
    refresh: await read('トークンを更新するcurl'),
  };
}

/** A login, 設定 → … → 登録, in a browser of its own that is closed afterwards. */
export async function registerInBrowser(
  browser: TestBrowser,
  program: Pick<Program, 'url' | 'adminPassword'>,
  wishes: ClientWishes,
): Promise<RegisteredClient> {
  const page = await browser.newPage();
  await logIn(page, program);
  await openOAuthList(page);
  const client = await registerClient(page, wishes);
  await page.context().close();
  return client;
}

/** The authorize URL in a fresh browser → ログイン → 許可する or 許可しない; what the application received. */
export async function decideInBrowser(
  browser: TestBrowser,
  program: Pick<Program, 'url' | 'adminPassword'>,
  callback: CallbackServer,
  authorizeUrl: string,
  options: { decision?: '許可する' | '許可しない'; javaScriptEnabled?: boolean } = {},
): Promise<URLSearchParams> {
  const { decision = '許可する', javaScriptEnabled = true } = options;
  const page = await browser.newPage({ javaScriptEnabled });
  const before = callback.received.length;
  await page.goto(authorizeUrl);
  await submitLogin(page, program.adminPassword);
  await page.getByRole('button', { name: decision }).click();
  await page.getByText('アプリに戻りました').waitFor();
  await page.context().close();
  expect(callback.received, 'one answer for one decision').toHaveLength(before + 1);
  return callback.received.at(-1)!.searchParams;
}
