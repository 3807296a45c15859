/** The tables of docs/security.md: every row of the checklists with its state and the tests that bear its id in their titles. */
import { en } from '../../src/admin/i18n/en/messages.ts';
import { type SecurityRow, securityRows } from '../../src/security/security-rows.ts';
import { code, markdownTable } from './markdown.ts';

const HEADINGS = ['id', 'requirement', 'test', 'state'];
const ID = /\b(?:BCP-\d\d|ADV-\d\d|ASVS-\d+\.\d+\.\d+)\b/g;
/** `BCP-01, ADV-07: what is proven`, in quotes of any kind. */
const TITLE = /(["'`])((?:(?:BCP|ADV|ASVS)-[\d.]+(?:, )?)+: (?:(?!\1)[^\\\n]|\\.)*)\1/g;

export function securitySections(testSources: readonly string[]): string {
  const titles = titlesById(testSources);
  return [...Map.groupBy(securityRows, ({ group }) => group)]
    .map(([group, rows]) => {
      const cells = rows.map((row) => cellsOf(row, [...(titles.get(row.id) ?? [])].sort()));
      return `## ${en.securityRows.groups[group]}\n\n${markdownTable(HEADINGS, cells)}`;
    })
    .join('\n\n');
}

function cellsOf({ id, state }: SecurityRow, titles: readonly string[]): string[] {
  const { requirements, reasons } = en.securityRows;
  const said = reasons[id] === undefined ? state : `${state}: ${reasons[id]}`;
  return [id, requirements[id], titles.map(code).join(', '), said];
}

/** Row id → the titles of tests that begin with it, or with several. */
export function titlesById(testSources: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const titles = testSources.flatMap((text) => [...text.matchAll(TITLE)].map((match) => match[2] ?? ''));
  for (const title of titles) {
    for (const id of title.match(ID) ?? []) found.set(id, (found.get(id) ?? new Set()).add(title));
  }
  return found;
}
