import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../src/feed/aggregate.ts';
import type { Change } from '../../src/feed/store/feed.ts';

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
  const asSet = (changes: Change[]) => new Set(changes.map((one) => JSON.stringify(one)));
  const steps = fc.array(fc.record({ id: fc.integer({ min: 1, max: 3 }), updates: fc.boolean() }), {
    maxLength: 15,
  });
  fc.assert(
    fc.property(steps, fc.nat(15), fc.boolean(), (chosen, cut, lives) => {
      const changes = lifeOf(chosen, lives);
      const parts = [...fold(changes.slice(0, cut)), ...fold(changes.slice(cut))];
      expect(asSet(fold(parts))).toEqual(asSet(fold(changes)));
    }),
  );
});

/** A step that is no update ends a thing that lives and begins one that does not. */
function lifeOf(steps: readonly { id: number; updates: boolean }[], livesAtFirst: boolean): Change[] {
  const lives = new Map<number, boolean>();
  return steps.map(({ id, updates }) => {
    if (updates) return change('updated', id);
    const before = lives.get(id) ?? livesAtFirst;
    lives.set(id, !before);
    return change(before ? 'deleted' : 'created', id);
  });
}
