/** The advice on indexes: what a shop as EC-CUBE makes it lacks, and that making it satisfies the advice. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { adviceSql, missingIndexes } from '../../src/shop/index-advice.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { advisedIndexes, createAdvisedIndexes, readIndexes } from '../../src/shop/store/indexes.ts';
import { realShopLacking, realShopLoaders } from '../graphql/support/real-shop.ts';
import { eachDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';

const registry = buildRegistry(coreEntities);
const admin = { loginId: 'admin', name: '管理者', passwordHash: 'nobody logs in' };
const lacking = async (store: Store) =>
  missingIndexes(registry, await readIndexes(store), store.kit.indexesEndInKey);

eachDatabase((database) => {
  let store: Store;
  beforeAll(async () => {
    store = database.open();
    await createEmbeddedShop(store, { registry, clock: fixedClock(1_790_000_000), currency: 'JPY', admin });
  });

  test('EC-CUBE’s own tables lack those of the lists and the product code', async () => {
    const statements = (await lacking(store)).map((advice) => adviceSql(advice, store.kit));
    expect(statements).toContain('create index tegata_product_update_date on dtb_product (update_date, id)');
    expect(statements).toContain(
      'create index tegata_product_class_product_code on dtb_product_class (product_code)',
    );
    // Foreign keys have theirs from Doctrine.
    expect(statements.filter((text) => /order_item|shipping|product_stock/.test(text))).toEqual([]);
  });

  test('an index that begins with other columns does not do', async () => {
    await sql`create index other on dtb_product_class (stock, product_code)`.execute(store.db);
    expect((await lacking(store)).map(({ table }) => table)).toContain('dtb_product_class');
  });

  test('making what is advised leaves nothing to advise', async () => {
    await createAdvisedIndexes(store, registry);
    expect(await lacking(store)).toEqual([]);
    await createAdvisedIndexes(store, registry);
  });

  test('sort keys and look-ups want indexes of their own where a table is large, and there alone', async () => {
    expect(await advisedIndexes(store, registry)).toEqual([]);
    const advised = (await advisedIndexes(store, registry, 2)).map((advice) => adviceSql(advice, store.kit));
    expect(advised).toContain('create index tegata_product_name on dtb_product (name, update_date, id)');
    expect(advised).toContain('create index tegata_order_total on dtb_order (total, update_date, id)');
    expect(advised).toContain(
      'create index tegata_customer_name01 on dtb_customer (name01, update_date, id)',
    );
    for (const statement of advised) await sql.raw(statement).execute(store.db);
    expect(await advisedIndexes(store, registry, 2)).toEqual([]);
  });
});

describeUnless(realShopLacking, 'a real shop', () => {
  eachDatabase((database) => {
    const load = realShopLoaders[database.name];
    if (!load) {
      test('has no dump for SQLite', () => expect(database.name).toBe('sqlite'));
      return;
    }
    test('is advised the same few', async () => {
      await load(database);
      const shop = database.open();
      const advised = (await lacking(shop)).map((advice) => adviceSql(advice, shop.kit));
      expect(advised).toContain('create index tegata_product_update_date on dtb_product (update_date, id)');
      expect(advised.length).toBeLessThan(6);
    });
  });
});
