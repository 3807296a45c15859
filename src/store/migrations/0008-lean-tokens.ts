/**
 * Tables that every token writes, kept in their primary key and with fewer indexes: half the pages a token has to touch.
 * Access tokens lie behind their grant, which their `jti` begins with.
 */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

const HASH = 'varchar(64)'; // SHA-256 in hex
const ID = 'varchar(32)';

type Rebuilt = {
  readonly name: string;
  readonly key: readonly string[];
  columns(table: CreateTableBuilder<string, never>): CreateTableBuilder<string, string>;
  readonly indexes: readonly (readonly string[])[];
};

const TABLES: readonly Rebuilt[] = [
  {
    name: 'tegata_grant',
    key: ['grant_id'],
    columns: (table) =>
      table
        .addColumn('grant_id', ID, (c) => c.notNull())
        .addColumn('client_id', ID, (c) => c.notNull())
        .addColumn('member_id', 'integer')
        .addColumn('login_id', 'varchar(255)')
        .addColumn('scope', 'varchar(255)', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('last_used_at', 'bigint')
        .addColumn('revoked_at', 'bigint')
        .addColumn('revoked_reason', 'varchar(64)')
        .addColumn('resource', 'varchar(255)')
        .addColumn('expires_at', 'bigint'),
    indexes: [['client_id', 'created_at'], ['member_id']],
  },
  {
    name: 'tegata_refresh_token',
    key: ['token_hash'],
    columns: (table) =>
      table
        .addColumn('token_hash', HASH, (c) => c.notNull())
        .addColumn('grant_id', ID, (c) => c.notNull())
        .addColumn('client_id', ID, (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('rotated_at', 'bigint')
        .addColumn('successor_hash', HASH),
    indexes: [['grant_id'], ['expires_at']],
  },
  {
    name: 'tegata_access_token',
    key: ['grant_id', 'jti'],
    columns: (table) =>
      table
        .addColumn('grant_id', ID, (c) => c.notNull())
        .addColumn('jti', 'varchar(80)', (c) => c.notNull())
        .addColumn('client_id', ID, (c) => c.notNull())
        .addColumn('issued_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('revoked_at', 'bigint'),
    indexes: [['expires_at']],
  },
];

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  for (const table of TABLES) await rebuild(db, kit, table);
}

async function rebuild(db: Kysely<unknown>, kit: DialectKit, table: Rebuilt): Promise<void> {
  const old = sql.table(table.name);
  const draft = `${table.name}_draft`;
  const bare = db.schema.createTable(draft) as unknown as CreateTableBuilder<string, never>;
  const made = table.columns(bare).addPrimaryKeyConstraint(`${table.name}_key`, [...table.key]);
  await made.modifyEnd(sql.raw(kit.inPrimaryKey)).execute();
  const names = sql.join(made.toOperationNode().columns.map(({ column }) => sql.ref(column.column.name)));
  await sql`insert into ${sql.table(draft)} (${names}) select ${names} from ${old}`.execute(db);
  await sql`drop table ${old}`.execute(db);
  await db.schema.alterTable(draft).renameTo(table.name).execute();
  for (const columns of table.indexes) {
    const index = db.schema.createIndex(`${table.name}_${columns.join('_')}`).on(table.name);
    await index.columns([...columns]).execute();
  }
}
