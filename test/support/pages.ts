/** What every page must be: free of axe's violations, and no wider than its window. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { WIDTHS } from './browser.ts';

/** Fails with the rule and the element for each violation that axe-core finds at either width. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const before = page.viewportSize();
  for (const width of Object.values(WIDTHS)) {
    await page.setViewportSize({ width, height: before?.height ?? 900 });
    expect(await violations(page), `accessibility of ${page.url()} at ${width} px`).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `${page.url()} is wider than ${width} px by`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
