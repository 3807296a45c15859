/** Taking Tegata's tables away: no node serves from the database meanwhile. */
import { takeLease } from '../leases.ts';
import type { Db, Store } from '../open.ts';

const LEAVE = { name: 'uninstall', owner: 'uninstall', seconds: 600 };

/** Tegata's tables are being taken away, and no process may begin to serve. */
export class LeavingError extends Error {
  constructor() {
    super('Tegata is being uninstalled from this database');
  }
}

/** From now on no process begins to serve, for ten minutes or until the tables are gone. */
export const holdOffNodes = (store: Store, now: number): Promise<boolean> => takeLease(store, LEAVE, now);

export async function letNodesBegin({ db }: Store): Promise<void> {
  await db.deleteFrom('tegata_lease').where('name', '=', LEAVE.name).execute();
}

/** Whether someone is taking Tegata's tables away. */
export async function isLeaving(db: Db, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_lease')
    .select('name')
    .where('name', '=', LEAVE.name)
    .where('held_until', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}
