/** Whether the database takes writes: a replica, or a server set read-only, answers every question but this one. */
import type { Store } from './open.ts';

/** Rejects when it does not; changes nothing. */
export async function requireWritable({ db }: Store): Promise<void> {
  await db
    .updateTable('tegata_setting')
    .set({ value: '' })
    .where('name', '=', '')
    .where('name', '<>', '')
    .execute();
}
