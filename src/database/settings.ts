/** Switches that belong to the installation, not to a process: kept in the database so that all nodes agree. */
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

const selectSetting = prepared((db, p: { name: string }) =>
  db.selectFrom('tegata_setting').select('value').where('name', '=', p.name),
);

export const readSetting = async (db: Db, name: string): Promise<string | undefined> =>
  (await selectSetting(db, { name })).rows[0]?.value;

/** Sets a value in a transaction of the caller's. */
export async function writeSetting(db: Db, name: string, value: string): Promise<void> {
  await db.deleteFrom('tegata_setting').where('name', '=', name).execute();
  await db.insertInto('tegata_setting').values({ name, value }).execute();
}
