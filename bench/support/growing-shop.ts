/** A shop of any size on any of the three databases: the demo shop with the feed, and so many products, customers or orders more. */
import { sql } from 'kysely';
import type { DialectKit } from '../../src/database/dialect/kit.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { advisedIndexes, makeIndexes } from '../../src/shop/store/indexes.ts';
import { makeDemoShop } from './api-shop.ts';
import { type Filling, fillByNumbers } from './row-numbers.ts';

const FIRST_ID = 1_001;
const APART = 120; // seconds between two rows' last updates

/** What each calls "update the statistics". */
const ANALYZE: Readonly<Record<DialectKit['name'], (tables: string) => string>> = {
  sqlite: () => 'analyze',
  postgres: () => 'analyze',
  mysql: (tables) => `analyze table ${tables}`,
};

/** What a shop may have many of. */
export type Grown = 'products' | 'orders' | 'customers';

type Growing = {
  readonly tables: string;
  readonly fill: (filling: Filling) => Promise<void>;
  /** Has to be there as well. */
  readonly of?: Grown;
};

const GROWING: Readonly<Record<Grown, Growing>> = {
  products: { tables: 'dtb_product, dtb_product_class, dtb_product_category', fill: fillProducts },
  customers: { tables: 'dtb_customer', fill: fillCustomers },
  orders: { tables: 'dtb_order, dtb_order_item, dtb_shipping', fill: fillOrders, of: 'customers' },
};

export async function loadGrowingShop(url: string, what: Grown, size: number): Promise<void> {
  const store = openToFill(url);
  await migrate(store);
  await makeDemoShop(store);
  await grow(store, what, size);
  await makeIndexes(store, await advisedIndexes(store, buildRegistry(coreEntities)));
  await installFeed(store);
  await store.close();
}

/** So many more in a shop that is there, without the feed. */
export async function growShop(url: string, what: Grown, size: number): Promise<void> {
  const store = openToFill(url);
  await grow(store, what, size);
  await store.close();
}

const openToFill = (url: string): Store => openStore(url, { poolSize: 1, statementTimeoutSeconds: 3_600 });

async function grow(store: Store, what: Grown, size: number): Promise<void> {
  const { fill, tables, of } = GROWING[what];
  if (of) await grow(store, of, size);
  await fillByNumbers(store, FIRST_ID, size, fill);
  await sql.raw(ANALYZE[store.kit.name](tables)).execute(store.db);
}

/** Products with one class each, every 20th in category 5, updated one after another over some years. */
async function fillProducts({ insert, numbers: { i, text, joined, date, boolean } }: Filling): Promise<void> {
  const at = date(APART);
  const code = joined('CODE-', sql`substr(${text(sql`10000000 + i`)}, 2)`);
  await insert(
    'dtb_product (id, creator_id, product_status_id, name, create_date, update_date, discriminator_type)',
    sql`i, 1, case when i % 7 = 0 then 2 else 1 end, ${joined('商品 ', i)}, ${at}, ${at}, 'product'`,
  );
  await insert(
    `dtb_product_class (id, product_id, sale_type_id, creator_id, product_code, stock, stock_unlimited, price02,
      visible, create_date, update_date, currency_code, point_rate, discriminator_type)`,
    sql`i, i, 1, 1, ${code}, 5, ${boolean(false)}, 1000, ${boolean(true)}, ${at}, ${at}, 'JPY', 0, 'productclass'`,
  );
  await insert(
    'dtb_product_category (product_id, category_id, discriminator_type)',
    sql`i, 5, 'productcategory'`,
    sql`i % 20 = 0`,
  );
}

/** Customers of 1,000 family names, created and updated one after another. */
async function fillCustomers({ insert, numbers: { i, joined, date } }: Filling): Promise<void> {
  const at = date(APART);
  const [family, given] = [joined('姓', sql`i % 1000`), joined('名', sql`i % 977`)];
  await insert(
    `dtb_customer (id, customer_status_id, sex_id, pref_id, name01, name02, kana01, kana02, email, phone_number, password,
      secret_key, buy_times, buy_total, point, create_date, update_date, discriminator_type)`,
    sql`i, 2, 1 + i % 2, 1 + i % 47, ${family}, ${given}, 'セイ', 'メイ', ${joined('c', i, '@example.com')},
      ${joined('090', sql`10000000 + i`)}, 'none', ${joined('k', i)}, i % 30, (i % 30) * 1500, 0, ${at}, ${at}, 'customer'`,
  );
}

/** Orders of those customers, with two lines and a parcel each; a tenth is new (1), the rest delivered (5). */
async function fillOrders({ insert, numbers: { i, joined, date } }: Filling): Promise<void> {
  const at = date(APART);
  const [family, given] = [joined('姓', sql`i % 1000`), joined('名', sql`i % 977`)];
  const total = sql`1000 + i % 5000`;
  await insert(
    `dtb_order (id, customer_id, order_status_id, payment_id, pref_id, pre_order_id, order_no, name01, name02, kana01, kana02,
      email, phone_number, postal_code, addr01, addr02, subtotal, discount, delivery_fee_total, charge, tax, total,
      payment_total, payment_method, add_point, use_point, create_date, update_date, order_date, currency_code,
      discriminator_type)`,
    sql`i, i, case when i % 10 = 0 then 1 else 5 end, 1, 1 + i % 47, ${joined('p', i)}, ${joined('N', sql`10000000 + i`)}, ${family},
      ${given}, 'セイ', 'メイ', ${joined('c', i, '@example.com')}, ${joined('090', sql`10000000 + i`)}, '1500002', '渋谷区',
      ${joined(i, '番地')}, ${total}, 0, 0, 0, 0, ${total}, ${total}, '銀行振込', 0, 0, ${at}, ${at}, ${at}, 'JPY', 'order'`,
  );
  await insert(
    `dtb_shipping (id, order_id, pref_id, name01, name02, postal_code, addr01, addr02, tracking_number, create_date,
      update_date, discriminator_type)`,
    sql`i, i, 1 + i % 47, ${family}, ${given}, '1500002', '渋谷区', ${joined(i, '番地')}, ${joined('T', i)}, ${at}, ${at}, 'shipping'`,
  );
  for (const line of [0, 1]) {
    await insert(
      `dtb_order_item (id, order_id, shipping_id, order_item_type_id, tax_type_id, tax_display_type_id, rounding_type_id,
        product_name, product_code, price, quantity, tax, tax_rate, tax_adjust, currency_code, discriminator_type)`,
      sql`i * 2 + ${sql.lit(line)}, i, i, 1, 1, 1, 1, ${joined('商品 ', sql`(i + ${sql.lit(line * 7)}) % 5000`)},
        ${joined('CODE-', sql`i % 5000`)}, 500, 1 + i % 3, 50, 10, 0, 'JPY', 'orderitem'`,
    );
  }
}
