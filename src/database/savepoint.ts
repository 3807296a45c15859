/** Part of a transaction that can be taken back by itself. Its locks stay until the transaction ends. */
import { sql } from 'kysely';
import type { Db } from './open.ts';

/**
 * What `work` has written is taken back when it throws. `trx`: the transaction. `name`: another one for a savepoint around
 * others, since MySQL forgets the outer of two that are called the same.
 */
export async function inSavepoint<T>(trx: Db, work: () => Promise<T>, name = 'tegata_part'): Promise<T> {
  const savepoint = sql.id(name);
  await sql`savepoint ${savepoint}`.execute(trx);
  try {
    const result = await work();
    await sql`release savepoint ${savepoint}`.execute(trx);
    return result;
  } catch (error) {
    // After a deadlock there may be no savepoint any more; why it came to that is what the caller needs to know.
    await sql`rollback to savepoint ${savepoint}`.execute(trx).catch(() => undefined);
    throw error;
  }
}
