/**
 * A transaction that has one table of the shop's for itself: a transaction that has read it is waited for until it has ended,
 * and no one else reads it before this one has. So what others do by what they read there is either done, or not begun.
 */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';
import { withRights } from '../../database/rights.ts';
import { transact } from '../../database/transact.ts';

export type Fence = {
  readonly table: string;
  /** Opens another connection to the same database, closed by its user. */
  readonly openBeside: () => Store;
  /** Where two connections commit one after the other, and the program dies between them: whose rows are written then. */
  readonly first: 'table' | 'rest';
};

/**
 * `table`: the connection on which the fenced table is read and written; `tx`: for all else. They are one, but on MySQL, where a
 * table that is locked is all that its connection may use. `work` may run several times.
 */
type Work<T> = (tx: Db, table: Db) => Promise<T>;

/**
 * Throws an error of the driver, of a kind that `outageOf` calls busy, when the others do not end within a few seconds; a
 * `MissingRightError` where the database user may not lock.
 */
export async function transactFenced<T>(store: Store, fence: Fence, work: Work<T>): Promise<T> {
  const { within = [], beside } = store.kit.fence(fence.table);
  if (beside) return fencedBeside(store, fence, beside, work);
  return transact(store, async (tx) => {
    for (const statement of within) await statement.execute(tx);
    return work(tx, tx);
  });
}

async function fencedBeside<T>(
  store: Store,
  { openBeside, first }: Fence,
  lock: NonNullable<ReturnType<Store['kit']['fence']>['beside']>,
  work: Work<T>,
): Promise<T> {
  const other = openBeside();
  try {
    return await other.db.connection().execute(async (table) => {
      await withRights(store, 'fence', async () => {
        for (const statement of lock) await statement.execute(table);
      });
      const commit = () => sql`commit`.execute(table);
      const result = await transact(store, async (tx) => {
        await sql`rollback`.execute(table); // of an attempt before this one; the lock stays
        const done = await work(tx, table);
        if (first === 'table') await commit();
        return done;
      });
      if (first === 'rest') await commit();
      return result;
    });
  } finally {
    await other.close(); // and with the connection goes its lock
  }
}
