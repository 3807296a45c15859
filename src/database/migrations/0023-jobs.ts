/** Bulk jobs: what is to be done line by line, and what became of each line. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

const COUNTS = ['total', 'succeeded', 'failed', 'input_parts', 'part', 'line', 'result_parts'];

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  let table = db.schema
    .createTable('tegata_job')
    .addColumn('job_id', 'varchar(32)', (c) => c.primaryKey())
    .addColumn('client_id', 'varchar(64)', (c) => c.notNull())
    .addColumn('grant_id', 'varchar(64)', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('kind', 'varchar(8)', (c) => c.notNull())
    .addColumn('operation', 'varchar(255)', (c) => c.notNull())
    .addColumn('state', 'varchar(16)', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('turn_ms', 'bigint', (c) => c.notNull());
  for (const name of COUNTS) table = table.addColumn(name, 'integer', (c) => c.notNull());
  await table
    .addColumn('result_bytes', 'bigint', (c) => c.notNull())
    .addColumn('error_code', 'varchar(32)')
    .addColumn('error_message', 'varchar(1000)')
    .execute();
  await db.schema
    .createTable('tegata_job_part')
    .addColumn('job_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('kind', 'varchar(8)', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('first_line', 'integer', (c) => c.notNull())
    .addColumn('content', sql.raw(kit.columnType('text')), (c) => c.notNull())
    .addPrimaryKeyConstraint('tegata_job_part_key', ['job_id', 'kind', 'number'])
    .execute();
  await index(db, ['state', 'created_at']);
  await index(db, ['client_id', 'created_at']);
}

async function index(db: Kysely<unknown>, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`tegata_job_${columns.join('_')}`)
    .on('tegata_job')
    .columns(columns)
    .execute();
}
