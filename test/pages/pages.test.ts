/**
 * Every page in a real browser, in both languages, at desktop and phone width: axe finds nothing, the policy blocks
 * nothing, nothing scrolls sideways. `TEGATA_SCREENSHOTS=dir` keeps a picture of each.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAssets } from '../../src/admin/assets.ts';
import type { Locale } from '../../src/admin/i18n/messages.ts';
import { launchChromium } from './browser.ts';
import { adminPaths, samples } from './samples.ts';
import { type StaticServer, serveStatic } from './static-server.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SCREENSHOTS = process.env.TEGATA_SCREENSHOTS;
const LOCALES: readonly Locale[] = ['ja', 'en'];
const WIDTHS = [1280, 390] as const;
const NARROWEST = 360;

const assets = loadAssets(adminPaths);
const all = LOCALES.flatMap((locale) =>
  samples(locale, assets).map(([name, html]) => ({ locale, name, html })),
);

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  server = await serveStatic(
    new Map(all.map(({ locale, name, html }) => [`/${locale}/${name}`, html])),
    assets,
  );
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

type Axe = {
  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
};

/** `page.evaluate` runs in an isolated protocol call, so the page's own policy does not stand in axe's way. */
async function violations(page: Page): Promise<string[]> {
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate(
    async () => (await (globalThis as unknown as { axe: Axe }).axe.run()).violations,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The whole page in one window, so that what is fixed to the window's edges stands where it belongs. */
async function picture(page: Page, path: string, width: number): Promise<void> {
  const height = await page.evaluate(() => Math.max(900, document.documentElement.scrollHeight));
  await page.setViewportSize({ width, height });
  await page.screenshot({ path });
}

async function opened(path: string, width: number): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${server.url}${path}`);
  // What is folded away is judged as well.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  return { page, complaints };
}

describe.each(all)('$locale $name', ({ locale, name }) => {
  test.each(WIDTHS)('is accessible and fits at %i px', async (width) => {
    const { page, complaints } = await opened(`/${locale}/${name}`, width);
    if (SCREENSHOTS) await picture(page, join(SCREENSHOTS, `${name}-${locale}-${width}.png`), width);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    if (width !== 1280) {
      await page.setViewportSize({ width: NARROWEST, height: 800 });
      expect(await overflow(page)).toBe(0);
    }
    await page.close();
  });
});

describe.each(LOCALES)('opened menus, %s', (locale) => {
  test.each([
    ['navigation', '.burger', 390],
    ['user-menu', '.user-button', 390],
    ['user-menu', '.user-button', 1280],
  ] as const)('%s is accessible at %s, %i px', async (name, button, width) => {
    const { page, complaints } = await opened(`/${locale}/clients`, width);
    await page.locator(button).click();
    if (SCREENSHOTS)
      await page.screenshot({ path: join(SCREENSHOTS, `open-${name}-${locale}-${width}.png`) });
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test.each([600, 768, 800, 1024, 1920])('the list fits at %i px', async (width) => {
  const { page } = await opened('/ja/clients', width);
  if (SCREENSHOTS) await picture(page, join(SCREENSHOTS, `width-${width}.png`), width);
  expect(await overflow(page)).toBe(0);
  await page.close();
});
