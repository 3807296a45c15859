/** Claims of processes that have ended: they go back before their lease runs out. */
import { randomHex } from '../../base/bytes.ts';
import { isOfEnded, MARK_CHARACTERS, markOf } from '../../database/nodes/process-mark.ts';
import type { Db } from '../../database/open.ts';

const OWNER_CHARACTERS = 32; // what the column holds

/** Names one claim of this process; no two are the same. */
export function claimOwner(): string {
  const random = randomHex(OWNER_CHARACTERS / 2);
  const mark = markOf(process.pid);
  return mark === undefined ? random : mark + random.slice(MARK_CHARACTERS);
}

/** What was under way may have arrived: its attempt goes on counting. */
export async function releaseEnded(db: Db, now: number): Promise<void> {
  const claims = await db
    .selectFrom('tegata_delivery')
    .select('lease_owner')
    .where('state', '=', 'pending')
    .where('lease_until', '>=', now)
    .execute();
  const ended = claims.map(({ lease_owner }) => lease_owner ?? '').filter(isOfEnded);
  if (ended.length === 0) return;
  await db
    .updateTable('tegata_delivery')
    .set({ lease_owner: null, lease_until: null })
    .where('state', '=', 'pending')
    .where('lease_owner', 'in', ended)
    .execute();
}
