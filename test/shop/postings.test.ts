/** The parts of the index of texts that live in memory. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestOf } from '../../src/shop/large/newest.ts';
import { Postings } from '../../src/shop/large/postings.ts';

const ids = fc.array(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 200 });

test('postings give back what was put in, in whatever order', () => {
  fc.assert(
    fc.property(ids, ids, (some, others) => {
      const postings = new Postings();
      for (const id of some) postings.add(7, id);
      for (const id of others) postings.add(8, id);
      expect(postings.ids(7)).toEqual(new Set(some));
      expect(postings.ids(8)).toEqual(new Set(others));
      expect(postings.ids(9)).toEqual(new Set());
    }),
  );
});

test('growing ids take a byte or two', () => {
  const postings = new Postings();
  for (let id = 1; id <= 1_000; id += 1) postings.add(1, id);
  expect(postings.size(1)).toBe(1_000);
  expect(postings.count).toBe(1_000);
  postings.add(1, 1_000);
  expect(postings.count).toBe(1_000);
});

test('the newest are the first of the sorted', () => {
  const product = fc.record({ id: fc.integer({ min: 1, max: 99 }), at: fc.integer({ min: 0, max: 9 }) });
  const products = fc.uniqueArray(product, { selector: ({ id }) => id });
  fc.assert(
    fc.property(products, fc.integer({ min: 1, max: 20 }), fc.option(product), (all, count, behind) => {
      const updatedAt: number[] = [];
      for (const { id, at } of all) updatedAt[id] = at;
      const sorted = all.toSorted((a, b) => b.at - a.at || b.id - a.id);
      const rest = behind
        ? sorted.filter(({ id, at }) => at < behind.at || (at === behind.at && id < behind.id))
        : sorted;
      const found = newestOf(
        all.map(({ id }) => id),
        updatedAt,
        count,
        behind ?? undefined,
      );
      expect(found).toEqual(rest.slice(0, count).map(({ id }) => id));
    }),
  );
});
