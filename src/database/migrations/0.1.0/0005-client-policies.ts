/** What each client may have for itself: lifetimes, authentication methods, token profile, keys; and used assertions. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await clientColumns(db);
  const resource = 'varchar(255)';
  await db.schema.alterTable('tegata_authorization_request').addColumn('resource', resource).execute();
  await db.schema.alterTable('tegata_code').addColumn('resource', resource).execute();
  await db.schema.alterTable('tegata_grant').addColumn('resource', resource).execute();
  await db.schema.alterTable('tegata_grant').addColumn('expires_at', 'bigint').execute();
  await db.schema
    .createTable('tegata_assertion')
    .addColumn('assertion_hash', 'varchar(64)', (c) => c.primaryKey())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('tegata_assertion_expires_at')
    .on('tegata_assertion')
    .column('expires_at')
    .execute();
}

// One statement a column: SQLite takes no more.
async function clientColumns(db: Kysely<unknown>): Promise<void> {
  for (const name of ['access_seconds', 'refresh_idle_seconds', 'refresh_absolute_seconds']) {
    await db.schema.alterTable('tegata_client').addColumn(name, 'integer').execute();
  }
  for (const name of ['jwks', 'jwks_uri']) {
    await db.schema.alterTable('tegata_client').addColumn(name, 'text').execute();
  }
  await db.schema
    .alterTable('tegata_client')
    .addColumn('auth_methods', 'varchar(255)', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .alterTable('tegata_client')
    .addColumn('token_profile', 'varchar(16)', (c) => c.notNull().defaultTo('compat'))
    .execute();
  await db.schema
    .alterTable('tegata_client')
    .addColumn('resource_server', 'smallint', (c) => c.notNull().defaultTo(0))
    .execute();
}
