/**
 * Whatever sequence of edits, partial cancellations, changes of status and of points: stock, points, totals, the tax of each rate and
 * purchases are those of a model of EC-CUBE's rules, which reckons in plain numbers and knows nothing of this program.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { onSqlite } from '../support/databases.ts';
import { CHOCOLATE, CUSTOMER, JAM, numbers, orderShop } from './order-shop.ts';

type Step =
  | {
      readonly kind: 'edit';
      readonly jam: number;
      readonly chocolate: number;
      readonly discount: number;
      readonly rate: number;
    }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'cancel'; readonly pieces: number }
  | { readonly kind: 'status'; readonly to: number };

type Model = {
  status: number;
  jam: number;
  chocolate: number;
  discount: number;
  /** Percent, of the chocolate. */
  rate: number;
  used: number;
  add: number;
  stock: [jam: number, chocolate: number];
  held: number;
};

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    jam: fc.integer({ min: 0, max: 12 }),
    chocolate: fc.integer({ min: 1, max: 9 }),
    discount: fc.constantFrom(0, 15, 105, 20_000),
    rate: fc.constantFrom(8, 10),
  }),
  fc.record({ kind: fc.constant('points' as const), points: fc.constantFrom(0, 7, 150, 999, 5000) }),
  fc.record({ kind: fc.constant('cancel' as const), pieces: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant('status' as const), to: fc.constantFrom(3, 4, 5, 6, 9) }),
);

const half = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

/** Totals as the rules have them: line taxes half away from zero, the order's tax once a rate. */
function reckoned({ jam, chocolate, discount, rate, used }: Model) {
  const [jamTax, chocolateTax, discountTax] = [130, half((333 * rate) / 100), half((-discount * 10) / 100)];
  const subtotal = jam * (1300 + jamTax) + chocolate * (333 + chocolateTax);
  const off = discount === 0 ? 0 : discount - discountTax;
  const taxed = subtotal - off;
  const byRate = new Map([[10, jam * (1300 + jamTax) - off]]);
  byRate.set(rate, (byRate.get(rate) ?? 0) + chocolate * (333 + chocolateTax));
  const tax = [...byRate].reduce((sum, [percent, part]) => {
    const share = taxed === 0 ? 0 : (part * (taxed - used)) / taxed;
    return sum + half((share * percent) / (100 + percent));
  }, 0);
  const add = jam * 13 + chocolate * 3 + half(-discount / 100) + half(-used / 100);
  return { subtotal, discount: off + used, tax, total: taxed - used, add: Math.max(0, add) };
}

const WAYS: Readonly<Record<string, { stock?: number; used?: number; earned?: number }>> = Object.fromEntries(
  [
    ['1>6', {}],
    ...['1>4', '6>4'].map((way) => [way, {}]),
    ...['1>3', '4>3', '6>3'].map((way) => [way, { stock: 1, used: 1 }]),
    ['3>4', { stock: -1, used: -1 }],
    ...['1>5', '4>5', '6>5'].map((way) => [way, { earned: 1 }]),
    ['5>9', { used: 1, earned: -1 }],
    ['9>5', { used: -1, earned: 1 }],
  ],
);

/** What the step makes of the shop; undefined when it is refused. */
function next(model: Model, step: Step): Model | undefined {
  if (step.kind === 'status') return moved(model, step.to);
  if (step.kind === 'cancel') {
    const isOpen = [1, 4, 6].includes(model.status);
    if (
      !isOpen ||
      step.pieces < 1 ||
      step.pieces > model.chocolate ||
      model.jam + model.chocolate === step.pieces
    ) {
      return undefined;
    }
    // A line without pieces goes, and with it all that the model knows to edit; the last piece is left to the edits.
    return step.pieces === model.chocolate
      ? undefined
      : edited(model, { chocolate: model.chocolate - step.pieces });
  }
  if (step.kind === 'points') return edited(model, { used: step.points });
  const { kind: _, ...lines } = step;
  return edited(model, lines);
}

