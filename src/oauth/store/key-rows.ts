/** The rows of signing keys that lie in the database. What they hold is sealed; here it is text. */
import type { Db, Store } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';

const RING = 'ring';

export type SealedRing = { readonly version: number; readonly sealed: string };

const selectVersion = prepared((db, p: { name: string }) =>
  db.selectFrom('tegata_key_store').select('version').where('name', '=', p.name),
);

/** Undefined when no ring was ever written. */
export const ringVersion = async (db: Db): Promise<number | undefined> =>
  (await selectVersion(db, { name: RING })).rows[0]?.version;

export const readSealedRing = (db: Db): Promise<SealedRing | undefined> =>
  db.selectFrom('tegata_key_store').select(['version', 'sealed']).where('name', '=', RING).executeTakeFirst();

/** By kid. */
export async function readSealedKeys(db: Db, kids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (kids.length === 0) return new Map();
  const rows = await db
    .selectFrom('tegata_key_store')
    .select(['name', 'sealed'])
    .where('name', 'in', kids.map(nameOf))
    .execute();
  return new Map(rows.map(({ name, sealed }) => [name.slice(nameOf('').length), sealed]));
}

/** Writes the first ring; false when there is one. */
export async function insertSealedRing(
  { kit }: Pick<Store, 'kit'>,
  db: Db,
  sealed: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await kit
    .ifAbsent(db.insertInto('tegata_key_store').values({ name: RING, version: 1, sealed }))
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Writes the ring where there is none. */
export async function writeSealedRing(db: Db, version: number, sealed: string): Promise<void> {
  await db.insertInto('tegata_key_store').values({ name: RING, version, sealed }).execute();
}

/** Writes the ring in the place of the one that was read as `version`; false when someone was faster. */
export async function replaceSealedRing(db: Db, version: number, sealed: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_key_store')
    .set({ version: version + 1, sealed })
    .where('name', '=', RING)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertSealedKey(db: Db, kid: string, sealed: string): Promise<void> {
  await db
    .insertInto('tegata_key_store')
    .values({ name: nameOf(kid), version: 0, sealed })
    .execute();
}

export async function deleteSealedKeys(db: Db, kids: readonly string[]): Promise<void> {
  if (kids.length === 0) return;
  await db.deleteFrom('tegata_key_store').where('name', 'in', kids.map(nameOf)).execute();
}

/** Takes every key and the ring away. */
export async function deleteKeyRows(db: Db): Promise<void> {
  await db.deleteFrom('tegata_key_store').execute();
}

const nameOf = (kid: string): string => `key ${kid}`;
