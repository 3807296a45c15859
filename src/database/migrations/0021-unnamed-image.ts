/** Files of images that may be named by no product: looked at later, and removed when that is so. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tegata_unnamed_image')
    .addColumn('file_name', 'varchar(255)', (c) => c.notNull().primaryKey())
    .addColumn('noted_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('tegata_unnamed_image_noted_at')
    .on('tegata_unnamed_image')
    .column('noted_at')
    .execute();
}
