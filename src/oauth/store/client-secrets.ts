/**
 * The secrets of a client: added, replaced, ended. The one who looks at them in order to change them holds the client's row
 * first (`lockSecrets`), so that two at once cannot each act on what the other is about to change.
 */
import type { Db } from '../../database/open.ts';

/** Waits until no one else changes the secrets of this client, and keeps it so until the transaction ends. */
export async function lockSecrets(tx: Db, clientId: string, now: number): Promise<void> {
  await tx.updateTable('tegata_client').set({ updated_at: now }).where('client_id', '=', clientId).execute();
}

export async function insertSecret(
  db: Db,
  secret: { secretId: string; clientId: string; hash: string; createdAt: number },
): Promise<void> {
  await db
    .insertInto('tegata_client_secret')
    .values({
      secret_id: secret.secretId,
      client_id: secret.clientId,
      secret_hash: secret.hash,
      created_at: secret.createdAt,
      expires_at: null,
      last_used_at: null,
    })
    .execute();
}

/** Ends every secret made before `keptSecretId` at `expiresAt`, or sooner where one already ends sooner. */
export async function endOtherSecrets(
  db: Db,
  clientId: string,
  keptSecretId: string,
  expiresAt: number,
): Promise<void> {
  await db
    .updateTable('tegata_client_secret')
    .set({ expires_at: expiresAt })
    .where('client_id', '=', clientId)
    .where('secret_id', '!=', keptSecretId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', expiresAt)]))
    .execute();
}

/** Removes the secrets of a client, one perhaps excepted. */
export async function deleteSecretsBut(db: Db, clientId: string, keptSecretId = ''): Promise<void> {
  await db
    .deleteFrom('tegata_client_secret')
    .where('client_id', '=', clientId)
    .where('secret_id', '!=', keptSecretId)
    .execute();
}

/** Removes one secret; false when it is gone, or when it is the only one of the client that works at `now`. */
export async function deleteSecret(
  db: Db,
  clientId: string,
  secretId: string,
  now: number,
): Promise<boolean> {
  await lockSecrets(db, clientId, now);
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
