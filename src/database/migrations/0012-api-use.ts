/** How much the API is used: calls, errors and how long they took, an hour and a subject. */
import type { Kysely } from 'kysely';

const COUNTS = ['calls', 'errors', 'ms', 'ms_50', 'ms_100', 'ms_250', 'ms_500', 'ms_1000', 'ms_2500'];

export async function up(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('tegata_api_use')
    .addColumn('subject', 'varchar(32)', (c) => c.notNull())
    .addColumn('hour_at', 'bigint', (c) => c.notNull());
  for (const name of COUNTS) table = table.addColumn(name, 'bigint', (c) => c.notNull());
  await table.addPrimaryKeyConstraint('tegata_api_use_key', ['subject', 'hour_at']).execute();
  await db.schema
    .createIndex('tegata_api_use_hour_at')
    .on('tegata_api_use')
    .columns(['hour_at', 'subject'])
    .execute();
}
