/** docs/support.md, in both languages: every combination has a cell, and a cell that names a test names one that runs it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { eachDatabase } from './support/databases.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['docs/support.md', 'docs/ja/support.md'] as const;
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const rowsOf = (page: string): string[][] =>
  (read(page).match(/^\|.*\|$/gm) ?? []).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const matrixOf = (page: string): string[][] =>
  rowsOf(page).filter(([version = '']) => /^4\.\d$/.test(version));
const testIn = (cell: string): string | undefined => /^`([\w/-]+\.test\.ts)`$/.exec(cell)?.[1];

/** What a test has to hold to run on the database of a row. */
const RUNS: Record<string, RegExp> = {
  SQLite: /eachDatabase\(|onSqlite\(/,
  PostgreSQL: /eachDatabase\(/,
  MariaDB: /eachDatabase\(/,
};
/** And on the version: the shop's, or the plugin's, which is another one from 4.2 on. */
const SHOPS: Record<string, RegExp> = { '4.0': /EC-CUBE 4\.0/, '4.3': /from '\.\/replays\.ts'/ };
const PLUGINS: Record<string, RegExp> = {
  '4.0': /'Api'/,
  '4.1': /'Api'/,
  '4.2': /installPlugin/,
  '4.3': /installPlugin/,
};

test.each(PAGES)('%s has a cell for each version, database and kind of shop', (page) => {
  const combined = matrixOf(page).map(([version, database]) => `${version} ${database}`);
  const databases = ['SQLite', 'PostgreSQL', 'MySQL', 'MariaDB'];
  expect(combined).toEqual(
    ['4.0', '4.1', '4.2', '4.3'].flatMap((version) => databases.map((name) => `${version} ${name}`)),
  );
  const cells = matrixOf(page).flatMap((row) => row.slice(2));
  expect(cells.filter((cell) => testIn(cell) === undefined && !/^(?:not run|未実行)$/.test(cell))).toEqual(
    [],
  );
  expect(cells).toHaveLength(32);
});

test('both languages say the same', () => {
  const [english, japanese] = PAGES.map((page) =>
    matrixOf(page)
      .flat()
      .map((cell) => cell.replace('未実行', 'not run')),
  );
  expect(japanese).toEqual(english);
});

test('a cell with a test: it is here, on that database, with that version', () => {
  for (const [version = '', database = '', ...cells] of matrixOf(PAGES[0])) {
    for (const [at, cell] of cells.entries()) {
      const file = testIn(cell);
      if (file === undefined) continue;
      const source = read(`test/${file}`);
      const about = `${version} ${database}: ${file}`;
      expect(source, about).toMatch(RUNS[database] ?? /never/);
      expect(source, about).toMatch((at === 0 ? SHOPS : PLUGINS)[version] ?? /never/);
    }
  }
});

test.each(PAGES)('every test that %s names is here', (page) => {
  const named = read(page).match(/(?<=`)(?:test\/)?[\w/-]+\.test\.ts(?=`)/g) ?? [];
  expect(named.length).toBeGreaterThan(10);
  expect(
    named.filter((name) => !existsSync(join(ROOT, name.startsWith('test/') ? name : `test/${name}`))),
  ).toEqual([]);
});

const versionIn = (page: string, what: string): string | undefined =>
  rowsOf(page).find(([name]) => name === what)?.[1];

eachDatabase((database) => {
  test('the server is the one that is told; in CI, where any other would make the page wrong, of its version', async () => {
    const asked = database.name === 'sqlite' ? sql`sqlite_version()` : sql`version()`;
    const { rows } = await sql<{ version: string }>`select ${asked} as version`.execute(database.open().db);
    const [, major, minor] = /(\d+)\.(\d+)/.exec(rows[0]?.version ?? '') ?? [];
    const [product, version] = {
      sqlite: ['SQLite', process.versions.node.split('.')[0]],
      postgres: ['PostgreSQL', major],
      mysql: ['MariaDB', `${major}.${minor}`],
    }[database.name];
    expect(database.name === 'sqlite' ? product : `${rows[0]?.version}`).toContain(product);
    for (const page of PAGES) {
      expect(versionIn(page, product ?? '')).toMatch(process.env.CI ? new RegExp(`\\b${version}\\b`) : /\d/);
    }
  });
});
