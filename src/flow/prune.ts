/** Keeps Tegata's own tables bounded: removes in batches what has expired or is older than it is kept. */
import type { Clock } from '../base/clock.ts';
import { pruneApiUse } from '../store/api-use.ts';
import { pruneEvents } from '../store/events.ts';
import { type Expired, pruneExpired } from '../store/expired.ts';
import { pruneGrantUse } from '../store/grant-use.ts';
import type { Db, Store } from '../store/open.ts';
import { pruneSessions } from '../store/sessions.ts';
import { pruneThrottle } from '../store/throttle.ts';

const BATCH = 1_000; // rows in one statement
const BATCHES = 50; // of one kind in one go
const DAY_SECONDS = 86_400;

export type PruneDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** `TEGATA_AUDIT_DAYS`. */
  readonly auditDays: number;
};

/** Rows removed of each kind. Safe to run on several nodes at once, as often as one likes. */
export type Pruned = Readonly<Record<'expired' | 'sessions' | 'throttle' | 'events' | 'uses', number>>;

export async function pruneOnce({ store: { db }, clock, auditDays }: PruneDeps): Promise<Pruned> {
  const now = clock.now();
  return {
    expired: (await clearExpired(db, now)).rows,
    sessions: await inBatches(() => pruneSessions(db, now, BATCH)),
    throttle: await inBatches(() => pruneThrottle(db, now, BATCH)),
    events: await inBatches(() => pruneEvents(db, now - auditDays * DAY_SECONDS, BATCH)),
    uses:
      (await inBatches(() => pruneGrantUse(db, BATCH))) +
      (await inBatches(() => pruneApiUse(db, now, BATCH))),
  };
}

/** Clears what has expired; what is beyond a great many rows is left to the next call. */
export async function clearExpired(db: Db, now: number): Promise<Expired> {
  let tokens = 0;
  const rows = await inBatches(async () => {
    const gone = await pruneExpired(db, now, BATCH);
    tokens += gone.tokens;
    return gone.rows;
  });
  return { rows, tokens };
}

async function inBatches(removeSome: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let round = 0; round < BATCHES; round += 1) {
    const now = await removeSome();
    removed += now;
    if (now === 0) break;
  }
  return removed;
}
