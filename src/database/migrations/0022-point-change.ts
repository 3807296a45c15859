/** The history of points that were given or taken through the API. */
import type { Kysely } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await db.schema
    .createTable('tegata_point_change')
    .addColumn('change_id', kit.autoIncrement.type, (c) => {
      const key = c.notNull().primaryKey();
      return kit.autoIncrement.identity ? key.generatedByDefaultAsIdentity() : key.autoIncrement();
    })
    .addColumn('customer_id', 'bigint', (c) => c.notNull())
    .addColumn('before_points', 'bigint', (c) => c.notNull())
    .addColumn('after_points', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'varchar(255)', (c) => c.notNull())
    .addColumn('reference', 'varchar(255)')
    .addColumn('client_id', 'varchar(64)', (c) => c.notNull())
    .addColumn('member_id', 'bigint')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('tegata_point_change_customer_id')
    .on('tegata_point_change')
    .columns(['customer_id', 'change_id'])
    .execute();
}
