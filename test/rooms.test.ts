/** Holds `src/` to the import law, and proves on bad examples that the law can be broken. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { offences } from './support/import-law.ts';

const SRC = join(import.meta.dirname, '../src');

test('every file of src/ keeps the import law', () => {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.tsx?$/.test(path),
  );
  expect(paths.length).toBeGreaterThan(10);
  const sources = new Map(paths.map((path) => [path, readFileSync(join(SRC, path), 'utf8')]));
  expect(offences(sources)).toEqual([]);
});

const broken = (path: string, text: string) => offences(new Map([[path, text]]));

test.each([
  ['up', 'oauth/token.ts', `import { a } from '../graphql/api.ts';`, 'that is up'],
  ['sideways', 'webhook/plan.ts', `import { a } from '../graphql/api.ts';`, 'that is sideways'],
  ['a type', 'oauth/token.ts', `import type { A } from '../http/reply.ts';`, 'that is up'],
  ['over several lines', 'feed/a.ts', `import {\n  a,\n  b,\n} from '../oauth/token.ts';`, 'that is up'],
  ['a re-export', 'outbound/a.ts', `export { a } from '../database/a.ts';`, 'that is sideways'],
  ['a type in place', 'base/a.ts', `type A = import('../oauth/a.ts').A;`, 'that is up'],
  ['for its effect', 'base/a.ts', `import '../cli/serve.ts';`, 'that is up'],
  ['a folder deep', 'database/dialect/a.ts', `import '../../graphql/schema.ts';`, 'that is up'],
  ['the top from a room', 'cli/serve.ts', `import '../main.ts';`, 'that is up'],
  ['itself', 'base/a.ts', `import './a.ts';`, 'imports itself'],
  ['SQL in a rule', 'oauth/rules/a.ts', `import '../store/codes.ts';`, 'values in, verdict out'],
  ['a lower room in a rule', 'oauth/rules/a.ts', `import '../../shop/row.ts';`, 'values in, verdict out'],
  ['a flow in a store', 'oauth/store/a.ts', `import '../token.ts';`, 'below a store'],
  ['large tables in rows', 'shop/rows/a.ts', `import '../large/totals.ts';`, 'by one interface'],
  ['a page in the frame', 'admin/ui/a.tsx', `import '../clients/client-new.tsx';`, 'knows none of them'],
  ['the time', 'oauth/a.ts', 'const now = Date.now();', 'asks the time'],
  ['the time by a date', 'oauth/a.ts', 'const now = new Date();', 'asks the time'],
  ['the environment', 'database/a.ts', 'const a = process.env.A;', 'reads the environment'],
  ['a dialect', 'oauth/store/a.ts', `if (kit.name === 'mysql') a();`, "compares a dialect's name"],
  ['a dialect by case', 'feed/a.ts', `switch (a) { case 'sqlite': }`, "compares a dialect's name"],
  ['Fastify below the doors', 'oauth/a.ts', `import type { FastifyRequest } from 'fastify';`, 'may not know'],
  ['SQL in a door', 'http/a.ts', `import { sql } from 'kysely';`, 'may not know'],
  ['SQL in a flow', 'oauth/a.ts', `import { sql } from 'kysely';`, 'may not know'],
  ['files in a rule', 'oauth/keys/a.ts', `import { readFile } from 'node:fs/promises';`, 'may not know'],
  ['an index', 'database/index.ts', '', 'no barrels'],
  ['an unknown room', 'utils/a.ts', '', 'stands in no room'],
  ['a file at the top', 'helpers.ts', '', 'stands in no room'],
  ['length', 'database/a.ts', '\n'.repeat(300).concat('a'), 'has 301 lines'],
])('the law refuses %s', (_what, path, text, reason) => {
  expect(broken(path, text)).toEqual([expect.stringContaining(reason)]);
});

test('the law refuses a crowded folder, unit tests not counted', () => {
  const files = (count: number) =>
    new Map(
      Array.from({ length: count }, (_, at) => [
        [`oauth/a${at}.ts`, ''],
        [`oauth/a${at}.test.ts`, ''],
      ]).flat() as [string, string][],
    );
  expect(offences(files(24))).toEqual([]);
  expect(offences(files(25))).toEqual([expect.stringContaining('oauth holds 25 files')]);
});

test('the law refuses a name that is exported twice', () => {
  const twice = new Map([
    ['oauth/a.ts', 'export type Scope = 1;'],
    ['shop/a.ts', 'export const Scope = 1;'],
  ]);
  expect(offences(twice)).toEqual(['oauth/a.ts and shop/a.ts both export Scope']);
});

test('the law refuses two files that import each other', () => {
  const knot = new Map([
    ['database/a.ts', `import './b.ts';`],
    ['database/b.ts', `import type { A } from './a.ts';`],
  ]);
  expect(offences(knot)).toEqual([expect.stringContaining('database/a.ts → database/b.ts → database/a.ts')]);
});

test.each([
  ['down', 'oauth/token.ts', `import { a } from './store/codes.ts';`],
  ['to a lower room', 'oauth/store/a.ts', `import { a } from '../../audit/events.ts';`],
  ['within a room', 'database/a.ts', `import { a } from './dialect/kit.ts';`],
  ['within the rules', 'oauth/rules/a.ts', `import { a } from '../../base/bytes.ts'; import './b.ts';`],
  ['a package', 'oauth/rules/a.ts', `import { createHash } from 'node:crypto';`],
  ['SQL in a store', 'oauth/store/a.ts', `import { sql } from 'kysely';`],
  ['what stands in a comment', 'base/a.ts', `// import '../cli/a.ts'; Date.now()`],
  ['a date of a known time', 'oauth/a.ts', 'new Date(at * 1000)'],
])('the law allows %s', (_what, path, text) => {
  expect(broken(path, text)).toEqual([]);
});
