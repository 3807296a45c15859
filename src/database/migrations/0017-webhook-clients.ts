/** Endpoints that API clients register for themselves: whose they are, with which access, and the query of their payload. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const table = 'tegata_webhook';
  await db.schema.alterTable(table).addColumn('client_id', 'varchar(64)').execute();
  await db.schema.alterTable(table).addColumn('grant_id', 'varchar(64)').execute();
  await db.schema.alterTable(table).addColumn('member_id', 'integer').execute();
  await db.schema.alterTable(table).addColumn('scopes', 'varchar(255)').execute();
  await db.schema.alterTable(table).addColumn('payload_query', 'text').execute();
}
