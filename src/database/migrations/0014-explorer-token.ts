/** The explorer's token outlives a reload: sealed with what only the browser's cookie holds, and gone with the session. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tegata_session').addColumn('explorer_token', 'text').execute();
}
