/** Coming in and going out: wrong passwords, throttling, logout, and the language of the pages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { expectAccessible } from '../support/pages.ts';
import { type Program, startProgram } from '../support/program.ts';
import { logIn, submitLogin } from './admin-walk.ts';

const FAILED = 'ログインできませんでした。入力内容に誤りがないかご確認ください。';
const MAX_FAILURES = 5;

let program: Program;
let english: Program;

beforeAll(async () => {
  [program, english] = await Promise.all([startProgram(), startProgram({ env: { ECCUBE_LOCALE: 'en' } })]);
});
afterAll(() => Promise.all([program?.stop(), english?.stop()]));

describeInBrowser('login and logout', (browser) => {
  test('the admin asks for a login, and says no more than EC-CUBE about a wrong one', async () => {
    const page = await browser.newPage();
    await page.goto(`${program.url}/admin/api/oauth`);
    expect(new URL(page.url()).pathname).toBe('/admin/login');
    await submitLogin(page, 'not-the-password');
    expect(await page.getByRole('alert').textContent()).toContain(FAILED);
    expect(await page.getByLabel('ログインID').inputValue()).toBe('admin');
    expect(await page.getByLabel('パスワード').inputValue()).toBe('');
    await expectAccessible(page);
    await submitLogin(page, 'not-the-password', 'nobody');
    expect(await page.getByRole('alert').textContent()).toContain(FAILED);
    await page.context().close();
  });

  test('logout ends the session on the server, not only in the browser', async () => {
    const page = await browser.newPage();
    await logIn(page, program);
    const cookies = await page.context().cookies();
    const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    expect((await curl('-H', `Cookie: ${header}`, `${program.url}/admin`)).status).toBe(200);
    await page.getByRole('button', { name: /様/ }).click();
    await page.getByRole('button', { name: 'ログアウト' }).click();
    await page.getByText('ログアウトしました').waitFor();
    expect((await curl('-H', `Cookie: ${header}`, `${program.url}/admin`)).status).toBe(303);
    await page.goto(`${program.url}/admin`);
    expect(new URL(page.url()).pathname).toBe('/admin/login');
    await page.context().close();
  });

  test('five wrong passwords: the sixth attempt is refused whatever it says', async () => {
    const page = await browser.newPage();
    await page.goto(`${english.url}/admin/login`);
    const attempt = async (password: string) => {
      await page.getByLabel('Login ID').fill('throttled');
      await page.getByLabel('Password').fill(password);
      const [response] = await Promise.all([
        page.waitForResponse((each) => each.request().method() === 'POST'),
        page.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await page.getByRole('alert').waitFor();
      return { status: response.status(), text: await page.getByRole('alert').textContent() };
    };
    for (let failures = 0; failures < MAX_FAILURES; failures += 1) {
      expect((await attempt('wrong')).status).toBe(200);
    }
    const refused = await attempt('wrong');
    expect(refused.status).toBe(429);
    expect(refused.text).toMatch(/30 minutes/);
    await expectAccessible(page);
    await page.context().close();
  });

  test('the throttle speaks Japanese too', async () => {
    const page = await browser.newPage();
    await page.goto(`${program.url}/admin/login`);
    for (let failures = 0; failures <= MAX_FAILURES; failures += 1) {
      await submitLogin(page, 'wrong', 'throttled');
      await page.getByRole('alert').waitFor();
    }
    expect(await page.getByRole('alert').textContent()).toContain(
      'ログイン試行回数が多すぎます。30分後に再度お試しください。',
    );
    await page.context().close();
  });
});

describeInBrowser('language', (browser) => {
  test('a browser that asks for English gets English, one that asks for Japanese Japanese', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(`${program.url}/admin/login`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByLabel('Login ID').fill('admin');
    await page.getByLabel('Password').fill(program.adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'OAuth', exact: true }).click();
    await page.getByRole('link', { name: 'Create new' }).click();
    expect(await page.locator('main').textContent()).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
    await page.context().close();
    const japanese = await browser.newPage();
    await japanese.goto(`${program.url}/admin/login`);
    expect(await japanese.locator('html').getAttribute('lang')).toBe('ja');
    await japanese.context().close();
  });

  test('ECCUBE_LOCALE=en settles it for everybody', async () => {
    const page = await browser.newPage();
    await page.goto(`${english.url}/admin/login`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });
});
