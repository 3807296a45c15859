/** The deliveries of one endpoint, newest first: a page of a quiet endpoint no longer reads past those of all busy ones. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tegata_delivery_list')
    .on('tegata_delivery')
    .columns(['webhook_id', 'created_at', 'last_position', 'delivery_id'])
    .execute();
}
