/** Part of a transaction that can be taken back by itself. Its locks stay until the transaction ends. */
import { sql } from 'kysely';
import type { Db } from './open.ts';

/** What `work` has written is taken back when it throws. `trx`: the transaction. */
export async function inSavepoint<T>(trx: Db, work: () => Promise<T>): Promise<T> {
  await sql`savepoint tegata_part`.execute(trx);
  try {
    const result = await work();
    await sql`release savepoint tegata_part`.execute(trx);
    return result;
  } catch (error) {
    // After a deadlock there may be no savepoint any more; why it came to that is what the caller needs to know.
    await sql`rollback to savepoint tegata_part`.execute(trx).catch(() => undefined);
    throw error;
  }
}
