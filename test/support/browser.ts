/**
 * A real Chromium for tests of pages. `describeInBrowser('the seed flow', (browser) => { test(…) })` starts one for the
 * group; every page stands in a context (cookies, storage) of its own.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { describeUnless } from './left-out.ts';

/** The shell has the same engine without the windows' own user interface: a page opens at a quarter of the cost. */
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));

// No sandbox as root; no background networking, or Chromium looks for hosts that a closed network refuses.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The widths at which every page is looked at, in CSS pixels. */
export const WIDTHS = { wide: 1280, narrow: 390 } as const;

const HEIGHT = 900;

// Shorter than a test's time, so that a failure names what was waited for.
const PATIENCE_MS = 45_000;

export type TestBrowser = {
  /** A fresh browser profile; Japanese unless the options say otherwise. Closed for you. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a fresh profile. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
};

export function describeInBrowser(name: string, define: (browser: TestBrowser) => void): void {
  const lacking = CHROMIUM ? undefined : 'Chromium is not installed';
  describeUnless(lacking, name, () => define(useBrowser()));
}

function useBrowser(): TestBrowser {
  let chromiumProcess: Browser | undefined;
  beforeAll(async () => {
    chromiumProcess = await chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
  });
  afterAll(() => chromiumProcess?.close());
  const browser: TestBrowser = {
    newContext: async (options = {}) => {
      if (!chromiumProcess)
        throw new Error('Chromium is started in beforeAll: ask for pages in a hook or a test');
      const viewport = { width: WIDTHS.wide, height: HEIGHT };
      const fixed = { locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport };
      const context = await chromiumProcess.newContext({ ...fixed, ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      return context;
    },
    newPage: async (options) => (await browser.newContext(options)).newPage(),
  };
  return browser;
}

/** Pictures at both widths, for people to look at; see `screenshot`. */
export async function screenshots(page: Page, name: string): Promise<void> {
  for (const width of Object.values(WIDTHS)) await screenshot(page, name, width);
}

/** Keeps a picture in the folder that `TEGATA_SCREENSHOTS` names; without it, none. */
export async function screenshot(page: Page, name: string, width: number): Promise<void> {
  const folder = process.env.TEGATA_SCREENSHOTS;
  if (folder === undefined) return;
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: HEIGHT });
  // The whole page in one window, so that what is fixed to the window's edges stands where it belongs.
  const height = Math.max(HEIGHT, await page.evaluate<number>('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width, height });
  await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  if (before) await page.setViewportSize(before);
}
