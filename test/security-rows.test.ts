/** Keeps docs/security.md honest, prints how far it is, and proves that a wrong document is noticed. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  countByState,
  faults,
  namedTitles,
  REQUIRED_IDS,
  type Row,
  readRows,
} from './support/security-rows.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('docs/security.md accounts for every row, and its tests exist', () => {
  const rows = readRows(read('docs/security.md'));
  const paths = globSync('{src,test}/**/*.test.{ts,tsx}', { cwd: ROOT });
  const titles = namedTitles(paths.filter((path) => path !== 'test/security-rows.test.ts').map(read));
  console.log(`docs/security.md: ${rows.length} rows: ${countByState(rows)}`);
  expect(faults(rows, titles)).toEqual([]);
});

describe('a wrong document is noticed', () => {
  const open: Row[] = REQUIRED_IDS.map((id) => ({ id, titles: [], state: 'open' }));
  const first = (row: Partial<Row>): Row[] => [
    { id: 'BCP-01', titles: [], state: 'open', ...row },
    ...open.slice(1),
  ];
  const title = 'BCP-01: exact match';

  test.each<[string, Row[], string]>([
    ['a missing row', open.slice(1), 'BCP-01 has no row'],
    ['a row twice', [...open, ...first({}).slice(0, 1)], 'BCP-01 stands there twice'],
    ['an unknown row', [...open, { id: 'BCP-99', titles: [], state: 'open' }], 'BCP-99 is not a known row'],
    ['an unknown state', first({ state: 'done' }), 'BCP-01: "done" is no state'],
    ['no reason', first({ state: 'later' }), 'BCP-01: "later" is no state'],
    ['tested by nothing', first({ state: 'tested' }), 'BCP-01 is "tested" by no test'],
    ['a lost test', first({ state: 'tested', titles: ['BCP-01: a'] }), 'no test has the title "BCP-01: a"'],
  ])('%s', (_what, rows, fault) => {
    expect(faults(rows, new Set())).toEqual([expect.stringContaining(fault)]);
  });

  test('a test that the row does not name', () => {
    expect(faults(open, new Set([title]))).toEqual(['BCP-01 is "open", yet a test is named after it']);
  });

  test('a test of another row', () => {
    const rows = open.map((row) =>
      row.id === 'BCP-02' ? { ...row, titles: [title], state: 'tested' } : row,
    );
    const found = faults(
      first({ state: 'tested', titles: [title] })
        .slice(0, 1)
        .concat(rows.slice(1)),
      new Set([title]),
    );
    expect(found).toEqual([`"${title}" does not name BCP-02`]);
  });

  test('rows and titles are read as written', () => {
    const markdown = `| id | requirement | test | state |\n| --- | --- | --- | --- |\n| BCP-01 | a | \`${title}\` | tested |`;
    expect(readRows(markdown)).toEqual([{ id: 'BCP-01', titles: [title], state: 'tested' }]);
    expect(namedTitles([`test("${title}", () => {});\ntest('other', f)`])).toEqual(new Set([title]));
  });
});
