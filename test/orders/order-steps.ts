/** What may be done to orders, at random: for the test that holds a model and the shop against each other. */
import fc from 'fast-check';
import type { Line } from './order-model.ts';
import type { Rates } from './order-money.ts';
import { CHOCOLATE, ENDLESS, JAM } from './order-shop.ts';

export type Step =
  | {
      readonly kind: 'create';
      readonly lines: readonly Line[];
      readonly isMember: boolean;
      readonly used: number;
      readonly parcels: number;
    }
  | {
      readonly kind: 'edit';
      readonly of: number;
      readonly lines: readonly Line[];
      readonly used: number | null;
      readonly parcels: number | null;
    }
  | { readonly kind: 'use'; readonly of: number; readonly used: number }
  | {
      readonly kind: 'cancel';
      readonly of: number;
      readonly pieces: readonly [number, number][];
      readonly used: number | null;
    }
  | { readonly kind: 'status'; readonly of: number; readonly to: number }
  | { readonly kind: 'ship'; readonly of: number; readonly parcel: number }
  | { readonly kind: 'delete'; readonly of: number; readonly stock: boolean; readonly points: boolean }
  | { readonly kind: 'give'; readonly delta: number };

const used = fc.constantFrom(0, 0, 7, 150, 999, 5000);
const of = fc.nat({ max: 3 });
const productLine = fc.record({
  kind: fc.constant('product' as const),
  cls: fc.constantFrom(JAM, JAM, CHOCOLATE, CHOCOLATE, ENDLESS),
  price: fc.constantFrom(1300, 333, 10, 99, 0),
  quantity: fc.integer({ min: 0, max: 9 }),
  rate: fc.constantFrom(8, 10),
  place: fc.nat({ max: 2 }),
});
const otherLine = fc.oneof(
  fc.record({
    kind: fc.constantFrom('fee' as const, 'charge' as const),
    price: fc.constantFrom(0, 800, 333),
  }),
  fc.record({
    kind: fc.constant('discount' as const),
    price: fc.constantFrom(-15, -105, -1, -20_000),
    taxed: fc.boolean(),
  }),
);
const lines: fc.Arbitrary<readonly Line[]> = fc
  .tuple(fc.array(productLine, { maxLength: 4, minLength: 1 }), fc.array(otherLine, { maxLength: 3 }))
  .map(([products, others]) => [...products, ...others]);
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    lines,
    isMember: fc.boolean(),
    used,
    parcels: fc.integer({ min: 1, max: 3 }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      of,
      lines,
      used: fc.option(used),
      parcels: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  },
  fc.record({ kind: fc.constant('use' as const), of, used }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      of,
      pieces: fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 5 })), {
        minLength: 1,
        maxLength: 3,
        selector: ([place]) => place,
      }),
      used: fc.option(used),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('status' as const), of, to: fc.constantFrom(3, 4, 5, 6, 9) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ship' as const), of, parcel: fc.nat({ max: 2 }) }) },
  fc.record({ kind: fc.constant('delete' as const), of, stock: fc.boolean(), points: fc.boolean() }),
  fc.record({ kind: fc.constant('give' as const), delta: fc.constantFrom(100, -300, 1, -5000) }),
);
export const anyRates: fc.Arbitrary<Rates> = fc.record({
  rounding: fc.constantFrom(1, 2, 3),
  usual: fc.constant(10),
  points: fc.constantFrom(1, 5),
  worth: fc.constantFrom(1, 2),
});

/** The first sequence never ends without an order of the customer. */
export const FIRST: Step = {
  kind: 'create',
  lines: [
    { kind: 'product', cls: JAM, price: 1300, quantity: 2, rate: 10, place: 0 },
    { kind: 'product', cls: CHOCOLATE, price: 333, quantity: 2, rate: 8, place: 1 },
    { kind: 'fee', price: 800 },
  ],
  isMember: true,
  used: 0,
  parcels: 2,
};
