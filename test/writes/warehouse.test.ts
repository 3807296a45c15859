/**
 * A warehouse pushes its whole stock in lists while another system and the shop's own checkout change the same rows: nothing is
 * lost, and of 20,000 own writes none comes back as news. `TEGATA_TEST_SKUS` makes it as large as a real one (20000).
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { clock, embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { buyOne } from './checkout.ts';

const SKUS = Number(process.env.TEGATA_TEST_SKUS ?? 200);
const AT_ONCE = Math.min(1000, SKUS / 4);
const FIRST = 10_001; // id of the first class
const START = 1_000;
const BUYERS = 60;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { limits: { seconds: 60 } });
    const limited = sql.lit(database.name === 'postgres' ? false : 0);
    const visible = sql.lit(database.name === 'postgres' ? true : 1);
    const ids = Array.from({ length: SKUS }, (_, n) => FIRST + n);
    for (let from = 0; from < SKUS; from += 500) {
      const some = ids.slice(from, from + 500);
      const at = '2026-01-01 00:00:00';
      await sql`insert into dtb_product (id, name, product_status_id, create_date, update_date, discriminator_type)
        values ${sql.join(some.map((id) => sql`(${id}, ${`SKU-${id}`}, 1, ${at}, ${at}, 'product')`))}`.execute(
        store.db,
      );
      await sql`insert into dtb_product_class (id, product_id, product_code, stock, stock_unlimited, price02, visible, create_date, update_date, discriminator_type)
        values ${sql.join(some.map((id) => sql`(${id}, ${id}, ${`SKU-${id}`}, ${START}, ${limited}, 100, ${visible}, ${at}, ${at}, 'productclass')`))}`.execute(
        store.db,
      );
      await sql`insert into dtb_product_stock (id, product_class_id, stock, create_date, update_date, discriminator_type)
        values ${sql.join(some.map((id) => sql`(${id}, ${id}, ${START}, ${at}, ${at}, 'productstock')`))}`.execute(
        store.db,
      );
    }
    await installFeed(store);
  });
  afterAll(() => shop.close());

  /** One system's whole list, a request after the other; the rows come in its own order. */
  async function push(ids: readonly number[], byCode: boolean): Promise<void> {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const items = ids.slice(from, from + AT_ONCE).map((id) => ({
        ...(byCode ? { code: `SKU-${id}` } : { product_class_id: id }),
        delta: 1,
        reason: 'push',
      }));
      const { data, errors } = await shop.ask(
        'mutation($items: [ProductStockInput!]!) { bulkUpdateProductStock(items: $items) { ok message } }',
        { items },
      );
      expect(errors).toBeUndefined();
      expect(data.bulkUpdateProductStock.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    }
  }

  /** The products that the client hears of when it leaves out its own writes. */
  async function heard(): Promise<Set<number>> {
    while ((await sequence({ store, clock })) > 0);
    const found = new Set<number>();
    for (let after = ''; ; ) {
      const { data, errors } = await shop.ask(
        'query($after: String) { changes(excludeOwn: true, first: 1000, after: $after) { nodes { id origin } pageInfo { endCursor hasNextPage } } }',
        { after: after === '' ? null : after },
      );
      expect(errors).toBeUndefined();
      for (const { id } of data.changes.nodes) found.add(Number(id));
      if (!data.changes.pageInfo.hasNextPage) return found;
      after = data.changes.pageInfo.endCursor;
    }
  }

  test('two systems and a checkout on the same rows: nothing is lost, and no echo is heard', async () => {
    const ids = Array.from({ length: SKUS }, (_, n) => FIRST + n);
    const bought = Array.from({ length: BUYERS }, (_, n) => FIRST + ((n * 7) % Math.min(SKUS, 20)));
    await Promise.all([
      push(ids, true),
      push([...ids].reverse(), false),
      ...bought.map((id) => buyOne(store, id)),
    ]);
    const { rows } = await sql<{ id: number; a: unknown; b: unknown }>`
      select pc.id, pc.stock as a, ps.stock as b from dtb_product_class pc
      join dtb_product_stock ps on ps.product_class_id = pc.id where pc.id >= ${FIRST} order by pc.id`.execute(
      store.db,
    );
    const expected = ids.map((id) => START + 2 - bought.filter((one) => one === id).length);
    expect(rows.map(({ a }) => Number(a))).toEqual(expected);
    expect(rows.map(({ b }) => Number(b))).toEqual(expected);
    const { rows: kept } = await sql<{ n: unknown; sum: unknown }>`
      select count(*) as n, sum(delta) as ${sql.id('sum')} from tegata_stock_change`.execute(store.db);
    expect([Number(kept[0]?.n), Number(kept[0]?.sum)]).toEqual([2 * SKUS, 2 * SKUS]);
    expect(await heard()).toEqual(new Set(bought));
  });
});
