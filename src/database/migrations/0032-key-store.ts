/** Signing keys that lie in the database, encrypted with a key that does not: the ring, and each key, as one sealed text. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_key_store')
    .addColumn('name', 'varchar(128)', (c) => c.notNull().primaryKey())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .execute();
}
