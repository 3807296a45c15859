/**
 * Long work, a job or the fetching of its result, gives back what its pieces leave behind. V8 alone collects
 * when it is due for requests, and keeps the room that it once had (docs/decisions/0015-flags-of-the-server.md): not fair for a job of
 * hours beside a shop.
 */
import type { Clock } from './clock.ts';

/** How much may gather all the same. */
const ROOM_BYTES = 24 * 1024 * 1024;
/** A full collection holds up everyone for a tenth of a second: this many times as long none follows. */
const REST = 10;

let held: number | undefined;
let restUntilMs = 0;

/** To be called between two pieces of the work. Does nothing where the collector cannot be called: in commands. */
export function spareMemory(clock: Pick<Clock, 'monotonicMs'>): void {
  const { gc } = globalThis;
  if (!gc) return;
  // Takes a millisecond: what the next piece makes lies where this one's lay.
  gc({ type: 'minor' });
  const now = process.memoryUsage.rss();
  held = Math.min(held ?? now, now);
  const since = clock.monotonicMs();
  if (now - held < ROOM_BYTES || since < restUntilMs) return;
  // Only this kind gives back the room for young objects.
  gc({ type: 'major', flavor: 'last-resort' });
  held = process.memoryUsage.rss();
  const until = clock.monotonicMs();
  restUntilMs = until + REST * (until - since);
}
