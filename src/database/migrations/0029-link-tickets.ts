/** Tickets of EC-CUBE's admin that were used, so that each logs in once. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_link_ticket')
    .addColumn('ticket_hash', 'varchar(64)', (c) => c.notNull().primaryKey())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('tegata_link_ticket_expires_at')
    .on('tegata_link_ticket')
    .column('expires_at')
    .execute();
}
