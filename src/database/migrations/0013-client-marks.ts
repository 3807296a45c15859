/** What is known of a client beside its settings: what the program made it for, and when its app last went without PKCE. */
import { type Kysely, sql } from 'kysely';

/** Names and callbacks of the clients that connection tests and the explorer made for themselves. */
const WALKS = [
  ['tester', 'Tegata flow tester', '%/api/tester/callback"]'],
  ['explorer', 'Tegata API explorer', '%/api/explorer/callback"]'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tegata_client').addColumn('purpose', 'varchar(16)').execute();
  await db.schema.alterTable('tegata_client').addColumn('without_pkce_at', 'bigint').execute();
  await db.schema
    .createIndex('tegata_client_purpose')
    .on('tegata_client')
    .columns(['purpose', 'created_at'])
    .execute();
  for (const [purpose, name, callback] of WALKS) {
    await sql`update tegata_client set purpose = ${purpose}
      where name = ${name} and redirect_uris like ${callback} and client_type = 'public'`.execute(db);
  }
}
