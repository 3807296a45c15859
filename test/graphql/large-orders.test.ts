/**
 * Orders of a large shop are found by what hangs on them as those of a small one are, in every order: by their parcels' numbers
 * and their lines, with and without an index of it, values that are missing last.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { advisedIndexes, makeIndexes } from '../../src/shop/store/indexes.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, LARGE, type ShopApi, startApi } from './support/shop-api.ts';

const SEARCHES = [
  'tracking_number: "T-3"',
  'tracking_number: "T-3", order_date_start: "2020-01-01"',
  'tracking_number: "nowhere"',
  'status: ["1"], sortkey: "order_no"',
  ...['order_no', 'order_date', 'purchase_price', 'tracking_number'].flatMap((key) =>
    ['a', 'd'].map((type) => `sortkey: "${key}", sorttype: "${type}"`),
  ),
];

eachDatabase((database) => {
  let plain: ShopApi;
  let large: ShopApi;
  let indexed: ShopApi;
  beforeAll(async () => {
    const store = await database.openShop();
    plain = await embeddedShopApi(store);
    for (const rest of [1, 2, 3]) {
      await sql`update dtb_shipping set tracking_number = ${`T-${rest}`} where id % 5 = ${rest}`.execute(
        store.db,
      );
    }
    await sql`update dtb_order set order_no = null, order_date = null where id % 4 = 1`.execute(store.db);
    large = await startApi(store, { large: LARGE });
    await makeIndexes(store, await advisedIndexes(store, buildRegistry(coreEntities), 1));
    indexed = await startApi(store, { large: LARGE });
  });
  afterAll(() => Promise.all([plain, large, indexed].map((api) => api?.close())));

  test.each(SEARCHES)('%s', async (search) => {
    const query = `{ orders(limit: 20, ${search}) { totalCount nodes { id order_no order_date Shippings { tracking_number } } } }`;
    const expected = await plain.ask(query);
    expect(expected.errors).toBeUndefined();
    expect([await large.ask(query), await indexed.ask(query)]).toEqual([expected, expected]);
  });

  test('what is missing comes last in either direction', async () => {
    for (const type of ['a', 'd']) {
      const query = `{ orders(limit: 100, sortkey: "order_no", sorttype: "${type}") { nodes { order_no } } }`;
      const { nodes } = (await indexed.ask(query)).data.orders;
      const numbers: (string | null)[] = nodes.map((node: { order_no: string | null }) => node.order_no);
      const known = numbers.filter((number) => number !== null);
      expect(known.length).toBeLessThan(numbers.length);
      const ordered = type === 'a' ? known.toSorted() : known.toSorted().toReversed();
      expect(numbers).toEqual([...ordered, ...numbers.filter((number) => number === null)]);
    }
  });
});
