/** Ends one secret of a client, but never the last that works. */
import type { Db } from './open.ts';

/** Removes one secret; false when it is gone, or when it is the only one of the client that works at `now`. */
export async function deleteSecret(
  db: Db,
  clientId: string,
  secretId: string,
  now: number,
): Promise<boolean> {
  // Locked before it is looked at, so that two at once cannot each take the other's for the one that stays.
  await db.updateTable('tegata_client').set({ updated_at: now }).where('client_id', '=', clientId).execute();
  const others = await db
    .selectFrom('tegata_client_secret')
    .select('secret_id')
    .where('client_id', '=', clientId)
    .where('secret_id', '!=', secretId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .limit(1)
    .execute();
  if (others.length === 0) return false;
  const { numDeletedRows } = await db
    .deleteFrom('tegata_client_secret')
    .where('client_id', '=', clientId)
    .where('secret_id', '=', secretId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
