/** What clients keep about rows of the shop: ids of their own, and a JSON value. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_client_data')
    .addColumn('client_id', 'varchar(64)', (c) => c.notNull())
    .addColumn('entity', 'varchar(32)', (c) => c.notNull())
    .addColumn('row_id', 'bigint', (c) => c.notNull())
    .addColumn('row_created_at', 'bigint', (c) => c.notNull())
    .addColumn('external_id', 'varchar(255)')
    .addColumn('metadata', 'text')
    .addPrimaryKeyConstraint('tegata_client_data_pk', ['client_id', 'entity', 'row_id'])
    .addUniqueConstraint('tegata_client_data_external_id', ['client_id', 'entity', 'external_id'])
    .execute();
}
