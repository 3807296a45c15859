/** What a webhook keeps of its past: the attempts at a delivery before the last one, and the secret before the present one. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_delivery_attempt')
    .addColumn('delivery_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('attempt_no', 'integer', (c) => c.notNull())
    .addColumn('attempted_at', 'bigint', (c) => c.notNull())
    .addColumn('status_code', 'integer')
    .addColumn('took_ms', 'integer')
    .addColumn('error', 'varchar(255)')
    .addColumn('response_head', 'text')
    .addPrimaryKeyConstraint('tegata_delivery_attempt_key', ['delivery_id', 'attempt_no'])
    .execute();
  await db.schema.alterTable('tegata_webhook').addColumn('former_secret_sealed', 'text').execute();
  await db.schema.alterTable('tegata_webhook').addColumn('former_secret_until', 'bigint').execute();
}
