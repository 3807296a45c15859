import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinParts } from '../../src/database/change-parts.ts';
import { fold } from '../../src/feed/aggregate.ts';
import { heard } from '../../src/feed/hearing.ts';
import type { Change } from '../../src/feed/store/feed.ts';

const change = (action: Change['action'], id = 1, by: Partial<Change> = {}): Change => ({
  entity: 'product',
  id,
  action,
  changedAt: 0,
  parts: ['product'],
  origin: null,
  shares: [],
  ...by,
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

const steps = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 3 }),
    updates: fc.boolean(),
    by: fc.record({
      origin: fc.constantFrom(null, 'a', 'b'),
      parts: fc.constantFrom(null, ['stock' as const], ['price' as const, 'images' as const]),
    }),
  }),
  { maxLength: 15 },
);

test('to fold in parts and then together tells the same as to fold at once', () => {
  const asSet = (changes: Change[]) =>
    new Set(changes.map(({ entity, id, action }) => JSON.stringify({ entity, id, action })));
  fc.assert(
    fc.property(steps, fc.nat(15), fc.boolean(), (chosen, cut, lives) => {
      const changes = lifeOf(chosen, lives);
      const parts = [...fold(changes.slice(0, cut)), ...fold(changes.slice(cut))];
      expect(asSet(fold(parts))).toEqual(asSet(fold(changes)));
    }),
  );
});

test('whoever leaves out its own changes hears exactly the things that others have changed', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (chosen, lives) => {
      const changes = lifeOf(chosen, lives);
      const foreign = new Set(changes.filter(({ origin }) => origin !== 'a').map(({ id }) => id));
      const told = fold(changes).map((one) => heard(one, { notBy: 'a' }));
      const others = told.filter((one) => one !== undefined);
      expect(new Set(others.map(({ id }) => id))).toEqual(foreign);
      for (const id of foreign) {
        const theirs = changes.filter((one) => one.id === id && one.origin !== 'a');
        const entries = others.filter((one) => one.id === id);
        expect(entries.map(({ origin }) => origin)).not.toContain('a');
        expect(joinParts(entries.map(({ parts }) => parts))).toEqual(
          joinParts(theirs.map(({ parts }) => parts)),
        );
      }
    }),
  );
});

test('one entry a thing, with all its parts; the own share does not hide the other', () => {
  const [entry, ...more] = fold([
    change('updated', 1, { origin: 'a', parts: ['stock'] }),
    change('updated', 1, { parts: ['price'] }),
    change('updated', 1, { origin: 'a', parts: ['images'] }),
  ]);
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ origin: null, parts: ['stock', 'price', 'images'] });
  if (!entry) return;
  expect(heard(entry, { notBy: 'a' })).toMatchObject({ action: 'updated', parts: ['price'], origin: null });
  expect(heard(entry, { notBy: 'a', parts: ['stock'] })).toBeUndefined();
  expect(heard(entry, { parts: ['stock'] })).toBe(entry);
});

test('born by one, changed by another, gone by a third: each is told by its own', () => {
  const told = fold([
    change('created', 1, { origin: 'a' }),
    change('updated', 1, { origin: 'b' }),
    change('deleted', 1),
  ]);
  expect(told.map(({ action }) => action)).toEqual(['created', 'deleted']);
  const heardBy = (client: string) => told.map((one) => heard(one, { notBy: client })?.action);
  expect(heardBy('a')).toEqual(['updated', 'deleted']);
  expect(heardBy('b')).toEqual(['created', 'deleted']);
  expect(heardBy('c')).toEqual(['created', 'deleted']);
});

test('a part that is not known is told to whoever asks for any', () => {
  const [entry] = fold([change('updated', 1, { parts: null }), change('updated', 1, { parts: ['price'] })]);
  expect(entry?.parts).toBeNull();
  expect(entry && heard(entry, { parts: ['mail'] })).toBe(entry);
});

/** A step that is no update ends a thing that lives and begins one that does not. */
function lifeOf(
  steps: readonly { id: number; updates: boolean; by?: Partial<Change> }[],
  livesAtFirst: boolean,
): Change[] {
  const lives = new Map<number, boolean>();
  return steps.map(({ id, updates, by }) => {
    if (updates) return change('updated', id, by);
    const before = lives.get(id) ?? livesAtFirst;
    lives.set(id, !before);
    return change(before ? 'deleted' : 'created', id, by);
  });
}
