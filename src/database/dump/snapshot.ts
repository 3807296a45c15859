/** Reads one state of the database, however long it takes, while others go on writing. */
import { Kysely } from 'kysely';
import { openStore, type Store } from '../open.ts';
import type { Tables } from '../tables.ts';

export async function withSnapshot<T>(
  url: string,
  work: (target: Pick<Store, 'db' | 'kit'>) => Promise<T>,
): Promise<T> {
  const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: undefined });
  const { kit } = store;
  try {
    if (kit.snapshot) {
      await store.close();
      const db = new Kysely<Tables>({ dialect: kit.snapshot(url) });
      return await work({ db, kit }).finally(() => db.destroy());
    }
    return await store.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((db) => work({ db, kit }));
  } finally {
    await store.close();
  }
}
