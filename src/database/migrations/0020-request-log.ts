/** The requests of each client one by one, finer spans of how long calls took, and what each client may spend a minute. */
import { type Kysely, sql } from 'kysely';

const FINER_SPANS = ['ms_5', 'ms_10', 'ms_25', 'ms_10000'];
const DAY_SECONDS = 86_400;

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tegata_client').addColumn('cost_per_minute', 'integer').execute();
  await finerUse(db);
  await db.schema
    .createTable('tegata_api_call')
    .addColumn('request_id', 'varchar(32)', (c) => c.primaryKey())
    .addColumn('client_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('called_at', 'bigint', (c) => c.notNull())
    .addColumn('operation', 'varchar(64)', (c) => c.notNull())
    .addColumn('fields', 'varchar(255)', (c) => c.notNull())
    .addColumn('status', 'integer', (c) => c.notNull())
    .addColumn('ms', 'integer', (c) => c.notNull())
    .addColumn('cost', 'integer', (c) => c.notNull())
    .addColumn('error_code', 'varchar(40)')
    .execute();
  await db.schema
    .createIndex('tegata_api_call_client')
    .on('tegata_api_call')
    .columns(['client_id', 'called_at', 'request_id'])
    .execute();
  await db.schema
    .createIndex('tegata_api_call_called_at')
    .on('tegata_api_call')
    .column('called_at')
    .execute();
}

/** A row says itself how long it is kept: of a client longer than of one of its grants. */
async function finerUse(db: Kysely<unknown>): Promise<void> {
  for (const name of [...FINER_SPANS, 'kept_until']) {
    await db.schema
      .alterTable('tegata_api_use')
      .addColumn(name, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  const [all, others] = [sql.lit(32 * DAY_SECONDS), sql.lit(2 * DAY_SECONDS)];
  await sql`update tegata_api_use
    set kept_until = hour_at + case when subject = '' then ${all} else ${others} end`.execute(db);
  await db.schema
    .createIndex('tegata_api_use_kept_until')
    .on('tegata_api_use')
    .column('kept_until')
    .execute();
}
