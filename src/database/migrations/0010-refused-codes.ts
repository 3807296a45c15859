/** Why a code was spent without a grant, so that who sends it again is told the same, and not that tokens were revoked. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tegata_code').addColumn('refused_because', 'varchar(255)').execute();
}
