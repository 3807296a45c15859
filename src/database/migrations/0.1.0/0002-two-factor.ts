/** What the second step of the login and the repeated password need; one text for all three databases. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tegata_session').addColumn('previous_login_at', 'bigint').execute();
  await db.schema
    .alterTable('tegata_session')
    .addColumn('confirmed_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('tegata_session').addColumn('awaits', 'varchar(16)').execute();
  await db.schema
    .createTable('tegata_two_factor_use')
    .addColumn('member_id', 'integer', (c) => c.primaryKey())
    .addColumn('last_step', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('tegata_recovery_code')
    .addColumn('code_hash', 'varchar(64)', (c) => c.primaryKey())
    .addColumn('member_id', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('tegata_recovery_code_member_id')
    .on('tegata_recovery_code')
    .columns(['member_id'])
    .execute();
}
