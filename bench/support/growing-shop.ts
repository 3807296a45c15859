/** A shop of any size on any of the three databases: the demo shop with the feed, and so many products more. */
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../src/database/dialect/kit.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { makeDemoShop } from './api-shop.ts';

const FIRST_ID = 1_001;
const ROWS_PER_INSERT = 50_000;
const HEAD_START = Date.UTC(2020, 0, 1) / 1000;
const APART = 120; // seconds between two products' last updates

type Name = DialectKit['name'];

/** What each calls "update the statistics". */
const ANALYZE: Readonly<Record<Name, string>> = {
  sqlite: 'analyze',
  postgres: 'analyze',
  mysql: 'analyze table dtb_product, dtb_product_class, dtb_product_category',
};

/** Products with one class each, every 20th in category 5, updated one after another over some years. */
export async function loadGrowingShop(url: string, size: number): Promise<void> {
  const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: 600 });
  await migrate(store);
  await makeDemoShop(store);
  for (let from = FIRST_ID; from < FIRST_ID + size; from += ROWS_PER_INSERT) {
    await insertProducts(store, from, Math.min(from + ROWS_PER_INSERT, FIRST_ID + size) - 1);
  }
  await sql.raw(ANALYZE[store.kit.name]).execute(store.db);
  await installFeed(store);
  await store.close();
}

async function insertProducts({ db, kit }: Store, from: number, to: number): Promise<void> {
  const numbers = sql`with recursive n(i) as (select ${sql.lit(from)} union all select i + 1 from n where i < ${sql.lit(to)})`;
  const text = (of: RawBuilder<unknown>) =>
    kit.name === 'mysql' ? sql`cast(${of} as char)` : sql`cast(${of} as text)`;
  const name = kit.concat([sql.lit('商品 '), text(sql`i`)]);
  const code = kit.concat([sql.lit('CODE-'), sql`substr(${text(sql`10000000 + i`)}, 2)`]);
  const date = dateOf[kit.name];
  const insert = (into: string, select: RawBuilder<unknown>) =>
    kit.name === 'mysql'
      ? sql`insert into ${sql.raw(into)} ${numbers} ${select}`
      : sql`${numbers} insert into ${sql.raw(into)} ${select}`;
  if (kit.name === 'mysql') await sql`set max_recursive_iterations = 1000000`.execute(db);
  await db.transaction().execute(async (tx) => {
    await insert(
      'dtb_product (id, creator_id, product_status_id, name, create_date, update_date, discriminator_type)',
      sql`select i, 1, case when i % 7 = 0 then 2 else 1 end, ${name}, ${date}, ${date}, 'product' from n`,
    ).execute(tx);
    await insert(
      `dtb_product_class (id, product_id, sale_type_id, creator_id, product_code, stock, stock_unlimited, price02,
        visible, create_date, update_date, currency_code, point_rate, discriminator_type)`,
      sql`select i, i, 1, 1, ${code}, 5, ${sql.lit(kit.name === 'postgres' ? false : 0)}, 1000,
        ${sql.lit(kit.name === 'postgres' ? true : 1)}, ${date}, ${date}, 'JPY', 0, 'productclass' from n`,
    ).execute(tx);
    await insert(
      'dtb_product_category (product_id, category_id, discriminator_type)',
      sql`select i, 5, 'productcategory' from n where i % 20 = 0`,
    ).execute(tx);
  });
}

const instant = sql.lit(HEAD_START);
const apart = sql.lit(APART);
const dateOf: Readonly<Record<Name, RawBuilder<unknown>>> = {
  sqlite: sql`datetime(${instant} + i * ${apart}, 'unixepoch')`,
  postgres: sql`to_timestamp(${instant} + i * ${apart})`,
  mysql: sql`timestamp '1970-01-01 00:00:00' + interval (${instant} + i * ${apart}) second`,
};
