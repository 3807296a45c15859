/** Room for the topics of extensions: 255 characters hold little more than those of EC-CUBE's own things. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // A new column, since SQLite knows no change of a column's type and MySQL 5.7 no renaming alone.
  await db.schema.alterTable('tegata_webhook').addColumn('topic_names', 'text').execute();
  await sql`update tegata_webhook set topic_names = topics`.execute(db);
  await db.schema.alterTable('tegata_webhook').dropColumn('topics').execute();
}
