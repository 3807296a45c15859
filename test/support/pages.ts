/** What every page must be: free of axe's violations, and no wider than its window. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { WIDTHS } from './browser.ts';

/** Fails with the rule and the element for each violation that axe-core finds at either width. `left`: rules left out. */
export async function expectAccessible(page: Page, left: readonly string[] = []): Promise<void> {
  await page.evaluate(axe.source);
  const before = page.viewportSize();
  for (const width of Object.values(WIDTHS)) {
    await page.setViewportSize({ width, height: before?.height ?? 900 });
    expect(await violations(page, left), `accessibility of ${page.url()} at ${width} px`).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `${page.url()} is wider than ${width} px by`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

async function violations(page: Page, left: readonly string[]): Promise<string[]> {
  const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
  const run = `axe.run(${JSON.stringify({ rules })})`;
  const { violations: found } = (await page.evaluate(run)) as axe.AxeResults;
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
