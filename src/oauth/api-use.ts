/** Counts the API's calls, errors and times: in memory first, into the database every few seconds, as grant uses are. */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import {
  addApiUse,
  apiUseSince,
  EVERYBODY,
  HOUR_SECONDS,
  type HourUse,
  SPANS_MS,
  type UseCount,
} from './store/api-use.ts';
import { systemAmong } from './store/client-marks.ts';

const FLUSH_MS = 5_000;
const BUFFER_MAX = 5_000; // rows; more are written at once
const DAY_SECONDS = 86_400;

export type ApiUseDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** Told when counts could not be written; they are tried again with the next ones. */
  readonly onError: (error: unknown) => void;
};

export type ApiCall = {
  readonly clientId: string;
  readonly grantId: string;
  /** It was refused, or its answer names an error. */
  readonly failed: boolean;
  readonly ms: number;
};

export type ApiUseRecorder = {
  /** Never throws, never waits. */
  recordCall(call: ApiCall): void;
  /** Writes what is counted. */
  flush(): Promise<void>;
  /** Stops the timer and writes the rest; call it before the store closes. */
  close(): Promise<void>;
};

type Use = HourUse & { readonly clientId: string };

/** `counted`: by grant, as it came in; `due`: by every subject, to be written. */
type Buffer = { counted: Map<string, Use>; due: Map<string, HourUse> };

export function apiUseRecorder(deps: ApiUseDeps): ApiUseRecorder {
  const buffer: Buffer = { counted: new Map(), due: new Map() };
  let writing: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    writing = writing.then(() => write(deps, buffer)).catch(deps.onError);
    return writing;
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    recordCall: (call) => {
      // A database that takes nothing for long must not fill the memory.
      if (buffer.counted.size >= BUFFER_MAX) {
        void flush();
        return;
      }
      const { clientId, grantId: subject } = call;
      add(buffer.counted, { clientId, subject, hourAt: hourOf(deps.clock.now()), ...countOf(call) });
    },
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

const hourOf = (now: number): number => now - (now % HOUR_SECONDS);

function countOf({ failed, ms }: ApiCall): UseCount {
  const taken = Math.max(0, Math.round(ms));
  const span = SPANS_MS.findIndex((bound) => taken <= bound);
  return {
    calls: 1,
    errors: failed ? 1 : 0,
    ms: taken,
    spans: SPANS_MS.map((_, index) => (index === span ? 1 : 0)),
  };
}

export const sumOf = (a: UseCount, b: UseCount): UseCount => ({
  calls: a.calls + b.calls,
  errors: a.errors + b.errors,
  ms: a.ms + b.ms,
  spans: SPANS_MS.map((_, index) => (a.spans[index] ?? 0) + (b.spans[index] ?? 0)),
});

export const NO_USE: UseCount = { calls: 0, errors: 0, ms: 0, spans: [] };

function add<U extends HourUse>(counted: Map<string, U>, use: U): void {
  const key = `${use.subject} ${use.hourAt}`;
  counted.set(key, { ...use, ...sumOf(use, counted.get(key) ?? NO_USE) });
}

async function write({ store }: ApiUseDeps, { counted, due }: Buffer): Promise<void> {
  const uses = [...counted.values()];
  // What a member tries out on a page of ours is no use of the shop's API by its apps.
  const ours = await systemAmong(store.db, [...new Set(uses.map(({ clientId }) => clientId))]);
  for (const { clientId, ...use } of uses) {
    counted.delete(`${use.subject} ${use.hourAt}`);
    if (ours.has(clientId)) continue;
    for (const subject of [EVERYBODY, clientId, use.subject]) add(due, { ...use, subject });
  }
  for (const [key, use] of due) {
    await addApiUse(store, use);
    due.delete(key);
  }
}

/** Calls of a client or a grant in the last day, by whole hours. */
export async function callsInDay(
  { store, clock }: Pick<ApiUseDeps, 'store' | 'clock'>,
  subject: string,
): Promise<number> {
  const hours = await apiUseSince(store.db, subject, clock.now() - DAY_SECONDS);
  return hours.reduce((calls, hour) => calls + hour.calls, 0);
}
