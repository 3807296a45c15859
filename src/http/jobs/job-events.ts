/** How a job gets on, as server-sent events: one when something has changed, the last when it has ended. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEATS = 15; // looks without news between two signs of life

export type JobWatch = {
  /** The job as JSON, and whether that is the end; undefined: it is not to be seen any more. */
  readonly look: () => Promise<{ readonly text: string; readonly over: boolean } | undefined>;
  readonly everyMs: number;
};

export function jobEvents(watch: JobWatch, signal: AbortSignal): Readable {
  return Readable.from(eventsOf(watch, signal), { highWaterMark: 1 });
}

async function* eventsOf({ look, everyMs }: JobWatch, signal: AbortSignal): AsyncGenerator<string> {
  let [last, quiet] = ['', 0];
  while (!signal.aborted) {
    const seen = await look();
    if (!seen) return;
    if (seen.text !== last) yield `event: progress\ndata: ${seen.text}\n\n`;
    else if (quiet >= HEARTBEATS) yield ': heartbeat\n\n';
    quiet = seen.text !== last || quiet >= HEARTBEATS ? 0 : quiet + 1;
    last = seen.text;
    if (seen.over) return;
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
