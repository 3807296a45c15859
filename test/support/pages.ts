/** What every page must be: free of axe's violations, and no wider than its window. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { WIDTHS } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A colour on its way from one to another is none that the page shows for long. */
const SETTLED = `Promise.allSettled(document.getAnimations()
  .filter((each) => each instanceof CSSTransition).map((each) => each.finished)).then(() => undefined)`;

/** Fails with the rule and the element for each violation that axe-core finds at either width. `left`: rules left out. */
export async function expectAccessible(page: Page, left: readonly string[] = []): Promise<void> {
  const before = page.viewportSize();
  for (const width of Object.values(WIDTHS)) {
    await page.setViewportSize({ width, height: before?.height ?? 900 });
    expect(await violations(page, left), `accessibility of ${page.url()} at ${width} px`).toEqual([]);
    const overflow = await overflowOf(page);
    expect(overflow, `${page.url()} is wider than ${width} px by`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

/** One line for each element that breaks a rule of axe-core. */
export async function violations(page: Page, left: readonly string[] = []): Promise<string[]> {
  // `evaluate` is not subject to the page's own policy.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
  await page.evaluate(SETTLED);
  // What passes is counted, not described: that halves the work, and every violation is still whole.
  const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  // All else stays in the page: to hand it over costs a fifth of the whole.
  const run = `axe.run(${options}).then(({ violations }) => violations)`;
  const found = (await page.evaluate(run)) as AxeResults['violations'];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ''}`),
  );
}

/** By how many pixels the page is wider than what of the window a scroll bar leaves it. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
