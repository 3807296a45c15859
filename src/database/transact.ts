/**
 * A transaction that is begun again when it was the victim of a deadlock. Our own transactions lock in one order, but
 * EC-CUBE writes the same rows in its own. `work` may therefore run several times: whatever it does outside of the
 * database must be its last deed, behind its last statement that can wait for a lock.
 */
import type { Db, Store } from './open.ts';

const MOST_ATTEMPTS = 5;

export async function transact<T>(
  { db, kit }: Pick<Store, 'db' | 'kit'>,
  work: (trx: Db) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !kit.isDeadlock(error)) throw error;
    }
  }
}
