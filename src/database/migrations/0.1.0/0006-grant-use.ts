/** What each grant has called, how often, last when and from where. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_grant_use')
    .addColumn('grant_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('operation', 'varchar(64)', (c) => c.notNull())
    .addColumn('calls', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint', (c) => c.notNull())
    .addColumn('last_ip', 'varchar(64)')
    .addPrimaryKeyConstraint('tegata_grant_use_key', ['grant_id', 'operation'])
    .execute();
}
