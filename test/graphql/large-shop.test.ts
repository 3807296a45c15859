/**
 * What helps with large tables (shop/large/large-shop.ts) changes how rows are found and nothing else: one shop, asked with
 * these aids and without, between changes of every kind that any program may make.
 */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { withSnapshot } from '../../src/database/dump/snapshot.ts';
import type { Store } from '../../src/database/open.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { installFeed, removeFeed } from '../../src/feed/store/triggers.ts';
import { eachDatabase } from '../support/databases.ts';
import { clock, embeddedShopApi, LARGE, type ShopApi, startApi } from './support/shop-api.ts';

/** Letters that a collation may take for equal, and such that mean something in a pattern. */
const PIECES = [
  '商品',
  '靴',
  '靴下',
  'は',
  'ば',
  'ぱ',
  'ハ',
  'ﾊ',
  'Café',
  'cafe',
  'ＡＢＣ',
  'abc',
  'ABC',
  '%',
  '_',
  '\\',
  '15',
  '155',
  '1',
  ' ',
  'ß',
  'ss',
  '-',
  '🐱',
  'ー',
];
const words = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

/** As a real shop may have it: letters that look alike are alike. */
const COLLATED: Record<string, string[]> = {
  mysql: ['dtb_product', 'dtb_product_class'].map(
    (table) => `alter table ${table} convert to character set utf8mb4 collate utf8mb4_unicode_ci`,
  ),
};

const FIRST_ID = 500;
const PRODUCTS = 60;
const someId = fc.integer({ min: FIRST_ID, max: FIRST_ID + PRODUCTS - 1 });
const someDate = fc
  .integer({ min: 1, max: 28 })
  .map((day) => `2026-01-${String(day).padStart(2, '0')} 00:00:00`);

type Change = (store: Store) => Promise<unknown>;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(someId, words, someDate).map(
    ([id, name, date]): Change =>
      ({ db }) =>
        sql`update dtb_product set name = ${name}, update_date = ${date} where id = ${id}`.execute(db),
  ),
  fc.tuple(someId, words).map(
    ([id, code]): Change =>
      ({ db }) =>
        sql`update dtb_product_class set product_code = ${code} where product_id = ${id}`.execute(db),
  ),
  fc.tuple(someId, fc.constantFrom(1, 2, 3)).map(
    ([id, status]): Change =>
      ({ db }) =>
        sql`update dtb_product set product_status_id = ${status} where id = ${id}`.execute(db),
  ),
  someId.map(
    (id): Change =>
      ({ db }) =>
        db.transaction().execute(async (tx) => {
          await sql`delete from dtb_product_class where product_id = ${id}`.execute(tx);
          await sql`delete from dtb_product_category where product_id = ${id}`.execute(tx);
          await sql`delete from dtb_product where id = ${id}`.execute(tx);
        }),
  ),
  fc.tuple(someId, words, words, someDate).map(
    ([id, name, code, date]): Change =>
      (store) =>
        putProduct(store, { id: id + PRODUCTS, name, code, date }),
  ),
  fc.constant<Change>((store) => sequence({ store, clock })),
);

const orders = {
  sortkey: fc.constantFrom('name', 'product_code', 'update_date', 'status'),
  sorttype: fc.constantFrom('a', 'd'),
};
const page = { page: fc.integer({ min: 1, max: 3 }), limit: fc.integer({ min: 1, max: 9 }) };
const cursors = { first: fc.integer({ min: 1, max: 9 }) };
const conditions = {
  id: fc.oneof(words, someId.map(String)),
  status: fc.constantFrom(['1'], ['2'], ['1', '2'], ['3'], []),
  category_id: fc.constantFrom('1', '5'),
  update_date_start: fc.constantFrom('2026-01-10', '2026-01-20'),
};
/** Texts that many products have, a few of them at a time. */
const frequent = { id: fc.constantFrom('商品', '靴', '15', 'abc', 'は', 'ss', '1') };
const few = { limit: fc.integer({ min: 1, max: 3 }) };

const searches: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ ...conditions, ...orders, ...page }, { requiredKeys: [] }),
  fc.record({ ...conditions, ...orders, ...cursors }, { requiredKeys: ['first'] }),
  fc.record({ ...frequent, ...few }),
  fc.record({ ...frequent, ...few, ...orders }),
  fc.record({ ...frequent, ...few, page: fc.constantFrom(2, 3) }),
  fc.record({ ...frequent, ...cursors }),
);

