/**
 * What a removed client leaves behind: its grants and their tokens, and what it kept about rows of the shop. That may be millions
 * of rows and goes some at a time.
 */
import type { Db } from '../../database/open.ts';

/**
 * Removes up to `batch` rows in one transaction; returns how many, 0 when nothing is left. The tokens of a grant go before
 * the grant, so that whatever is still there is found again by its client.
 */
export const removeSomeOfClient = (db: Db, clientId: string, batch: number): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const kept = await removeClientData(tx, clientId, batch);
    if (kept > 0) return kept;
    const ids = await grantIdsOf(tx, clientId, batch);
    if (ids.length === 0) return 0;
    const tokens = (await removeRefreshTokens(tx, ids, batch)) || (await removeAccessTokens(tx, ids, batch));
    if (tokens > 0) return tokens;
    await tx.deleteFrom('tegata_grant_use').where('grant_id', 'in', ids).execute();
    await tx.deleteFrom('tegata_grant').where('grant_id', 'in', ids).execute();
    return ids.length;
  });

async function removeClientData(tx: Db, clientId: string, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('tegata_client_data')
    .select(['entity', 'row_id'])
    .where('client_id', '=', clientId)
    .orderBy('entity')
    .orderBy('row_id')
    .limit(limit)
    .execute();
  for (const [entity, own] of Map.groupBy(rows, (row) => row.entity)) {
    await tx
      .deleteFrom('tegata_client_data')
      .where('client_id', '=', clientId)
      .where('entity', '=', entity)
      .where(
        'row_id',
        'in',
        own.map((row) => row.row_id),
      )
      .execute();
  }
  return rows.length;
}

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

/** Ids of clients behind `after` that are gone but have left something, among the next `looked` that have anything. */
export async function removedClientsAfter(
  db: Db,
  after: string,
  looked: number,
): Promise<{ readonly removed: readonly string[]; readonly last: string | undefined }> {
  const removed: string[] = [];
  let place = after;
  for (let i = 0; i < looked; i += 1) {
    const next = await nextClient(db, place);
    if (next === undefined) return { removed, last: undefined };
    if (!(await exists(db, next))) removed.push(next);
    place = next;
  }
  return { removed, last: place };
}

/** One step in the indexes by client, however many rows a client has. */
async function nextClient(db: Db, after: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const table of ['tegata_grant', 'tegata_client_data'] as const) {
    const row = await db
      .selectFrom(table)
      .select('client_id')
      .where('client_id', '>', after)
      .orderBy('client_id')
      .limit(1)
      .executeTakeFirst();
    if (row) found.push(row.client_id);
  }
  return found.sort()[0];
}

async function exists(db: Db, clientId: string): Promise<boolean> {
  const row = await db
    .selectFrom('tegata_client')
    .select('client_id')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row !== undefined;
}
