/**
 * The rows that must be accounted for, counted in the sources apart from the program, and what is wrong with those it has.
 * Knows values, no disk, so that security-rows.test.ts can prove that each fault is found.
 */
import type { RowState } from '../../src/security/security-rows.ts';

/** ASVS 5.0 requirements that bear on this program, by chapter.section. */
const ASVS: Readonly<Record<string, readonly number[]>> = {
  '3.3': [1, 2, 3, 4],
  '3.4': [1, 2, 3, 4, 5, 6, 8],
  '3.5': [1, 3],
  '3.7': [2],
  '4.1': [3],
  '4.3': [1, 2],
  '6.1': [1],
  '6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  '6.3': [1, 2, 3, 4, 5, 7, 8],
  '6.4': [1, 3, 6],
  '6.5': [1, 2, 3, 4, 5, 6, 8],
  '6.6': [3],
  '6.7': [2],
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 3, 4, 5],
  '7.5': [1, 2, 3],
  '7.6': [2],
  '8.2': [1, 2, 3],
  '8.3': [1, 2],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1],
  '10.3': [1, 2, 3, 4, 5],
  '10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  '10.6': [1, 2],
  '10.7': [1, 2, 3],
  '11.2': [3],
  '11.4': [2],
  '11.5': [1],
  '13.3': [1, 4],
  '13.4': [2, 5],
  '16.2': [5],
  '16.3': [1, 2, 3, 4],
  '16.4': [1, 2],
  '16.5': [1, 2, 3],
};

const BCP_ROWS = 41; // RFC 9700
const ADV_ROWS = 33; // advisories of other servers

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`);

/** Every id that must have a row. */
export const REQUIRED_IDS: readonly string[] = [
  ...numbered('BCP', BCP_ROWS),
  ...Object.entries(ASVS).flatMap(([section, rows]) => rows.map((row) => `ASVS-${section}.${row}`)),
  ...numbered('ADV', ADV_ROWS),
];

export type Row = { readonly id: string; readonly state: RowState };

/** Every fault of the rows, each as a sentence. `titles`: row id → titles of the tests named after it. */
export function faults(rows: readonly Row[], titles: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const ids = rows.map(({ id }) => id);
  return [
    ...REQUIRED_IDS.filter((id) => !ids.includes(id)).map((id) => `${id} has no row`),
    ...ids.filter((id) => !REQUIRED_IDS.includes(id)).map((id) => `${id} is not a known row`),
    ...ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `${id} stands there twice`),
    ...[...titles.keys()]
      .filter((id) => !REQUIRED_IDS.includes(id))
      .map((id) => `a test is named after ${id}, which is no known row`),
    ...rows.flatMap(({ id, state }) => {
      if (state === 'tested') return titles.has(id) ? [] : [`${id} is "tested" by no test`];
      return titles.has(id) ? [`${id} is "${state}", yet a test is named after it`] : [];
    }),
  ];
}
