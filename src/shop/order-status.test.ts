import { expect, test } from 'vitest';
import { ORDER_STATUS, pointChange, TRANSITIONS, transitionBetween } from './order-status.ts';

const ids = Object.values(ORDER_STATUS);

// Every pair that is allowed, with the change of points for use_point 7 and add_point 100. All others are refused.
const ALLOWED = new Map([
  ['1→6', ['pay', 0]],
  ['1→4', ['packing', 0]],
  ['6→4', ['packing', 0]],
  ['1→3', ['cancel', 7]],
  ['4→3', ['cancel', 7]],
  ['6→3', ['cancel', 7]],
  ['3→4', ['back_to_in_progress', -7]],
  ['1→5', ['ship', 100]],
  ['6→5', ['ship', 100]],
  ['4→5', ['ship', 100]],
  ['5→9', ['return', -93]],
  ['9→5', ['cancel_return', 93]],
] as const);

test('exactly the documented ways lead from status to status', () => {
  const found = ids.flatMap((from) =>
    ids.flatMap((to) => {
      const transition = transitionBetween(from, to);
      if (!transition) return [];
      const points = pointChange(transition, { usePoint: 7, addPoint: 100 }, true);
      return [[`${from}→${to}`, [transition.name, points]] as const];
    }),
  );
  expect(new Map(found)).toEqual(ALLOWED);
});

test('a shop without points leaves used ones where they are, and still moves earned ones', () => {
  const order = { usePoint: 7, addPoint: 100 };
  const found = TRANSITIONS.map((transition) => [transition.name, pointChange(transition, order, false)]);
  expect(Object.fromEntries(found)).toEqual({
    pay: 0,
    packing: 0,
    cancel: 0,
    back_to_in_progress: 0,
    ship: 100,
    return: -100,
    cancel_return: 100,
  });
});

test('stock moves only where goods are called off or asked for again', () => {
  const stock = TRANSITIONS.flatMap(({ name, stock }) => (stock ? [[name, stock]] : []));
  expect(stock).toEqual([
    ['cancel', 1],
    ['back_to_in_progress', -1],
  ]);
});

test('only paying sets the date of payment', () => {
  expect(TRANSITIONS.filter(({ setsPaymentDate }) => setsPaymentDate).map(({ name }) => name)).toEqual([
    'pay',
  ]);
});
