/**
 * Access tokens lie behind their grant, with one index less for it and none for when they were issued, which no one asks:
 * every token is written here, and each index is one more place on the disk to touch.
 */
import { type Kysely, sql } from 'kysely';

const COLUMNS = ['grant_id', 'jti', 'client_id', 'issued_at', 'expires_at', 'revoked_at'];

// A table made again: SQLite changes no primary key.
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_access_token_draft')
    .addColumn('grant_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('jti', 'varchar(80)', (c) => c.notNull())
    .addColumn('client_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('issued_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addPrimaryKeyConstraint('tegata_access_token_key', ['grant_id', 'jti'])
    .execute();
  const columns = sql.join(COLUMNS.map((name) => sql.ref(name)));
  await sql`insert into tegata_access_token_draft (${columns}) select ${columns} from tegata_access_token`.execute(
    db,
  );
  await db.schema.dropTable('tegata_access_token').execute();
  await db.schema.alterTable('tegata_access_token_draft').renameTo('tegata_access_token').execute();
  await db.schema
    .createIndex('tegata_access_token_expires_at')
    .on('tegata_access_token')
    .column('expires_at')
    .execute();
}
