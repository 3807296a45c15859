/** Stock that several systems write: changes by a number, compare-and-set, and the history of both. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { pruneStockChanges, STOCK_HISTORY_DAYS } from '../../src/graphql/store/stock-changes.ts';
import { clock, embeddedShopApi, type Result, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { buyOne } from './checkout.ts';

const CLASS = 4;
const DAY_SECONDS = 86_400;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    // What is counted here is stock, not how many requests a client may have at once.
    shop = await embeddedShopApi(store, { running: { perClient: 300, all: 300, waitMs: 60_000 } });
  });
  afterAll(() => shop.close());

  const set = async (stock: number | null, unlimited = false): Promise<void> => {
    const flag = sql.lit(database.name === 'postgres' ? unlimited : Number(unlimited));
    await sql`update dtb_product_class set stock = ${stock}, stock_unlimited = ${flag} where id = ${CLASS}`.execute(
      store.db,
    );
    await sql`update dtb_product_stock set stock = ${stock} where product_class_id = ${CLASS}`.execute(
      store.db,
    );
  };
  const stocks = async (id = CLASS): Promise<(number | null)[]> => {
    const { rows } = await sql<{ first: unknown; second: unknown }>`
      select pc.stock as ${sql.id('first')}, ps.stock as ${sql.id('second')} from dtb_product_class pc
      join dtb_product_stock ps on ps.product_class_id = pc.id where pc.id = ${id}`.execute(store.db);
    return [rows[0]?.first, rows[0]?.second].map((value) => (value === null ? null : Number(value)));
  };
  const write = (args: string) =>
    shop.ask(`mutation { updateProductClassStock(product_class_id: ${CLASS}, ${args}) {
      id stock stock_unlimited ProductStock { stock }
    } }`);
  const bulk = (items: string) =>
    shop.ask(`mutation { bulkUpdateProductStock(items: [${items}]) {
      ok message code field current ProductClass { id stock }
    } }`);
  const fault = ({ errors }: Result) => ({ message: errors?.[0]?.message, ...errors?.[0]?.extensions });
  const history = async (args: string) =>
    (
      await shop.ask(`{ stockChanges(${args}) {
        nodes { id product_class_id stock_before stock_after delta reason reference client_id changed_at ProductClass { id code } }
        pageInfo { hasNextPage endCursor }
      } }`)
    ).data.stockChanges;

  describe('a change by a number', () => {
    test.each([
      [5, 15],
      [-10, 0],
      [0, 10],
    ])('10 and %i is %i, in both places', async (delta, sum) => {
      await set(10);
      const { data, errors } = await write(`delta: ${delta}`);
      expect(errors).toBeUndefined();
      const { id, stock, stock_unlimited, ProductStock } = data.updateProductClassStock;
      expect([id, stock_unlimited]).toEqual([String(CLASS), false]);
      expect([stock, ProductStock.stock].map(Number)).toEqual([sum, sum]);
      expect(await stocks()).toEqual([sum, sum]);
    });

    test('does not go below 0', async () => {
      await set(3);
      expect(fault(await write('delta: -4'))).toMatchObject({
        message: 'delta: The stock is 3;',
        code: 'STOCK_NEGATIVE',
        field: 'delta',
        current: 3,
      });
      expect(await stocks()).toEqual([3, 3]);
    });

    test('does not go beyond what the column holds', async () => {
      await set(9_999_999_999);
      expect(fault(await write('delta: 1'))).toMatchObject({ code: 'INVALID', field: 'delta' });
      expect(await stocks()).toEqual([9_999_999_999, 9_999_999_999]);
    });

    test.each(['delta: 1', 'delta: 1, stock_unlimited: false', 'stock: 5'])(
      'of an unlimited stock is none: %s',
      async (args) => {
        await set(null, true);
        const field = args.startsWith('delta') ? 'delta' : 'stock';
        expect(fault(await write(args))).toMatchObject({ code: 'STOCK_UNLIMITED', field });
        expect(await stocks()).toEqual([null, null]);
      },
    );

    test.each([
      ['delta: 1, stock: 5', 'delta', 'INVALID'],
      ['delta: 1, stock_unlimited: true', 'delta', 'STOCK_UNLIMITED'],
      ['stock: -1', 'stock', 'STOCK_NEGATIVE'],
      ['stock: null', 'stock', 'INVALID'],
      ['reason: "x"', 'stock', 'INVALID'],
      [`delta: 1, reason: "${'あ'.repeat(256)}"`, 'reason', 'INVALID'],
      [`delta: 1, reference: "${'9'.repeat(256)}"`, 'reference', 'INVALID'],
    ])('%s is refused', async (args, field, code) => {
      await set(10);
      expect(fault(await write(args))).toMatchObject({ code, field });
      expect(await stocks()).toEqual([10, 10]);
    });

    test('limits an unlimited stock when it is told so', async () => {
      await set(null, true);
      expect((await write('stock: 5, stock_unlimited: false')).errors).toBeUndefined();
      expect(await stocks()).toEqual([5, 5]);
    });

    test('named by its caller counts once', async () => {
      await set(10);
      const first = await write('delta: -1, clientMutationId: "once"');
      expect(first.errors).toBeUndefined();
      expect(await write('delta: -1, clientMutationId: "once"')).toEqual(first);
      expect(await stocks()).toEqual([9, 9]);
    });
  });

  describe('changeFromStock', () => {
    test.each(['stock: 8', 'delta: -2', 'stock_unlimited: true'])(
      'lets %s through when it is right',
      async (args) => {
        await set(10);
        expect((await write(`${args}, changeFromStock: 10`)).errors).toBeUndefined();
        expect(await stocks()).toEqual(args.includes('unlimited') ? [null, null] : [8, 8]);
      },
    );

    test.each(['stock: 8', 'delta: -2', 'delta: -99', 'stock_unlimited: true'])(
      'refuses %s when it is wrong, and says what the stock is',
      async (args) => {
        await set(7);
        expect(fault(await write(`${args}, changeFromStock: 10`))).toMatchObject({
          message: 'changeFromStock: The stock is 7, not 10;',
          code: 'STOCK_STALE',
          field: 'changeFromStock',
          current: 7,
        });
        expect(await stocks()).toEqual([7, 7]);
      },
    );

    test('of an unlimited stock is always wrong; null compares nothing', async () => {
      await set(null, true);
      const stale = await write('stock: 8, stock_unlimited: false, changeFromStock: 10');
      expect(fault(stale)).toMatchObject({ code: 'STOCK_STALE', current: null });
      await set(7);
      expect((await write('stock: 8, changeFromStock: null')).errors).toBeUndefined();
    });

    test('of fifty writers that saw the same number one gets through', async () => {
      await set(10);
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, n) => write(`stock: ${100 + n}, changeFromStock: 10`)),
      );
      const through = results.filter(({ errors }) => !errors);
      expect(through).toHaveLength(1);
      expect(await stocks()).toEqual([
        Number(through[0]?.data.updateProductClassStock.stock),
        expect.any(Number),
      ]);
      const refused = results.filter(({ errors }) => errors).map((result) => fault(result).code);
      expect(new Set(refused)).toEqual(new Set(['STOCK_STALE']));
    });
  });

  test('many rows: each says of itself what came of it', async () => {
    await set(10);
    const { data, errors } = await bulk(`
      { product_class_id: ${CLASS}, delta: 5, changeFromStock: 10 }
      { code: "TNG-01-AI", stock: 50, changeFromStock: 123456 }
      { code: "TNG-01-BN", delta: -123456 }
      { code: "no such code", delta: 1 }
      { product_class_id: ${CLASS}, delta: 1 }
      { product_class_id: 5, stock: -1 }`);
    expect(errors).toBeUndefined();
    expect(data.bulkUpdateProductStock).toMatchObject([
      { ok: true, message: null, code: null, field: null, ProductClass: { id: String(CLASS) } },
      { ok: false, code: 'STOCK_STALE', field: 'items[1].changeFromStock', current: expect.any(Number) },
      { ok: false, code: 'STOCK_NEGATIVE', field: 'items[2].delta', current: expect.any(Number) },
      { ok: false, code: 'NOT_FOUND', field: 'items[3].code', message: 'code: No ProductClass found;' },
      { ok: false, code: 'INVALID', field: 'items[4]', ProductClass: null },
      { ok: false, code: 'STOCK_NEGATIVE', field: 'items[5].stock', current: null },
    ]);
    expect(await stocks()).toEqual([15, 15]);
  });

  test('two writers and a checkout, a hundred times each, on one row: nothing is lost', async () => {
    await set(1_000);
    const times = Array.from({ length: 100 });
    const results = await Promise.all([
      ...times.map(() => write('delta: 1')),
      ...times.map(() => bulk(`{ product_class_id: ${CLASS}, delta: 1 }`)),
    ]);
    expect(results.filter(({ errors }) => errors)).toEqual([]);
    expect(await stocks()).toEqual([1_200, 1_200]);
    await Promise.all([
      ...times.map(() => write('delta: 1')),
      ...times.map(() => buyOne(store, CLASS)),
      ...times.map(() => bulk(`{ product_class_id: ${CLASS}, delta: 1 }`)),
    ]);
    expect(await stocks()).toEqual([1_300, 1_300]);
  });

  describe('the history', () => {
    test('tells who has changed what, and why, newest first and page by page', async () => {
      await set(10);
      await sql`delete from tegata_stock_change`.execute(store.db);
      await write('delta: 5, reason: "入荷", reference: "ASN-1"');
      await write('stock: 15'); // as it is: no change
      await write('stock_unlimited: true');
      await bulk(
        `{ product_class_id: ${CLASS}, stock: 3, stock_unlimited: false } { product_class_id: 5, stock: 77 }`,
      );
      const first = await history(`product_class_id: ${CLASS}, first: 2`);
      expect(first.nodes).toMatchObject([
        { stock_before: null, stock_after: 3, delta: null },
        { stock_before: 15, stock_after: null, delta: null },
      ]);
      expect(first.pageInfo.hasNextPage).toBe(true);
      const second = await history(
        `product_class_id: ${CLASS}, first: 2, after: "${first.pageInfo.endCursor}"`,
      );
      expect(second.nodes).toEqual([
        {
          id: expect.any(String),
          product_class_id: String(CLASS),
          stock_before: 10,
          stock_after: 15,
          delta: 5,
          reason: '入荷',
          reference: 'ASN-1',
          client_id: 'c',
          changed_at: new Date((clock.now() + 9 * 3600) * 1000).toISOString().replace('.000Z', '+09:00'),
          ProductClass: { id: String(CLASS), code: expect.any(String) },
        },
      ]);
      expect(second.pageInfo.hasNextPage).toBe(false);
    });

    test('can be asked by code, by client and by time', async () => {
      const { code } = (await history(`product_class_id: ${CLASS}`)).nodes[0].ProductClass;
      expect((await history(`code: "${code}"`)).nodes).toHaveLength(3);
      expect((await history(`code: "${code}", product_class_id: 5`)).nodes).toEqual([]);
      expect((await history('client_id: "c"')).nodes).toHaveLength(4);
      expect((await history('client_id: "d"')).nodes).toEqual([]);
      expect((await history('to: "2020-01-01T00:00:00Z"')).nodes).toEqual([]);
      expect((await history('from: "2020-01-01T00:00:00Z"')).nodes).toHaveLength(4);
      expect((await history('code: "no such code"')).nodes).toEqual([]);
    });

    test.each([
      ['first: 0', 'first', 'LIMIT'],
      ['first: 1001', 'first', 'LIMIT'],
      ['after: "x"', 'after', 'INVALID'],
    ])('%s is refused', async (args, field, code) => {
      const result = await shop.ask(`{ stockChanges(${args}) { nodes { id } } }`);
      expect(fault(result)).toMatchObject({ field, code });
    });

    test('has what a status of an order has moved', async () => {
      await shop.ask('mutation { updateOrderStatus(id: 17, order_status_id: 3) { id } }');
      const [node] = (await history('first: 1')).nodes;
      expect(node).toMatchObject({ reason: 'order_status', reference: 'order 17' });
      expect(node.delta).toBeGreaterThan(0);
    });

    test('ends after its days', async () => {
      const later = clock.now() + STOCK_HISTORY_DAYS * DAY_SECONDS;
      expect(await pruneStockChanges(store.db, later, 1_000)).toBe(0);
      expect(await pruneStockChanges(store.db, later + 1, 2)).toBe(2);
      expect(await pruneStockChanges(store.db, later + 1, 1_000)).toBeGreaterThan(0);
      expect((await history('first: 1')).nodes).toEqual([]);
    });
  });
});
