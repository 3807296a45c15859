/**
 * Reads docs/security.md and says what is wrong with it: rows missing, unknown or double, states that are none, tests that
 * do not exist. Knows texts, no disk, so that security-rows.test.ts can prove that each fault is found.
 */

export type Row = { readonly id: string; readonly titles: readonly string[]; readonly state: string };

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

const ID = /\b(?:BCP-\d\d|ADV-\d\d|ASVS-\d+\.\d+\.\d+)\b/g;

/** The rows of every table whose first cell is an id. */
export function readRows(markdown: string): Row[] {
  const lines = markdown.split('\n').filter((line) => /^\| (?:BCP|ADV|ASVS)-/.test(line));
  return lines.map((line) => {
    const [id = '', , tests = '', state = ''] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { id, state, titles: [...tests.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '') };
  });
}

const STRING = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;

/** The string literals of test files that bear an id: the titles of the tests named after rows. */
export function namedTitles(testSources: readonly string[]): Set<string> {
  const literals = testSources.flatMap((text) => [...text.matchAll(STRING)].map((match) => match[2] ?? ''));
  return new Set(literals.filter((literal) => idsOf(literal).length > 0));
}

const idsOf = (title: string): string[] => title.match(ID) ?? [];

/** Every fault of the document, each as a sentence. */
export function faults(rows: readonly Row[], titles: ReadonlySet<string>): string[] {
  const ids = rows.map(({ id }) => id);
  const proven = new Set([...titles].flatMap(idsOf));
  return [
    ...REQUIRED_IDS.filter((id) => !ids.includes(id)).map((id) => `${id} has no row`),
    ...ids.filter((id) => !REQUIRED_IDS.includes(id)).map((id) => `${id} is not a known row`),
    ...ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `${id} stands there twice`),
    ...rows.flatMap((row) => rowFaults(row, titles)),
    ...rows.filter((row) => row.state !== 'tested' && proven.has(row.id)).map(provenButNotSaid),
  ];
}

const provenButNotSaid = ({ id, state }: Row): string => `${id} is "${state}", yet a test is named after it`;

function rowFaults({ id, state, titles }: Row, known: ReadonlySet<string>): string[] {
  const found = titles
    .filter((title) => !known.has(title))
    .map((title) => `${id}: no test has the title "${title}"`);
  const strange = titles
    .filter((title) => !idsOf(title).includes(id))
    .map((title) => `"${title}" does not name ${id}`);
  const all = [...found, ...strange];
  if (!/^(?:tested|open|(?:later|n\/a): .+)$/.test(state)) all.push(`${id}: "${state}" is no state`);
  if (state === 'tested' && titles.length === 0) all.push(`${id} is "tested" by no test`);
  if (state !== 'tested' && titles.length > 0) all.push(`${id} names a test, yet is "${state}"`);
  return all;
}

/** How many rows are in each state: `12 tested, 3 later, 100 open`. */
export function countByState(rows: readonly Row[]): string {
  const counts = Map.groupBy(rows, ({ state }) => state.split(':')[0] ?? '');
  return [...counts].map(([state, group]) => `${group.length} ${state}`).join(', ');
}
