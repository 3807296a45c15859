/**
 * Products are stored in their categories and in all above them. When a category moves, those that are in it or below it
 * come into what lies above it now, and leave what no longer does, unless another of their categories lies there.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/open.ts';

const links = sql.table('dtb_product_category');

const within = (categories: readonly number[]): RawBuilder<unknown> =>
  // A table of its own: MySQL does not read the table that it changes.
  sql`select product_id from (select distinct product_id from ${links} where category_id in (${sql.join([...categories])})) chosen`;

/** Puts the products of `categories` into `category` too. */
export async function linkProducts(db: Db, categories: readonly number[], category: number): Promise<void> {
  await sql`
    insert into ${links} (product_id, category_id, discriminator_type)
    select product_id, ${sql.lit(category)}, 'productcategory' from (${within(categories)}) added
    where product_id not in (${within([category])})`.execute(db);
}

/** Takes the products of `categories` out of `category`, but for those that are also in one of `others`. */
export async function unlinkProducts(
  db: Db,
  categories: readonly number[],
  category: number,
  others: readonly number[],
): Promise<void> {
  const kept = others.length === 0 ? sql`` : sql` and product_id not in (${within(others)})`;
  await sql`
    delete from ${links} where category_id = ${category} and product_id in (${within(categories)})${kept}`.execute(
    db,
  );
}
