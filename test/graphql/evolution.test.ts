/** The schema beside that of the last release: what changed is told in docs/api-changelog.md, and nothing breaks a client. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { coordinates, evolutionFaults, isMeant, readChangelog } from './support/schema-evolution.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const released = buildSchema(read('test/graphql/support/schema-0.1.0.graphql'));
const present = buildSchema(read('docs/schema.graphql'));
const days = readChangelog(read('docs/api-changelog.md'));

test('every change since 0.1.0 is told, and none breaks a client', () => {
  expect(evolutionFaults(released, present, days)).toEqual([]);
});

test('what the change log names is there, or was', () => {
  const known = new Set([released, present].flatMap((schema) => [...coordinates(schema).keys()]));
  const named = days.flatMap(({ names }) => Object.values(names).flatMap((some) => [...some]));
  expect(named.filter((told) => ![...known].some((name) => isMeant(told, name)))).toEqual([]);
});

test('days are dates, the newest first, and the Japanese page says the same', () => {
  const dates = days.map(({ date }) => date);
  for (const date of dates) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  expect(dates).toEqual([...new Set(dates)].sort().reverse());
  expect(readChangelog(read('docs/ja/api-changelog.md'))).toEqual(days);
});

describe('the check itself', () => {
  const before = buildSchema(
    'type Query { a(x: Int = 1): Int  b: E  c(i: I): Int } enum E { P Q } input I { v: Int }',
  );
  const judge = (sdl: string, log = '') => evolutionFaults(before, buildSchema(sdl), readChangelog(log));
  const same = 'type Query { a(x: Int = 1): Int  b: E  c(i: I): Int } enum E { P Q } input I { v: Int }';

  test('no change, no fault', () => expect(judge(same)).toEqual([]));

  test.each([
    ['a field', same.replace('b: E', 'b: E d(y: Int): Int'), ['Query.d']],
    ['an argument', same.replace('x: Int = 1', 'x: Int = 1, z: Int'), ['Query.a(z:)']],
    ['a value', same.replace('P Q', 'P Q R'), ['E.R']],
    ['a type', `${same} type T { t: Int }`, ['T']],
    ['a field of an input', same.replace('v: Int', 'v: Int w: Int'), ['I.w']],
  ])('%s that is new wants its entry', (_what, sdl, names) => {
    expect(judge(sdl)).toEqual(names.map((name) => `${name} is new and not named under “Added”`));
    expect(judge(sdl, `## 2026-01-01\n### Added\n- \`${names[0]}\`: new\n`)).toEqual([]);
    expect(judge(sdl, '## 2026-01-01\n### Added\n- `X.*`, `*.x(y:)`\n')).toHaveLength(1);
  });

  test('what goes was deprecated for a year', () => {
    const sdl = same.replace('b: E', '');
    const log = (since: string) =>
      `## 2027-01-01\n### Removed\n- \`Query.b\`\n## ${since}\n### Deprecated\n- \`Query.b\`\n`;
    const gone = `${sdl} extend type Query { e: E }`;
    const added = '## 2027-01-02\n### Added\n- `Query.e`\n';
    expect(judge(gone, added)).toEqual([
      'Query.b is gone and not named under “Deprecated” and later under “Removed”',
    ]);
    expect(judge(gone, added + log('2026-01-02'))).toEqual([
      'Query.b went on 2027-01-01, less than a year after 2026-01-02',
    ]);
    expect(judge(gone, added + log('2026-01-01'))).toEqual([]);
  });

  test('what is deprecated wants its entry', () => {
    const sdl = same.replace('b: E', 'b: E @deprecated(reason: "see a")');
    expect(judge(sdl)).toEqual(['Query.b is deprecated and not named under “Deprecated”']);
  });

  test.each([
    ['another type', same.replace('b: E', 'b: Int e: E')],
    ['a demanded argument', same.replace('x: Int = 1', 'x: Int!')],
    ['another default', same.replace('x: Int = 1', 'x: Int = 2')],
    ['a demanded field of an input', same.replace('v: Int', 'v: Int!')],
  ])('%s breaks clients', (_what, sdl) => {
    expect(judge(sdl).some((fault) => fault.endsWith('That breaks clients.'))).toBe(true);
  });
});
