/** What a removed client leaves behind: its grants and their tokens, which may be millions and go some at a time. */
import type { Db } from '../../database/open.ts';

/**
 * Removes up to `batch` rows in one transaction; returns how many, 0 when nothing is left. The tokens of a grant go before
 * the grant, so that whatever is still there is found again by its client.
 */
export const removeSomeOfClient = (db: Db, clientId: string, batch: number): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const ids = await grantIdsOf(tx, clientId, batch);
    if (ids.length === 0) return 0;
    const tokens = (await removeRefreshTokens(tx, ids, batch)) || (await removeAccessTokens(tx, ids, batch));
    if (tokens > 0) return tokens;
    await tx.deleteFrom('tegata_grant_use').where('grant_id', 'in', ids).execute();
    await tx.deleteFrom('tegata_grant').where('grant_id', 'in', ids).execute();
    return ids.length;
  });

async function grantIdsOf(tx: Db, clientId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('tegata_grant')
    .select('grant_id')
    .where('client_id', '=', clientId)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map(({ grant_id: id }) => id);
}

async function removeRefreshTokens(tx: Db, grantIds: readonly string[], limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('tegata_refresh_token')
    .select(['grant_id', 'token_hash'])
    .where('grant_id', 'in', [...grantIds])
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const hashes = rows.map(({ token_hash: hash }) => hash);
  await tx
    .deleteFrom('tegata_refresh_token')
    .where('grant_id', 'in', [...grantIds])
    .where('token_hash', 'in', hashes)
    .execute();
  return rows.length;
}

async function removeAccessTokens(tx: Db, grantIds: readonly string[], limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('tegata_access_token')
    .select(['grant_id', 'jti'])
    .where('grant_id', 'in', [...grantIds])
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(({ jti }) => jti);
  await tx
    .deleteFrom('tegata_access_token')
    .where('grant_id', 'in', [...grantIds])
    .where('jti', 'in', ids)
    .execute();
  return rows.length;
}

/** Ids of clients behind `after` that have grants but are gone, among the next `looked` that have any. */
export async function removedClientsAfter(
  db: Db,
  after: string,
  looked: number,
): Promise<{ readonly removed: readonly string[]; readonly last: string | undefined }> {
  const removed: string[] = [];
  let place = after;
  for (let i = 0; i < looked; i += 1) {
    const next = await nextClientWithGrants(db, place);
    if (next === undefined) return { removed, last: undefined };
    if (!(await exists(db, next))) removed.push(next);
    place = next;
  }
  return { removed, last: place };
}

/** One step in the index of grants by client: however many grants a client has. */
async function nextClientWithGrants(db: Db, after: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('tegata_grant')
    .select('client_id')
    .where('client_id', '>', after)
    .orderBy('client_id')
    .limit(1)
    .executeTakeFirst();
  return row?.client_id;
}

async function exists(db: Db, clientId: string): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_client')
    .select('client_id')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row !== undefined;
}
