/** Jobs of CSV rows, and those whose file a member has sent by the admin. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const job = () => db.schema.alterTable('tegata_job');
  await job().addColumn('member_id', 'integer').execute();
  await job().addColumn('csv', 'varchar(16)').execute();
  await job()
    .addColumn('is_dry', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