eachDatabase((database) => {
  let store: Store;
  let plain: ShopApi;
  let large: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    plain = await embeddedShopApi(store);
    for (const statement of COLLATED[database.name] ?? []) await sql.raw(statement).execute(store.db);
    large = await startApi(store, { large: LARGE });
    await installFeed(store);
    const [names, dates] = [fc.sample(words, PRODUCTS), fc.sample(someDate, PRODUCTS)];
    for (const [i, name] of names.entries()) {
      await putProduct(store, { id: FIRST_ID + i, name, code: names.at(-1 - i) ?? '', date: dates[i] ?? '' });
    }
  });
  afterAll(() => Promise.all([plain.close(), large.close()]));

  /** The answers of both, page by page behind cursors where the search asks for cursors. */
  async function bothAnswer(search: Record<string, unknown>): Promise<void> {
    for (let after: string | undefined; ; ) {
      const args = Object.entries({ ...search, ...(after && { after }) })
        .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
        .join(', ');
      const query = `{ products${args && `(${args})`} { totalCount
        nodes { id name ProductClasses { code } } pageInfo { hasNextPage endCursor } } }`;
      const expected = await plain.ask(query);
      expect(await large.ask(query), query).toEqual(expected);
      expect(expected.errors, query).toBeUndefined();
      const { hasNextPage, endCursor } = expected.data.products.pageInfo;
      if (!('first' in search) || !hasNextPage) return;
      after = endCursor;
    }
  }

  test('any search between any changes', { timeout: 120_000 }, async () => {
    const steps = fc.array(fc.tuple(fc.array(changes, { maxLength: 4 }), searches), {
      minLength: 1,
      maxLength: 5,
    });
    const property = fc.asyncProperty(steps, async (all) => {
      for (const [some, search] of all) {
        for (const change of some) await change(store);
        await bothAnswer(search);
        await bothAnswer(search); // what is remembered of the first
      }
    });
    await fc.assert(property, { numRuns: 25 });
    expect([...plain.log, ...large.log]).toEqual([]);
  });

  test('what the first search would wait for can be made before', async () => {
    const fresh = await startApi(store, { large: LARGE });
    const readingAll = () => fresh.statements.filter((text) => /\bid > /.test(text)).length;
    await fresh.api.warmUp();
    const read = readingAll();
    expect(read).toBeGreaterThan(0);
    expect((await fresh.ask('{ products(id: "商品") { totalCount } }')).errors).toBeUndefined();
    expect(readingAll()).toBe(read);
    await fresh.close();
  });

  test('a shop that an import makes large is soon treated so', async () => {
    const time = fixedClock(1_790_000_000);
    const { rows } = await sql<{ n: number }>`select count(*) as n from dtb_product`.execute(store.db);
    const growing = await startApi(store, { large: { ...LARGE, rows: Number(rows[0]?.n) + 1 }, clock: time });
    const asksTheFeed = async () => {
      growing.statements.length = 0;
      await growing.ask('{ products { totalCount } }');
      await growing.ask('{ products { totalCount } }');
      return growing.statements.some((text) => text.includes('tegata_feed'));
    };
    expect(await asksTheFeed()).toBe(false);
    await putProduct(store, { id: 998, name: '輸入した品', code: 'IMP-998', date: '2026-01-01 00:00:00' });
    time.advance(6);
    expect(await asksTheFeed()).toBe(true);
    await growing.close();
  });

  test('a small shop is left to the database', async () => {
    const small = await startApi(store);
    await small.api.warmUp();
    await small.ask('{ products(id: "商品") { totalCount } }');
    expect(small.statements.filter((text) => text.includes('tegata_'))).toEqual([]);
    await small.close();
  });

  test('a replica that is behind spoils no total that is remembered', async () => {
    const total = '{ products { totalCount } }';
    const { totalCount } = (await plain.ask(total)).data.products;
    await withSnapshot(database.url, async ({ db }) => {
      let isUsed = true;
      const replica = { db, isUsed: () => isUsed, maxLagSeconds: 5 };
      const lagging = await startApi(store, { large: LARGE, replica });
      const name = '{ product(id: "500") { name } }';
      expect(await lagging.ask(name)).toEqual(await plain.ask(name));
      await putProduct(store, { id: 997, name: '後の品', code: 'LAG-997', date: '2026-01-01 00:00:00' });
      await sequence({ store, clock });
      expect((await lagging.ask('{ product(id: "997") { name } }')).data.product).toBeNull();
      expect((await lagging.ask(total)).errors).toBeUndefined();
      isUsed = false;
      expect((await lagging.ask(total)).data.products.totalCount).toBe(totalCount + 1);
      await lagging.close();
    });
  });

  test('searches side by side', async () => {
    const some = fc.sample(searches, 30);
    await Promise.all(some.map((search) => bothAnswer(search)));
  });

  describe('without the feed', () => {
    beforeAll(async () => {
      await removeFeed(store);
      await large.close();
      large = await startApi(store, { large: LARGE });
    });

    test('nothing is remembered', async () => {
      const total = '{ products { totalCount } }';
      const before = (await large.ask(total)).data.products.totalCount;
      await putProduct(store, { id: 999, name: '新しい靴', code: 'NEW-999', date: '2026-01-01 00:00:00' });
      expect((await large.ask(total)).data.products.totalCount).toBe(before + 1);
      await bothAnswer({ id: '新しい靴' });
    });
  });
});

type Put = { id: number; name: string; code: string; date: string };

/** Makes the product, or does nothing where it is. */
async function putProduct({ db }: Store, { id, name, code, date }: Put): Promise<void> {
  const { rows } = await sql`select id from dtb_product where id = ${id}`.execute(db);
  if (rows.length > 0) return;
  await db.transaction().execute(async (tx) => {
    await sql`insert into dtb_product (id, creator_id, product_status_id, name, create_date, update_date, discriminator_type)
      values (${id}, 1, 1, ${name}, ${date}, ${date}, 'product')`.execute(tx);
    await sql`insert into dtb_product_class (id, product_id, sale_type_id, creator_id, product_code, stock, stock_unlimited,
        price02, visible, create_date, update_date, currency_code, point_rate, discriminator_type)
      values (${id}, ${id}, 1, 1, ${code}, 5, (1 = 0), 1000, (1 = 1), ${date}, ${date}, 'JPY', 0, 'productclass')`.execute(
      tx,
    );
    if (id % 3 === 0) {
      await sql`insert into dtb_product_category (product_id, category_id, discriminator_type)
        values (${id}, 5, 'productcategory')`.execute(tx);
    }
  });
}
