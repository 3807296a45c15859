/** Which texts are judged again, and which are kept with what was worked out for them. */
import { buildSchema } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ScopeTable } from '../scope-table.ts';
import { documentJudge, type Judged, type JudgedDocument } from './documents.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { keptFor } from './plan.ts';

const none = () => [];
const scopes = { queries: [], mutations: [], query: none, type: none, field: none, arguments: new Map() };
const schema = buildSchema('type Query { a: String }');

/** A document of 25 fields, times what its fragment is spread. */
const fields = (name: string, spreads: number): string =>
  `query ${name}($x: Boolean!, $y: Boolean!) { ${'...F '.repeat(spreads)} }
   fragment F on Query { a @skip(if: $x) ... @include(if: $y) { ${'a '.repeat(24)} } }`;

describe('a judge of documents', () => {
  let judge: (text: string) => Judged;
  beforeEach(() => {
    judge = documentJudge({
      schema,
      limits: DEFAULT_LIMITS,
      locale: 'en',
      mutations: [],
      scopes: scopes as unknown as ScopeTable,
    });
  });
  const judged = (text: string): JudgedDocument => {
    const one = judge(text);
    if (!one.ok) throw one.errors[0];
    return one.document;
  };

  test('keeps five hundred of a usual size', () => {
    const texts = Array.from({ length: 500 }, (_, place) => `query Q${place} { ${'a '.repeat(80)} }`);
    const first = texts.map(judged);
    expect(texts.map(judged).every((document, place) => document === first[place])).toBe(true);
  });

  test('keeps few of many fields, since of each field something is kept', () => {
    const texts = Array.from({ length: 6 }, (_, place) => fields(`Q${place}`, 190));
    const [first] = texts.map(judged);
    expect(judged(texts[5] ?? '')).toBe(judged(texts[5] ?? ''));
    expect(judged(texts[0] ?? '')).not.toBe(first);
  });

  test('of many fields, little is kept for each state of the switches', () => {
    const sizes = [1, 190].map((count) => {
      const document = judged(fields('Q', count));
      const kept = new Map<string, object>();
      const states = [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ] as const;
      for (const [x, y] of states) {
        const operation = document.document.definitions[0];
        const asked = { operation, variableValues: { coerced: { x, y } } };
        keptFor(document, asked as unknown as Parameters<typeof keptFor>[1], kept, () => ({}));
      }
      return kept.size;
    });
    expect(sizes).toEqual([4, 2]);
  });
});
