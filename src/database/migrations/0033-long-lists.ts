/** The jobs of all, newest first, and secrets that will end soon: both are asked for by pages, and were sorted or searched whole. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('tegata_job_created_at')
    .on('tegata_job')
    .columns(['created_at', 'job_id'])
    .execute();
  await db.schema
    .createIndex('tegata_client_secret_expires_at')
    .on('tegata_client_secret')
    .column('expires_at')
    .execute();
}
