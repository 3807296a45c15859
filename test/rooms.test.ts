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
  ['up', 'oauth/rules/pkce.ts', `import { a } from '../store/open.ts';`, 'that is up'],
  ['sideways', 'oauth/rules/pkce.ts', `import { a } from '../keys/jwt.ts';`, 'that is sideways'],
  ['a type', 'oauth/token/token.ts', `import type { A } from '../http/reply.ts';`, 'that is up'],
  ['over several lines', 'store/a.ts', `import {\n  a,\n  b,\n} from '../flow/token.ts';`, 'that is up'],
  ['a re-export', 'outbound/a.ts', `export { a } from '../store/a.ts';`, 'that is sideways'],
  ['a type in place', 'base/a.ts', `type A = import('../oauth/a.ts').A;`, 'that is up'],
  ['for its effect', 'base/a.ts', `import '../cli/serve.ts';`, 'that is up'],
  ['a folder deep', 'store/dialect/a.ts', `import '../../graphql/schema.ts';`, 'that is up'],
  ['the top from a room', 'cli/serve.ts', `import '../main.ts';`, 'that is up'],
  ['itself', 'base/a.ts', `import './a.ts';`, 'imports itself'],
  ['the time', 'flow/a.ts', 'const now = Date.now();', 'asks the time'],
  ['the time by a date', 'flow/a.ts', 'const now = new Date();', 'asks the time'],
  ['the environment', 'store/a.ts', 'const a = process.env.A;', 'reads the environment'],
  ['a dialect', 'store/a.ts', `if (kit.name === 'mysql') a();`, "compares a dialect's name"],
  ['a dialect by case', 'store/a.ts', `switch (a) { case 'sqlite': }`, "compares a dialect's name"],
  ['Fastify below the doors', 'flow/a.ts', `import type { FastifyRequest } from 'fastify';`, 'may not know'],
  ['SQL in a door', 'http/a.ts', `import { sql } from 'kysely';`, 'may not know'],
  ['files in a rule', 'keys/a.ts', `import { readFile } from 'node:fs/promises';`, 'may not know'],
  ['an index', 'store/index.ts', '', 'no barrels'],
  ['an unknown room', 'utils/a.ts', '', 'stands in no room'],
  ['an unknown file at the top', 'helpers.ts', '', 'stands in no room'],
  ['length', 'store/a.ts', '\n'.repeat(300).concat('a'), 'has 301 lines'],
])('the law refuses %s', (_what, path, text, reason) => {
  expect(broken(path, text)).toEqual([expect.stringContaining(reason)]);
});

test('the law refuses two files that import each other', () => {
  const knot = new Map([
    ['store/a.ts', `import './b.ts';`],
    ['store/b.ts', `import type { A } from './a.ts';`],
  ]);
  expect(offences(knot)).toEqual([expect.stringContaining('store/a.ts → store/b.ts → store/a.ts')]);
});

test.each([
  ['down', 'oauth/token/token.ts', `import { a } from '../store/a.ts';`],
  ['within a room', 'store/a.ts', `import { a } from './dialect/kit.ts';`],
  ['among the composition files', 'app/services.ts', `import type { Config } from './app/config/config.ts';`],
  ['a package', 'oauth/a.ts', `import { createHash } from 'node:crypto';`],
  ['what stands in a comment', 'base/a.ts', `// import '../cli/a.ts'; Date.now()`],
  ['a date of a known time', 'flow/a.ts', 'new Date(at * 1000)'],
])('the law allows %s', (_what, path, text) => {
  expect(broken(path, text)).toEqual([]);
});
