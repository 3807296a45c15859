/**
 * Events that strangers cause as often as they like. Of each kind the first ones in a window are written one by one, for
 * each source and in all; what comes behind is a number in one row a source, and in one more for all the others. So an
 * attack of a night is some hundred rows. Counted in each process, as http/limits.ts does.
 */

import { type NewEvent, recordEvent, recountEvent } from '../audit/events.ts';
import type { Clock } from '../base/clock.ts';
import type { Db, Store } from '../database/open.ts';
import { countedAddress } from './rules/counted-address.ts';

export const REFUSAL_WINDOW_SECONDS = 3_600;
export const REFUSALS_WRITTEN_PER_SOURCE = 50;
export const REFUSALS_WRITTEN_PER_KIND = 500;
const FLUSH_MS = 5_000;
const EVERYONE = '';

export type RefusalDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** Told when counts could not be written; they are tried again with the next ones. */
  readonly onError: (error: unknown) => void;
};

export type Refusals = {
  /**
   * Writes or counts an event. A source is an address and `about`: the client or member concerned, where there is one in
   * truth; what strangers make up is no source of its own.
   */
  record(db: Db, event: NewEvent, about?: string): Promise<void>;
  /** Writes what is counted. */
  flush(): Promise<void>;
  /** Stops the timer and writes the rest; call it before the store closes. */
  close(): Promise<void>;
};

/** The row that stands for many. */
type Summary = { readonly event: NewEvent; count: number };

type Source = { written: number; summary: Summary | undefined };

type Window = { readonly endsAt: number; written: number; readonly sources: Map<string, Source> };

export function refusalLog(deps: RefusalDeps): Refusals {
  const log = new RefusalLog(deps);
  const timer = setInterval(() => void log.flush(), FLUSH_MS);
  timer.unref();
  return {
    record: (db, event, about) => log.record(db, event, about),
    flush: () => log.flush(),
    close: () => {
      clearInterval(timer);
      return log.flush();
    },
  };
}

class RefusalLog {
  readonly #deps: RefusalDeps;
  /** By kind: there are few. */
  readonly #windows = new Map<string, Window>();
  /** Of windows that are over too, until they are written. */
  readonly #unwritten = new Set<Summary>();
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: RefusalDeps) {
    this.#deps = deps;
  }

  async record(db: Db, event: NewEvent, about = ''): Promise<void> {
    const window = this.#windowOf(event.kind);
    const source = sourceIn(window, `${countedAddress(event.clientIp ?? '')} ${about}`);
    if (source.mayWrite) {
      window.written += 1;
      source.of.written += 1;
      await recordEvent(db, event);
      return;
    }
    const known = source.of.summary;
    if (known) {
      known.count += 1;
      this.#unwritten.add(known);
      return;
    }
    const summary = { event: source.isEveryone ? ofEveryone(event) : event, count: 1 };
    source.of.summary = summary;
    await recordEvent(db, counted(summary));
  }

  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #windowOf(kind: string): Window {
    const now = this.#deps.clock.now();
    const known = this.#windows.get(kind);
    if (known && now < known.endsAt && now >= known.endsAt - REFUSAL_WINDOW_SECONDS) return known;
    const window = { endsAt: now + REFUSAL_WINDOW_SECONDS, written: 0, sources: new Map() };
    this.#windows.set(kind, window);
    return window;
  }

  async #write(): Promise<void> {
    for (const summary of this.#unwritten) {
      const { count } = summary;
      try {
        // Its row went with a transaction that was rolled back: it is written again.
        if (!(await recountEvent(this.#deps.store.db, counted(summary)))) {
          await recordEvent(this.#deps.store.db, counted(summary));
        }
      } catch (error) {
        this.#deps.onError(error);
        return;
      }
      if (summary.count === count) this.#unwritten.delete(summary);
    }
  }
}

/** The source itself while there is room for it, else everyone: a window never knows more sources than it has rows. */
function sourceIn(window: Window, name: string): { of: Source; mayWrite: boolean; isEveryone: boolean } {
  const known = window.sources.get(name);
  const hasRoom = window.written < REFUSALS_WRITTEN_PER_KIND;
  if (known) {
    const mayWrite = hasRoom && known.written < REFUSALS_WRITTEN_PER_SOURCE;
    return { of: known, mayWrite, isEveryone: false };
  }
  const key = hasRoom ? name : EVERYONE;
  const found = window.sources.get(key) ?? { written: 0, summary: undefined };
  window.sources.set(key, found);
  return { of: found, mayWrite: hasRoom, isEveryone: !hasRoom };
}

const counted = ({ event, count }: Summary): NewEvent => ({
  ...event,
  detail: { ...event.detail, repeated: count },
});

const ofEveryone = ({ kind, occurredAt, requestId }: NewEvent): NewEvent => ({
  kind,
  occurredAt,
  ...(requestId !== undefined && { requestId }),
});
