/** A shop taken over from EC-CUBE's Web API plugin: what stands, which of its tokens came in here, what the way back needs. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await createTakeover(db);
  await createPluginToken(db);
  await db.schema
    .createTable('tegata_takeover_webhook')
    .addColumn('plugin_id', 'bigint', (c) => c.primaryKey())
    .addColumn('webhook_id', 'varchar(32)', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('tegata_takeover_secret')
    .addColumn('client_id', 'varchar(64)', (c) => c.primaryKey())
    .addColumn('secret_sealed', 'text', (c) => c.notNull())
    .addColumn('kept_at', 'bigint', (c) => c.notNull())
    .execute();
  for (const statement of kit.addColumns('tegata_webhook', ['feed_until bigint'])) {
    await sql.raw(statement).execute(db);
  }
}

const createTakeover = (db: Kysely<unknown>): Promise<void> =>
  db.schema
    .createTable('tegata_takeover')
    .addColumn('takeover_id', 'integer', (c) => c.primaryKey())
    .addColumn('state', 'varchar(16)', (c) => c.notNull())
    .addColumn('plugin_code', 'varchar(16)', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('honoured_until', 'bigint')
    .addColumn('key_type', 'varchar(16)', (c) => c.notNull())
    .addColumn('password_sealed', 'text')
    .addColumn('public_key', 'text')
    .execute();

async function createPluginToken(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_plugin_token')
    .addColumn('identifier', 'varchar(80)', (c) => c.notNull())
    .addColumn('kind', 'varchar(16)', (c) => c.notNull())
    .addColumn('token_hash', 'varchar(64)')
    .addColumn('grant_id', 'varchar(64)')
    .addColumn('client_id', 'varchar(64)', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tegata_plugin_token_pk', ['identifier', 'kind'])
    .execute();
  for (const column of ['token_hash', 'grant_id', 'client_id', 'expires_at']) {
    await db.schema
      .createIndex(`tegata_plugin_token_${column}`)
      .on('tegata_plugin_token')
      .column(column)
      .execute();
  }
}
