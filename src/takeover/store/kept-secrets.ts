/** Secrets of clients that were made while the way back is open, sealed; and who was removed here meanwhile. */
import type { Db } from '../../database/open.ts';
import { sealClientSecret } from '../../oauth/plugin/bridge.ts';
import { issuesForBoth } from '../../oauth/rules/takeover.ts';
import { readTakeover } from '../../oauth/store/takeover-state.ts';

/** Keeps the client's newest secret for the plugin; does nothing when there is no way back. */
export const secretKeeper =
  (masterKey: Uint8Array) =>
  async (tx: Db, clientId: string, secret: string, now: number): Promise<void> => {
    const takeover = await readTakeover(tx);
    if (!takeover || !issuesForBoth(takeover.state)) return;
    await tx.deleteFrom('tegata_takeover_secret').where('client_id', '=', clientId).execute();
    const secretSealed = sealClientSecret(masterKey, clientId, secret);
    const row = { client_id: clientId, secret_sealed: secretSealed, kept_at: now };
    await tx.insertInto('tegata_takeover_secret').values(row).execute();
  };

export async function keptSecrets(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('tegata_takeover_secret').selectAll().execute();
  return new Map(rows.map((row) => [row.client_id, row.secret_sealed]));
}

export async function forgetSecrets(tx: Db): Promise<void> {
  await tx.deleteFrom('tegata_takeover_secret').execute();
}

/** Clients that staff removed since the takeover. */
export async function removedSince(db: Db, startedAt: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('tegata_event')
    .select('client_id')
    .where('kind', '=', 'client_deleted')
    .where('occurred_at', '>=', startedAt)
    .execute();
  return new Set(rows.flatMap((row) => row.client_id ?? []));
}
