/** What one process does for all of them: the one who holds the lease, until it runs out. */
import type { Db, Store } from './open.ts';

export type Lease = {
  readonly name: string;
  /** Names the process; no two are the same. */
  readonly owner: string;
  readonly seconds: number;
};

/**
 * Takes the lease or goes on holding it; one conditional write decides. An end that is further ahead than
 * clocks may differ comes from one that was wrong: such a lease is no one's.
 */
export async function takeLease(
  { db, kit }: Store,
  { name, owner, seconds }: Lease,
  now: number,
): Promise<boolean> {
  const ends = now + seconds;
  if (await extend(db, { name, owner, seconds }, now)) return true;
  const row = { name, owner, held_until: ends };
  const { numInsertedOrUpdatedRows } = await kit
    .ifAbsent(db.insertInto('tegata_lease').values(row))
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function extend(db: Db, { name, owner, seconds }: Lease, now: number): Promise<boolean> {
  const ends = now + seconds;
  const { numUpdatedRows } = await db
    .updateTable('tegata_lease')
    .set({ owner, held_until: ends })
    .where('name', '=', name)
    .where((eb) =>
      eb.or([eb('owner', '=', owner), eb('held_until', '<=', now), eb('held_until', '>', ends + seconds)]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
