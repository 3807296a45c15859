/**
 * Every page in a real browser, in both languages, at desktop and phone width: axe finds nothing, the policy blocks
 * nothing, nothing scrolls sideways. `TEGATA_SCREENSHOTS=dir` keeps a picture of each.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import type { Locale } from '../../src/shop/text.ts';
import { describeInBrowser, screenshot, WIDTHS } from '../support/browser.ts';
import { overflowOf, violations } from '../support/pages.ts';
import { RUNNING_JOB } from './job-samples.ts';
import { adminPaths, samples } from './samples.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const LOCALES: readonly Locale[] = ['ja', 'en'];
const NARROWEST = 360;
/** Pages under a policy of their own. */
const WITH_POLICY = /^(?:explorer|tester-result)$/;
/** An address without a page, under the policy of all. */
const EMPTY = '/empty';

const assets = loadAssets(adminPaths);
const all = LOCALES.flatMap((locale) =>
  samples(locale, assets).map(([name, html]) => ({ locale, name, html })),
);

let server: StaticServer;

beforeAll(async () => {
  const pages = new Map(all.map(({ locale, name, html }) => [`/${locale}/${name}`, html]));
  pages.set(EMPTY, '<!doctype html>');
  server = await serveStatic(pages.set(adminPaths.job(RUNNING_JOB), pages.get('/ja/job') ?? ''), assets);
});
afterAll(() => server?.close());

describeInBrowser('in a browser', (browser) => {
  /** One tab for all: a new window would cost more than all that is asked of a page. */
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(() => page?.context().close());

  const resize = (width: number) => page.setViewportSize({ width, height: 900 });

  async function open(path: string, width: number): Promise<void> {
    await resize(width);
    complaints.length = 0;
    await page.goto(`${server.url}${path}`);
    await unfold();
  }

  /** What is folded away is judged as well. */
  const unfold = () =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });

  const looksRight = (locale: Locale, name: string) =>
    test.each(Object.values(WIDTHS))('is accessible and fits at %i px', async (width) => {
      await resize(width);
      await screenshot(page, `${name}-${locale}`, width);
      expect(await violations(page)).toEqual([]);
      if (width === WIDTHS.narrow) await resize(NARROWEST);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    });

  /**
   * Written one after the other into one document, which keeps its policy, axe and what has been compiled of it: to load
   * these anew would be half of the work.
   */
  describe('under the policy of all', () => {
    beforeAll(() => open(EMPTY, WIDTHS.wide));

    test('what is written is held to it', async () => {
      await page.setContent('<!doctype html><p style="color: red">');
      await expect.poll(() => complaints.join()).toContain('Content Security Policy');
    });

    describe.each(all.filter(({ name }) => !WITH_POLICY.test(name)))('$locale $name', (each) => {
      beforeAll(async () => {
        await resize(WIDTHS.wide);
        complaints.length = 0;
        await page.setContent(each.html);
        await unfold();
      });
      looksRight(each.locale, each.name);
    });
  });

  describe.each(all.filter(({ name }) => WITH_POLICY.test(name)))('$locale $name', ({ locale, name }) => {
    beforeAll(() => open(`/${locale}/${name}`, WIDTHS.wide));
    looksRight(locale, name);
  });

  describe.each(LOCALES)('opened menus, %s', (locale) => {
    test.each([
      ['navigation', '.burger', WIDTHS.narrow],
      ['user-menu', '.user-button', WIDTHS.narrow],
      ['user-menu', '.user-button', WIDTHS.wide],
    ] as const)('%s is accessible at %s, %i px', async (name, button, width) => {
      await open(`/${locale}/clients`, width);
      await page.locator(button).click();
      await screenshot(page, `open-${name}-${locale}`, width);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });

  test.each([600, 768, 800, 1024, 1920])('the list fits at %i px', async (width) => {
    await open('/ja/clients', width);
    await screenshot(page, 'width', width);
    expect(await overflowOf(page)).toBe(0);
  });
});
