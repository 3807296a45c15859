/** The change feed, the endpoints that listen to it, and what is on its way to them. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { DialectKit } from '../../dialect/kit.ts';

const ID = 'varchar(32)';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await feed(db, kit);
  await webhooks(db);
  await deliveries(db);
}

async function feed(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  for (const statement of kit.feed.createChangeTable) await sql.raw(statement).execute(db);
  await db.schema
    .createTable('tegata_feed')
    .addColumn('position', 'bigint', (c) => c.primaryKey())
    .addColumn('entity', 'varchar(16)', (c) => c.notNull())
    .addColumn('entity_id', 'bigint', (c) => c.notNull())
    .addColumn('action', 'varchar(8)', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('recorded_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('tegata_feed_head')
    .addColumn('head_id', 'smallint', (c) => c.primaryKey())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .execute();
  await sql`insert into tegata_feed_head (head_id, position) values (1, 0)`.execute(db);
}

async function webhooks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_webhook')
    .addColumn('webhook_id', ID, (c) => c.primaryKey())
    .addColumn('payload_url', 'text', (c) => c.notNull())
    .addColumn('secret_sealed', 'text')
    .addColumn('enabled', 'smallint', (c) => c.notNull())
    .addColumn('description', 'varchar(255)', (c) => c.notNull())
    .addColumn('topics', 'varchar(255)', (c) => c.notNull())
    .addColumn('order_statuses', 'varchar(255)', (c) => c.notNull())
    .addColumn('feed_position', 'bigint', (c) => c.notNull())
    .addColumn('paused_at', 'bigint')
    .addColumn('paused_reason', 'varchar(16)')
    .addColumn('failing_since', 'bigint')
    .addColumn('last_error', 'varchar(255)')
    .addColumn('last_success_at', 'bigint')
    .addColumn('quiet_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
}

async function deliveries(db: Kysely<unknown>): Promise<void> {
  await withOutcome(
    db.schema
      .createTable('tegata_delivery')
      .addColumn('delivery_id', ID, (c) => c.primaryKey())
      .addColumn('webhook_id', ID, (c) => c.notNull())
      .addColumn('last_position', 'bigint', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('state', 'varchar(16)', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('give_up_at', 'bigint', (c) => c.notNull())
      .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
      .addColumn('lease_owner', ID)
      .addColumn('lease_until', 'bigint'),
  ).execute();
  await index(db, 'tegata_delivery', ['state', 'next_attempt_at']);
  await index(db, 'tegata_delivery', ['webhook_id', 'state']);
  await index(db, 'tegata_delivery', ['created_at']);
  await db.schema
    .createTable('tegata_delivery_wait')
    .addColumn('delivery_id', ID, (c) => c.notNull())
    .addColumn('waits_for', ID, (c) => c.notNull())
    .addPrimaryKeyConstraint('tegata_delivery_wait_key', ['delivery_id', 'waits_for'])
    .execute();
  await index(db, 'tegata_delivery_wait', ['waits_for']);
}

/** What the last attempt has brought. */
const withOutcome = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
  table
    .addColumn('settled_at', 'bigint')
    .addColumn('attempted_at', 'bigint')
    .addColumn('status_code', 'integer')
    .addColumn('took_ms', 'integer')
    .addColumn('error', 'varchar(255)')
    .addColumn('request_head', 'text')
    .addColumn('response_head', 'text');

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}
