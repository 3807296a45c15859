/**
 * Counts failures in fixed windows, in the database so that all nodes share them. An attempt is counted before it is
 * tried and given back when it succeeds: a hundred parallel guesses find no more room than a hundred in a row.
 *
 * Each statement stands alone, outside any transaction: MySQL's INSERT IGNORE holds a shared lock on the row it found
 * until the commit, and two such holders that both go on to UPDATE would be a deadlock.
 */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';

const CLOCK_SLACK_SECONDS = 60; // by which clocks of nodes may differ

export type Window = {
  readonly throttleId: string;
  readonly maxFailures: number;
  readonly windowSeconds: number;
};

/**
 * `firstRefusal` is true for one refused attempt per window only, so that a flood can be told once without writing a
 * row for every attempt.
 */
export type Reservation =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'locked'; readonly lockedUntil: number; readonly firstRefusal: boolean };

/** Takes one of the window's failures in advance. */
export async function reserveAttempt(store: Store, window: Window, now: number): Promise<Reservation> {
  await openWindow(store, window, now);
  if (await countUp(store.db, window.throttleId, window.maxFailures)) return { kind: 'reserved' };
  const row = await store.db
    .selectFrom('tegata_throttle')
    .select('window_ends_at')
    .where('throttle_id', '=', window.throttleId)
    .executeTakeFirst();
  const firstRefusal = await countUp(store.db, window.throttleId, window.maxFailures + 1);
  return { kind: 'locked', lockedUntil: row?.window_ends_at ?? now, firstRefusal };
}

/** Takes one of each window, or of none. */
export async function reserveAttempts(
  store: Store,
  windows: readonly Window[],
  now: number,
): Promise<Reservation> {
  const taken: Window[] = [];
  for (const window of windows) {
    const reservation = await reserveAttempt(store, window, now);
    if (reservation.kind === 'locked') {
      for (const { throttleId } of taken) await releaseAttempt(store.db, throttleId);
      return reservation;
    }
    taken.push(window);
  }
  return { kind: 'reserved' };
}

/** Gives back what a successful attempt had reserved. */
export async function releaseAttempt(db: Db, throttleId: string): Promise<void> {
  await db
    .updateTable('tegata_throttle')
    .set({ failures: sql`failures - 1` })
    .where('throttle_id', '=', throttleId)
    .where('failures', '>', 0)
    .execute();
}

/** Forgets the failures; the window itself goes on. */
export async function clearAttempts(db: Db, throttleId: string): Promise<void> {
  await db
    .updateTable('tegata_throttle')
    .set({ failures: 0 })
    .where('throttle_id', '=', throttleId)
    .execute();
}

/** Removes windows that are over, `batch` at the most; says how many. */
export async function pruneThrottle(db: Db, now: number, batch: number): Promise<number> {
  const over = await db
    .selectFrom('tegata_throttle')
    .select('throttle_id')
    .where('window_ends_at', '<=', now)
    .limit(batch)
    .execute();
  if (over.length === 0) return 0;
  const ids = over.map((row) => row.throttle_id);
  const { numDeletedRows } = await db
    .deleteFrom('tegata_throttle')
    .where('throttle_id', 'in', ids)
    .where('window_ends_at', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Makes the row, or begins a new window when the old one is over, or ends so late that a wrong clock must have made it. */
async function openWindow({ db, kit }: Store, window: Window, now: number): Promise<void> {
  const fresh = { failures: 0, window_ends_at: now + window.windowSeconds };
  await kit
    .ifAbsent(db.insertInto('tegata_throttle').values({ throttle_id: window.throttleId, ...fresh }))
    .execute();
  await db
    .updateTable('tegata_throttle')
    .set(fresh)
    .where('throttle_id', '=', window.throttleId)
    .where((eb) =>
      eb.or([
        eb('window_ends_at', '<=', now),
        eb('window_ends_at', '>', now + window.windowSeconds + CLOCK_SLACK_SECONDS),
      ]),
    )
    .execute();
}

async function countUp(db: Db, throttleId: string, below: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_throttle')
    .set({ failures: sql`failures + 1` })
    .where('throttle_id', '=', throttleId)
    .where('failures', '<', below)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
