import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRAM_BUCKETS, gramsOf } from './text-grams.ts';

const letters = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 128, max: 0x10_ffff })),
  {
    maxLength: 12,
  },
);

test('a text has all pieces of whatever it contains', () => {
  fc.assert(
    fc.property(letters, letters, letters, (before, part, after) => {
      const whole = new Set(gramsOf([...before, ...part, ...after]));
      expect(gramsOf(part).every((gram) => whole.has(gram))).toBe(true);
    }),
  );
});

test('two kanji are a piece, two ASCII letters are none', () => {
  expect(gramsOf([0x5546, 0x54c1])).toHaveLength(1);
  expect(gramsOf([97, 98])).toEqual([]);
  expect(gramsOf([97, 98, 99])).toHaveLength(1);
  expect(gramsOf([0x54c1, 32, 49])).toHaveLength(1);
});

test('pieces are spread over the buckets', () => {
  const pairs = Array.from(
    { length: 5_000 },
    (_, i) => gramsOf([0x4e00 + (i % 100), 0x4e00 + Math.floor(i / 100)])[0],
  );
  expect(pairs.every((gram) => gram !== undefined && gram >= 0 && gram < GRAM_BUCKETS)).toBe(true);
  expect(new Set(pairs).size).toBeGreaterThan(4_500);
});
