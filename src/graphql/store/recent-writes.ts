/**
 * Which clients have written a moment ago, told to all nodes. Rows of `tegata_throttle`, which are swept when their time is over.
 * By the database's own clock.
 */
import { sql } from 'kysely';
import { sha256Hex } from '../../base/bytes.ts';
import type { ShopStore } from '../../shop/rows/select.ts';

const markOf = (clientId: string): string => sha256Hex(`has written ${clientId}`);

/** For `seconds` from now on. */
export async function noteRecentWrite(
  { db, kit }: ShopStore,
  clientId: string,
  seconds: number,
): Promise<void> {
  const until = { window_ends_at: sql<number>`${kit.serverNow} + ${sql.lit(seconds)}` };
  const { numUpdatedRows } = await db
    .updateTable('tegata_throttle')
    .set(until)
    .where('throttle_id', '=', markOf(clientId))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await kit
    .ifAbsent(
      db.insertInto('tegata_throttle').values({ throttle_id: markOf(clientId), failures: 0, ...until }),
    )
    .execute();
}

export async function hasRecentWrite({ db, kit }: ShopStore, clientId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from tegata_throttle
    where throttle_id = ${markOf(clientId)} and window_ends_at > ${kit.serverNow}`.execute(db);
  return rows.length > 0;
}
