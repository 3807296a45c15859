/** Keeps the rows of the security checklists honest, prints how far they are, and proves that a fault is noticed. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { securitySections, titlesById } from '../scripts/docs/docs-security.ts';
import { countStates } from '../src/security/security-checklist.ts';
import { ROWS_CONCERNED } from '../src/security/security-findings.ts';
import { type RowState, securityRows } from '../src/security/security-rows.ts';
import { faults, REQUIRED_IDS, type Row } from './support/security-rows.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const sources = globSync('{src,test}/**/*.test.{ts,tsx}', { cwd: ROOT }).map(read);

test('every row is accounted for, and its tests exist', () => {
  const counts = countStates(securityRows).map(([state, count]) => `${count} ${state}`);
  console.log(`docs/security.md: ${securityRows.length} rows: ${counts.join(', ')}`);
  expect(faults(securityRows, titlesById(sources))).toEqual([]);
});

test('docs/security.md says what the program and its tests say', () => {
  expect(read('docs/security.md')).toContain(securitySections(sources));
});

test('what settings decide is said of rows that are met, not of those that are not', () => {
  const met = securityRows.filter(({ state }) => state === 'tested').map(({ id }) => id);
  expect(
    Object.values(ROWS_CONCERNED)
      .flat()
      .filter((id) => !met.includes(id)),
  ).toEqual([]);
});

describe('a fault is noticed', () => {
  const titled = (...ids: string[]) => new Map(ids.map((id) => [id, new Set(['…'])]));
  const all = (state: RowState): Row[] => REQUIRED_IDS.map((id) => ({ id, state }));
  const later = all('later');
  const [first, second] = REQUIRED_IDS as [string, string];

  test.each<[string, Row[], Map<string, Set<string>>, string]>([
    ['a missing row', later.slice(1), titled(), `${first} has no row`],
    ['a row twice', [...later, { id: first, state: 'n/a' }], titled(), `${first} stands there twice`],
    ['an unknown row', [...later, { id: 'BCP-99', state: 'later' }], titled(), 'BCP-99 is not a known row'],
    ['tested by nothing', [{ id: first, state: 'tested' }, ...later.slice(1)], titled(), 'by no test'],
    [
      'a test of what is put off',
      later,
      titled(second),
      `${second} is "later", yet a test is named after it`,
    ],
    ['a test of no row', later, titled('ADV-99'), 'named after ADV-99'],
  ])('%s', (_what, rows, titles, fault) => {
    expect(faults(rows, titles)).toEqual([expect.stringContaining(fault)]);
  });

  test('titles are read as written, and other texts are no titles', () => {
    const title = `${first}, ${second}: a \\'quoted\\' word`;
    const text = `test('${title}', () => {});\ntest('other', f); expect(x).toBe('about ${first}: no');`;
    expect(titlesById([text])).toEqual(
      new Map([
        [first, new Set([title])],
        [second, new Set([title])],
      ]),
    );
  });
});
