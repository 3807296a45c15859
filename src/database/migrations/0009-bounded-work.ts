/** What keeps work bounded in large installations: leases for what one process does for all, and indexes behind lists. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_lease')
    .addColumn('name', 'varchar(64)', (c) => c.primaryKey())
    .addColumn('owner', 'varchar(32)', (c) => c.notNull())
    .addColumn('held_until', 'bigint', (c) => c.notNull())
    .execute();
  await index(db, 'tegata_client', ['created_at', 'client_id']);
  await index(db, 'tegata_client', ['name']);
  await index(db, 'tegata_grant', ['created_at', 'grant_id']);
  await index(db, 'tegata_grant', ['member_id', 'created_at']);
  await index(db, 'tegata_event', ['kind', 'occurred_at']);
  await index(db, 'tegata_throttle', ['window_ends_at']);
  await db.schema.alterTable('tegata_client').addColumn('last_used_at', 'bigint').execute();
  await sql`update tegata_client set last_used_at =
    (select max(g.last_used_at) from tegata_grant g where g.client_id = tegata_client.client_id)`.execute(db);
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}
