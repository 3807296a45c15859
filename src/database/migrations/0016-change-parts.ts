/** What of a thing a change has touched, who wrote it, and which of it an endpoint is to hear. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['tegata_change', 'tegata_feed']) {
    await db.schema.alterTable(table).addColumn('parts', 'varchar(255)').execute();
    await db.schema.alterTable(table).addColumn('origin', 'varchar(64)').execute();
  }
  await db.schema.alterTable('tegata_feed').addColumn('shares', 'text').execute();
  await db.schema.alterTable('tegata_webhook').addColumn('parts', 'varchar(255)').execute();
  await db.schema.alterTable('tegata_webhook').addColumn('product_statuses', 'varchar(255)').execute();
  await db.schema.alterTable('tegata_webhook').addColumn('excluded_client_id', 'varchar(64)').execute();
}
