/** APIエクスプローラー in a real browser: GraphiQL from our own host, with a token by consent or pasted, under a strict policy. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, screenshots } from '../support/browser.ts';
import { expectAccessible } from '../support/pages.ts';
import { type Program, startProgram } from '../support/program.ts';
import { logIn } from './admin-walk.ts';

/** A button within a tab; CodeMirror's scrolled box, whose text field beside it scrolls it by keys. */
const GRAPHIQL_BREAKS = ['nested-interactive', 'scrollable-region-focusable'];

describeInBrowser('the explorer', (browser) => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(() => program.stop());

  /** A page that writes down what it asks of other hosts, and what its policy refuses. */
  async function watched(): Promise<{ page: Page; foreign: string[]; complaints: string[] }> {
    const page = await browser.newPage();
    const [foreign, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(program.url)) {
        foreign.push(request.url());
      }
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    return { page, foreign, complaints };
  }

  async function run(page: Page): Promise<string> {
    await page.getByRole('button', { name: /^実行/ }).click();
    const result = page
      .getByRole('region', { name: 'Operation Response' })
      .or(page.locator('.result-window'));
    await expect.poll(() => result.first().textContent(), { timeout: 15_000 }).toMatch(/"(?:data|errors)"/);
    return (await result.first().textContent()) ?? '';
  }

  /** Sentences in English about the editors, not in them; names of the schema are one word. */
  const englishOn = (page: Page): Promise<string[]> =>
    page.locator('#graphiql').evaluate((place) => {
      const said = [...place.querySelectorAll('*')]
        .filter((each) => !each.closest('.CodeMirror, .graphiql-markdown-description, .result-window'))
        .flatMap((each) => [
          each.getAttribute('aria-label') ?? '',
          each.getAttribute('title') ?? '',
          ...[...each.childNodes]
            .filter(({ nodeType }) => nodeType === 3)
            .map((text) => text.textContent ?? ''),
        ]);
      return [...new Set(said.filter((text) => /[a-z]{2} [a-z]{2}/i.test(text)))];
    });

  test('on a phone: a sample query, its answer, and the token after a reload', async () => {
    const { page } = await watched();
    await logIn(page, program);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${program.url}/admin/api/explorer`);
    await page.getByRole('button', { name: 'トークンを取得' }).click();
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByRole('button', { name: '商品と在庫' }).click();
    expect(await run(page)).toContain('"ProductClasses"');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
    for (const part of ['.graphiql-editors', '.graphiql-response']) {
      const box = await page.locator(part).boundingBox();
      expect([part, (box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 999) <= 390]).toEqual([
        part,
        true,
        true,
      ]);
      expect(box?.width).toBeGreaterThan(200);
      expect(box?.height).toBeGreaterThan(100);
    }
    expect(await englishOn(page)).toEqual([]);
    await screenshots(page, 'explorer-phone');
    await page.reload();
    await page.getByText('画面を再読み込みしても').waitFor();
    await page.getByRole('button', { name: '受注' }).click();
    expect(await run(page)).toContain('"orders"');
    await page.getByRole('button', { name: 'トークンを破棄' }).click();
    await page.getByRole('button', { name: 'トークンを取得' }).waitFor();
  });

  test('fetches a token by consent and asks the shop', async () => {
    const { page, foreign, complaints } = await watched();
    await logIn(page, program);
    await page.goto(`${program.url}/admin/api/explorer`);
    await page.getByRole('button', { name: 'トークンを取得' }).click();
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByText('トークンを取得しました。').waitFor();
    expect(await run(page)).toContain('"products"');
    expect(page.url()).toBe(`${program.url}/admin/api/explorer`);
    await page.getByRole('button', { name: 'APIの説明を開く' }).first().click();
    await page.getByText('操作の種類').first().waitFor();
    expect(await englishOn(page)).toEqual([]);
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
    const policy = (await page.request.get(page.url())).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('http');
  });

  test('the flow tester ends in the explorer, with the token of its walk', async () => {
    const { page, foreign, complaints } = await watched();
    await logIn(page, program);
    await page.goto(`${program.url}/admin/api/tester`);
    await page.getByRole('button', { name: 'テストを開始' }).click();
    await page.getByRole('link', { name: '認可画面を開く' }).click();
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByText('接続できました。').waitFor();
    expect(await run(page)).toContain('"products"');
    expect(await page.getByLabel('アクセストークン').getAttribute('type')).toBe('password');
    expect(page.url()).toBe(`${program.url}/admin/api/tester`);
    const token = await page.getByLabel('アクセストークン').inputValue();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain(token);
    await expectAccessible(page, GRAPHIQL_BREAKS);
    await screenshots(page, 'tester-explorer');
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
    await page.reload();
    expect(await page.getByRole('button', { name: 'テストを開始' }).isVisible()).toBe(true);
  });

  test('a pasted token that is none is refused in the answer', async () => {
    const { page } = await watched();
    await logIn(page, program);
    await page.goto(`${program.url}/admin/api/explorer`);
    await page.getByLabel('アクセストークン').fill('nonsense');
    await page.getByRole('button', { name: 'このトークンで開く' }).click();
    expect(await run(page)).toContain('The access token was refused');
  });

  test('a refusal on the consent page is said, and nothing is left', async () => {
    const { page } = await watched();
    await logIn(page, program);
    await page.goto(`${program.url}/admin/api/explorer`);
    await page.getByRole('button', { name: 'トークンを取得' }).click();
    await page.getByRole('button', { name: /許可しない|拒否/ }).click();
    await page.getByText('トークンを取得できませんでした。').waitFor();
  });
});
