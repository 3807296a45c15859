/** The first answer to a mutation that the caller had given a name, sealed, so that a repetition hears the same. */
import { type Kysely, sql } from 'kysely';
import type { DialectKit } from '../dialect/kit.ts';

export async function up(db: Kysely<unknown>, kit: DialectKit): Promise<void> {
  await db.schema
    .alterTable('tegata_client_mutation')
    .addColumn('answer', sql.raw(kit.columnType('text')))
    .execute();
}
