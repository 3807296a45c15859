/** Reads one state of the database, however long it takes, while others go on writing. */
import { Kysely } from 'kysely';
import { type Db, openStore } from '../open.ts';
import type { Tables } from '../tables.ts';

export async function withSnapshot<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: undefined });
  const { snapshot } = store.kit;
  try {
    if (snapshot) {
      await store.close();
      const db = new Kysely<Tables>({ dialect: snapshot(url) });
      return await work(db).finally(() => db.destroy());
    }
    return await store.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(work);
  } finally {
    await store.close();
  }
}
