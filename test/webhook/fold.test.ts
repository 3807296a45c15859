import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../src/store/feed.ts';
import { fold } from '../../src/webhook/fold.ts';

const change = (action: Change['action'], id = 1): Change => ({
  entity: 'product',
  id,
  action,
  changedAt: 0,
});
const told = (...actions: Change['action'][]) =>
  fold(actions.map((a) => change(a))).map(({ action }) => action);

test.each([
  [['created', 'updated', 'updated'], ['created']],
  [['updated', 'updated'], ['updated']],
  [['updated', 'deleted'], ['deleted']],
  [['deleted', 'updated'], ['deleted']],
  [
    ['created', 'deleted'],
    ['created', 'deleted'],
  ],
  [['deleted', 'created'], ['updated']],
  [['created', 'deleted', 'created'], ['created']],
  [['deleted', 'created', 'deleted'], ['deleted']],
] as const)('%j is told as %j', (happened, expected) => {
  expect(told(...happened)).toEqual(expected);
});

test('groups keep the order in which things were first touched', () => {
  const changes = [
    change('updated', 5),
    change('created', 4),
    change('deleted', 3),
    change('created', 2),
    change('updated', 1),
  ];
  expect(fold(changes).map(({ id }) => id)).toEqual([4, 2, 3, 5, 1]);
});

test('to fold in parts and then together tells the same as to fold at once', () => {
  const some = fc.array(
    fc.record({
      entity: fc.constantFrom('product' as const, 'order' as const),
      id: fc.integer({ min: 1, max: 3 }),
      action: fc.constantFrom('created' as const, 'updated' as const, 'deleted' as const),
      changedAt: fc.constant(0),
    }),
    { maxLength: 12 },
  );
  const asSet = (changes: Change[]) => new Set(changes.map((one) => JSON.stringify(one)));
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(asSet(fold([...fold(a), ...fold(b)]))).toEqual(asSet(fold([...a, ...b])));
    }),
  );
});
