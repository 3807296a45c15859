/**
 * Whatever sequence of status changes, shipments and stock writes: stock, points, totals, dates and summaries are those of a
 * model of EC-CUBE's rules. A few hundred steps each time; `TEGATA_TEST_WRITE_RUNS` sequences of new ones when it is set.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type Result, type ShopApi } from '../graphql/support/shop-api.ts';
import { onSqlite } from '../support/databases.ts';
import { doStep, readShop, type Shop, type Step, storedSummaries, summaries } from './model.ts';

const ORDERS = [3, 11, 15, 16, 17]; // returned; a member's; a guest's; two parcels; several lines
const PARCELS = [3, 11, 15, 16, 17, 18];
const CLASSES = [1, 2, 3, 4, 5, 6, 7, 8];

const asked = Number(process.env.TEGATA_TEST_WRITE_RUNS ?? 0);
const RUNS = asked > 0 ? { numRuns: asked } : { numRuns: 9, seed: 20_261_128 };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      order: fc.constantFrom(...ORDERS),
      to: fc.constantFrom(1, 3, 4, 5, 6, 9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('ship' as const), parcel: fc.constantFrom(...PARCELS) }),
  },
  fc.record({
    kind: fc.constant('number' as const),
    parcel: fc.constantFrom(...PARCELS),
    text: fc.constantFrom('AB-1', '', '追跡', '1 2'),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    productClass: fc.constantFrom(...CLASSES),
    stock: fc.integer({ min: -1, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('delta' as const),
    productClass: fc.constantFrom(...CLASSES),
    by: fc.integer({ min: -6, max: 6 }),
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    productClass: fc.constantFrom(...CLASSES),
    off: fc.constantFrom(0, 0, 1),
    stock: fc.integer({ min: 0, max: 9 }),
  }),
);

onSqlite((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const write = (productClass: number, args: string): Promise<Result> =>
    shop.ask(`mutation { updateProductClassStock(product_class_id: ${productClass}, ${args}) { id } }`);

  function ask(step: Step, model: Shop): Promise<Result> {
    switch (step.kind) {
      case 'status':
        return shop.ask(
          `mutation { updateOrderStatus(id: ${step.order}, order_status_id: ${step.to}) { id } }`,
        );
      case 'ship':
        return shop.ask(`mutation { updateShipped(id: ${step.parcel}) { id } }`);
      case 'number':
        return shop.ask(
          'mutation($id: ID!, $text: String) { updateShipping(id: $id, tracking_number: $text) { id } }',
          {
            id: step.parcel,
            text: step.text,
          },
        );
      case 'set':
        return write(step.productClass, `stock: ${step.stock}`);
      case 'delta':
        return write(step.productClass, `delta: ${step.by}`);
      case 'compare': {
        const seen = (model.stock.get(step.productClass) ?? 0) + step.off;
        return write(step.productClass, `stock: ${step.stock}, changeFromStock: ${seen}`);
      }
    }
  }

  test('stock, points, totals and summaries are the model’s', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 32 }), async (steps) => {
        const model = await readShop(store.db);
        for (const step of steps) {
          const { errors } = await ask(step, model);
          const allowed = doStep(model, step);
          expect([step, errors === undefined]).toEqual([step, allowed]);
          done += 1;
        }
        const { counted, ...expected } = model;
        expect({ ...(await readShop(store.db)), counted: undefined }).toEqual({
          ...expected,
          counted: undefined,
        });
        expect(await storedSummaries(store.db, counted)).toEqual(summaries(model));
      }),
      { ...RUNS, endOnFailure: true },
    );
    expect(done).toBeGreaterThanOrEqual(RUNS.numRuns * 20);
  });
});
