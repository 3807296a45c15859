/** What was answered to a mutation that the caller had given a name, so that the same one again changes nothing. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../../dialect/kit.ts';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await db.schema
    .createTable('tegata_client_mutation')
    .addColumn('client_id', 'varchar(32)', (c) => c.notNull())
    .addColumn('mutation', 'varchar(64)', (c) => c.notNull())
    .addColumn('id_hash', 'varchar(64)', (c) => c.notNull())
    .addColumn('args_hash', 'varchar(64)', (c) => c.notNull())
    .addColumn('result', sql.raw(kit.columnType('text')))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tegata_client_mutation_key', ['client_id', 'mutation', 'id_hash'])
    .execute();
  await db.schema
    .createIndex('tegata_client_mutation_created_at')
    .on('tegata_client_mutation')
    .columns(['created_at'])
    .execute();
}
