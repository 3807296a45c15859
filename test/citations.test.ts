/** Every page that a comment cites exists in this repository, with the heading that is named; so does every linked file. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** `docs/eccube/graphql.md, Parcels and states)`: the page, and what follows a comma up to the end of the citation. */
const CITATION = /\b((?:docs\/)?(?:[\w-]+\/)*[\w-]+\.md)(?:, ([^),;.:]+))?/g;
const SECTION = /§/;
const PUBLIC = /RFC \d+|CSP|SP 800|ISO|HTML|GraphQL|FAPI|BCP|Unicode|https?:/;

const pages = [...globSync('docs/**/*.md', { cwd: ROOT }), 'README.md', 'README.ja.md', 'CONTRIBUTING.md'];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const comments = (text: string): string => (text.match(/\/\*[\s\S]*?\*\/|\/\/.*$/gm) ?? []).join('\n');
const unwrapped = (text: string): string => text.replace(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');

const sources = globSync('{src,test,scripts,bench}/**/*.{ts,tsx}', { cwd: ROOT }).filter(
  (path) => path !== 'test/citations.test.ts', // its examples are meant to be wrong
);

function lostCitations(path: string, text: string): string[] {
  const cited = [...unwrapped(comments(text)).matchAll(CITATION)];
  return cited.flatMap(([whole, page = '', heading]) => {
    const known = [page, `docs/${page}`].find((one) => existsSync(join(ROOT, one)));
    if (!known) return [`${path}: ${whole}`];
    if (!page.startsWith('docs/eccube/') || heading === undefined) return [];
    return read(known).includes(`# ${heading.trim()}\n`) ? [] : [`${path}: ${whole}`];
  });
}

test('what comments cite is here', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((path) => lostCitations(path, read(path)))).toEqual([]);
});

test('sections are of public documents', () => {
  const lines = sources.flatMap((path) =>
    comments(read(path))
      .split('\n')
      .filter((line) => SECTION.test(line) && !PUBLIC.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(lines).toEqual([]);
});

test('links between documents lead somewhere', () => {
  const lost = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(lost).toEqual([]);
});

/** As GitHub and npm make it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test('links to a heading lead to one', () => {
  const pages = [...globSync('docs/**/*.md', { cwd: ROOT }), 'README.md', 'README.ja.md'];
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)].map(
      ([, target = '', anchor]) => ({ page, to: target ? join(dirname(page), target) : page, anchor }),
    ),
  );
  expect(links.length).toBeGreaterThan(10);
  const lost = links.filter(
    ({ to, anchor }) =>
      ![...read(to).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor),
  );
  expect(lost).toEqual([]);
});

const TWINS = globSync('docs/ja/*.md', { cwd: ROOT })
  .map((path) => basename(path))
  .filter((name) => name !== 'README.md');
/** For those who work on Tegata: in English alone. */
const DEVELOPERS = ['architecture.md', 'performance.md'];

test('every page for users is there in both languages', () => {
  const english = globSync('docs/*.md', { cwd: ROOT }).map((path) => basename(path));
  expect([...TWINS, ...DEVELOPERS].sort()).toEqual(english.sort());
});

test.each(TWINS)('%s leads to its twin, and back', (name) => {
  expect(read(`docs/${name}`).split('\n')[2]).toBe(`[日本語](ja/${name})`);
  expect(read(`docs/ja/${name}`).split('\n')[2]).toBe(`[English](../${name})`);
  expect(read('docs/ja/README.md')).toContain(`](${name})`);
});

// The list of commands and the rows of the checklists are in English alone.
test.each(TWINS.filter((name) => !['cli.md', 'security.md'].includes(name)))(
  '%s has the same sections in both languages',
  (name) => {
    const levels = (path: string) => [...read(path).matchAll(/^(##+) /gm)].map(([, marks]) => marks);
    expect(levels(`docs/ja/${name}`)).toEqual(levels(`docs/${name}`));
  },
);

/** The rows of docs/security.md about what was mended: `A1` or nothing, and the tests that are named. */
const holes = (path: string, heading: string) =>
  [
    ...(read(path).split(`\n## ${heading}\n`)[1] ?? '').matchAll(/^\|(?: ([A-D]\d+) \|)? .*\.test\.ts.*$/gm),
  ].map(([row, id = '']) => [id, ...row.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map((cell) => `${cell}`));

test('the holes that were mended name the same tests in both languages', () => {
  const english = holes('docs/security.md', 'Holes that were proven, and what holds them shut');
  expect(english.map(([id]) => id)).toEqual(expect.arrayContaining(['A1', 'A10', 'D1', 'D10']));
  expect(holes('docs/ja/security.md', '見つかった穴と、それを防ぐテスト')).toEqual(english);
});

test.each([
  ['a page that is not here', '/** As in docs/eccube/nowhere.md. */', 1],
  ['a heading that is not there', '// (docs/eccube/graphql.md, Nothing of the kind)', 1],
  ['a page and its heading', '/** (docs/eccube/graphql.md, Parcels and states) */', 0],
])('%s', (_what, text, count) => {
  expect(lostCitations('a.ts', text)).toHaveLength(count);
});

test('files that documents name in code are here', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|scripts|bench)\/[\w./-]+)`/g)].map(
      ([, path = '']) => `${page}: ${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((line) => !existsSync(join(ROOT, line.slice(line.indexOf(' ') + 1))))).toEqual([]);
});
