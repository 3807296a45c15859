/** What Tegata has done to the shop's stock, and mails that wait to be sent. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await stockChanges(db, kit);
  await outbox(db);
}

async function stockChanges(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  const { wide, identity } = kit.autoIncrement;
  await db.schema
    .createTable('tegata_stock_change')
    .addColumn('change_id', wide, (c) => {
      const key = c.primaryKey();
      return identity ? key.generatedByDefaultAsIdentity() : key.autoIncrement();
    })
    .addColumn('product_class_id', 'bigint', (c) => c.notNull())
    .addColumn('stock_before', 'bigint')
    .addColumn('stock_after', 'bigint')
    .addColumn('delta', 'bigint')
    .addColumn('reason', sql.raw(kit.columnType('text')))
    .addColumn('reference', sql.raw(kit.columnType('text')))
    .addColumn('client_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('member_id', 'bigint')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await index(db, 'tegata_stock_change', ['product_class_id', 'change_id']);
  await index(db, 'tegata_stock_change', ['client_id', 'change_id']);
  await index(db, 'tegata_stock_change', ['changed_at']);
}

async function outbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_mail_outbox')
    .addColumn('mail_id', 'varchar(32)', (c) => c.primaryKey())
    .addColumn('order_id', 'bigint', (c) => c.notNull())
    .addColumn('shipping_id', 'bigint', (c) => c.notNull())
    .addColumn('member_id', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
    .addColumn('given_up_at', 'bigint')
    .addColumn('last_error', 'varchar(255)')
    .execute();
  await index(db, 'tegata_mail_outbox', ['given_up_at', 'next_attempt_at']);
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}
