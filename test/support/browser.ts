/**
 * A real Chromium for tests of pages. `describeInBrowser('the seed flow', (browser) => { test(…) })` starts one for the
 * group; every page stands in a context (cookies, storage) of its own.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

const CHROMIUM = '/usr/bin/chromium';

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
const PATIENCE_MS = 20_000;

export type TestBrowser = {
  /** A fresh browser profile; Japanese unless the options say otherwise. Closed for you. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a fresh profile. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
};

export function describeInBrowser(name: string, define: (browser: TestBrowser) => void): void {
  const lacking = existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is not installed`;
  describeUnless(lacking, name, () => define(useBrowser()));
}

function useBrowser(): TestBrowser {
  let chromiumProcess: Browser | undefined;
  beforeAll(async () => {
    chromiumProcess = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
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

/** Pictures of the whole page at both widths, for people to look at; returns their paths. */
export async function screenshots(page: Page, name: string): Promise<string[]> {
  const folder = process.env.TEGATA_SCREENSHOT_DIR ?? join(tmpdir(), 'tegata-screenshots');
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  const paths: string[] = [];
  for (const width of Object.values(WIDTHS)) {
    const path = join(folder, `${name}-${width}.png`);
    await page.setViewportSize({ width, height: HEIGHT });
    await page.screenshot({ path, fullPage: true });
    paths.push(path);
  }
  if (before) await page.setViewportSize(before);
  return paths;
}
