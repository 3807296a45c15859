/** The watched tables of a shop, with the columns that the feed reads and one (`name`) to change. */
import { sql } from 'kysely';
import type { Db } from '../../../src/database/open.ts';

const CHILDREN: Record<string, string> = {
  dtb_product_class: 'product_id',
  dtb_product_category: 'product_id',
  dtb_product_tag: 'product_id',
  dtb_product_image: 'product_id',
  dtb_product_stock: 'product_class_id',
  dtb_tax_rule: 'product_id',
  dtb_order_item: 'order_id',
  dtb_shipping: 'order_id',
  dtb_mail_history: 'order_id',
  dtb_customer_address: 'customer_id',
  dtb_customer_favorite_product: 'customer_id',
};

export async function makeShopTables(db: Db, leaveOut: readonly string[] = []): Promise<void> {
  for (const table of ['dtb_product', 'dtb_order', 'dtb_customer']) {
    const status = table === 'dtb_order' ? ', order_status_id integer' : '';
    await sql.raw(`create table ${table} (id integer primary key, name varchar(255)${status})`).execute(db);
  }
  for (const [table, column] of Object.entries(CHILDREN)) {
    if (leaveOut.includes(table)) continue;
    await sql
      .raw(`create table ${table} (id integer primary key, ${column} integer, name varchar(255))`)
      .execute(db);
  }
}

/** Runs SQL as any program beside Tegata would. */
export async function plain(db: Db, ...statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
