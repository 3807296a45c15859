/** The first set of Tegata's own tables; one text for all three databases. */
import type { Kysely } from 'kysely';
import type { DialectKit } from '../../dialect/kit.ts';

const HASH = 'varchar(64)'; // SHA-256 in hex
const ID = 'varchar(32)';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await clients(db);
  await grants(db);
  await tokens(db);
  await browser(db);
  await records(db, kit);
}

async function clients(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_client')
    .addColumn('client_id', ID, (c) => c.primaryKey())
    .addColumn('name', 'varchar(255)', (c) => c.notNull())
    .addColumn('client_type', 'varchar(16)', (c) => c.notNull())
    .addColumn('redirect_uris', 'text', (c) => c.notNull())
    .addColumn('scopes', 'varchar(255)', (c) => c.notNull())
    .addColumn('grants', 'varchar(255)', (c) => c.notNull())
    .addColumn('pkce_required', 'smallint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('created_by', 'varchar(255)')
    .addColumn('disabled_at', 'bigint')
    .execute();
  await db.schema
    .createTable('tegata_client_secret')
    .addColumn('secret_id', ID, (c) => c.primaryKey())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('secret_hash', HASH, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await index(db, 'tegata_client_secret', ['client_id']);
}

async function grants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_grant')
    .addColumn('grant_id', ID, (c) => c.primaryKey())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('member_id', 'integer')
    .addColumn('login_id', 'varchar(255)')
    .addColumn('scope', 'varchar(255)', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('revoked_reason', 'varchar(64)')
    .execute();
  await index(db, 'tegata_grant', ['client_id', 'created_at']);
  await index(db, 'tegata_grant', ['member_id']);
}

async function tokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_code')
    .addColumn('code_hash', HASH, (c) => c.primaryKey())
    .addColumn('grant_id', ID, (c) => c.notNull())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('member_id', 'integer', (c) => c.notNull())
    .addColumn('login_id', 'varchar(255)', (c) => c.notNull())
    .addColumn('redirect_uri', 'text', (c) => c.notNull())
    .addColumn('redirect_uri_sent', 'smallint', (c) => c.notNull())
    .addColumn('scope', 'varchar(255)', (c) => c.notNull())
    .addColumn('code_challenge', 'varchar(128)')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await index(db, 'tegata_code', ['expires_at']);
  await db.schema
    .createTable('tegata_refresh_token')
    .addColumn('token_hash', HASH, (c) => c.primaryKey())
    .addColumn('grant_id', ID, (c) => c.notNull())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('rotated_at', 'bigint')
    .addColumn('successor_hash', HASH)
    .execute();
  await index(db, 'tegata_refresh_token', ['grant_id']);
  await index(db, 'tegata_refresh_token', ['expires_at']);
  await db.schema
    .createTable('tegata_access_token')
    .addColumn('jti', 'varchar(80)', (c) => c.primaryKey())
    .addColumn('grant_id', ID, (c) => c.notNull())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('issued_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute();
  await index(db, 'tegata_access_token', ['grant_id']);
  await index(db, 'tegata_access_token', ['expires_at']);
  await index(db, 'tegata_access_token', ['issued_at']);
}

async function browser(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_authorization_request')
    .addColumn('request_id', 'varchar(43)', (c) => c.primaryKey())
    .addColumn('browser_hash', HASH, (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('client_id', ID, (c) => c.notNull())
    .addColumn('redirect_uri', 'text', (c) => c.notNull())
    .addColumn('redirect_uri_sent', 'smallint', (c) => c.notNull())
    .addColumn('scope', 'varchar(255)', (c) => c.notNull())
    .addColumn('state', 'text')
    .addColumn('code_challenge', 'varchar(128)')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('decision', 'varchar(16)')
    .addColumn('decided_at', 'bigint')
    .execute();
  await index(db, 'tegata_authorization_request', ['expires_at']);
  await db.schema
    .createTable('tegata_session')
    .addColumn('session_hash', HASH, (c) => c.primaryKey())
    .addColumn('member_id', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('client_ip', 'varchar(64)', (c) => c.notNull())
    .addColumn('user_agent', 'varchar(255)', (c) => c.notNull())
    .execute();
  await index(db, 'tegata_session', ['member_id']);
  await index(db, 'tegata_session', ['expires_at']);
  await db.schema
    .createTable('tegata_throttle')
    .addColumn('throttle_id', HASH, (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('window_ends_at', 'bigint', (c) => c.notNull())
    .execute();
}

async function records(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await db.schema
    .createTable('tegata_event')
    .addColumn('event_id', kit.autoIncrement.type, (c) => {
      const key = c.primaryKey();
      return kit.autoIncrement.identity ? key.generatedByDefaultAsIdentity() : key.autoIncrement();
    })
    .addColumn('occurred_at', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'varchar(64)', (c) => c.notNull())
    .addColumn('client_id', ID)
    .addColumn('login_id', 'varchar(255)')
    .addColumn('client_ip', 'varchar(64)')
    .addColumn('request_id', 'varchar(64)')
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await index(db, 'tegata_event', ['occurred_at']);
  await index(db, 'tegata_event', ['client_id', 'occurred_at']);
  await db.schema
    .createTable('tegata_setting')
    .addColumn('name', 'varchar(64)', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}