function edited(model: Model, changed: Partial<Model>): Model | undefined {
  const after = { ...model, ...changed };
  const stock: [number, number] = [
    model.stock[0] - (after.jam - model.jam),
    model.stock[1] - (after.chocolate - model.chocolate),
  ];
  const more = after.used - model.used;
  const { total, tax, add } = reckoned(after);
  const isOver =
    (stock[0] < 0 && after.jam > model.jam) || (stock[1] < 0 && after.chocolate > model.chocolate);
  if (isOver || total < 0 || tax < 0 || (more > 0 && more > model.held)) return undefined;
  const isSettled = model.status === 3 || model.status === 9;
  return { ...after, add, stock, held: model.held - (isSettled ? 0 : more) };
}

function moved(model: Model, to: number): Model | undefined {
  if (model.status === to) return model;
  const way = WAYS[`${model.status}>${to}`];
  if (!way) return undefined;
  const { stock = 0, used = 0, earned = 0 } = way;
  const after: [number, number] = [
    model.stock[0] + stock * model.jam,
    model.stock[1] + stock * model.chocolate,
  ];
  if (after[0] < 0 || after[1] < 0) return undefined;
  return { ...model, status: to, stock: after, held: model.held + used * model.used + earned * model.add };
}

onSqlite((database) => {
  let store: Store;
  let shop: ShopApi;
  let at: ReturnType<typeof orderShop>;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    at = orderShop(store, shop);
  });
  afterAll(() => shop.close());

  const document = async (id: string, step: Step): Promise<string> => {
    if (step.kind === 'status') return `updateOrderStatus(id: ${id}, order_status_id: ${step.to}) { id }`;
    if (step.kind === 'points') return `orderUpdate(id: ${id}, use_point: ${step.points}) { id }`;
    const [jam, chocolate] = await at.items(id);
    if (step.kind === 'cancel') {
      return `orderCancelItems(id: ${id}, items: [{ id: ${chocolate?.id}, quantity: ${step.pieces} }]) { id }`;
    }
    return `orderUpdate(id: ${id}, items: [
      { id: ${jam?.id}, quantity: ${step.jam} }
      { id: ${chocolate?.id}, quantity: ${step.chocolate}, tax_rate: ${step.rate} }
      { order_item_type_id: 4, price: "${-step.discount}" }
    ]) { id }`;
  };

  test('a model and the shop agree after every step', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 12 }), async (steps) => {
        await at.reset();
        await at.run(`update dtb_product_class set stock = 20 where id = ${JAM}`);
        await at.run(`update dtb_product_stock set stock = 20 where product_class_id = ${JAM}`);
        const { id } =
          await at.done(`orderCreate(customer_id: ${CUSTOMER}, input: { payment_id: 3 }, shippings: [{ delivery_id: 1 }], items: [
          { product_class_id: ${JAM}, quantity: 2 } { product_class_id: ${CHOCOLATE}, quantity: 2 }
        ]) { id }`);
        let model: Model = {
          status: 1,
          jam: 2,
          chocolate: 2,
          discount: 0,
          rate: 10,
          used: 0,
          add: 32,
          stock: [18, 5],
          held: 1000,
        };
        for (const step of steps) {
          const after = next(model, step);
          if (step.kind === 'cancel' && !after && step.pieces === model.chocolate) continue;
          const { errors } = await shop.ask(`mutation { it: ${await document(id, step)} }`);
          expect(errors === undefined, JSON.stringify([step, model, errors])).toBe(after !== undefined);
          model = after ?? model;
          const order = await at.order(id);
          const { subtotal, discount, tax, total } = reckoned(model);
          expect(
            numbers(order, [
              'order_status_id',
              'subtotal',
              'discount',
              'tax',
              'total',
              'add_point',
              'use_point',
            ]),
            JSON.stringify([step, model]),
          ).toEqual([model.status, subtotal, discount, tax, total, model.add, model.used]);
          expect([await at.stock(JAM), await at.stock(CHOCOLATE), await at.points()]).toEqual([
            ...model.stock,
            model.held,
          ]);
          const { n, sum } = await at.one(
            `select count(*) as n, sum(total) as sum from dtb_order where customer_id = ${CUSTOMER} and order_status_id in (1, 4, 5, 6)`,
          );
          expect(await at.summary()).toEqual([Number(n), Number(sum)]);
        }
      }),
      { numRuns: 12, seed: 20_261_129 },
    );
  });
});
