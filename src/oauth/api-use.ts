/** Counts the API's calls, errors and times: in memory first, into the database every few seconds, as grant uses are. */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import {
  addApiUse,
  apiUseSince,
  EVERYBODY,
  HOUR_SECONDS,
  type KeptUse,
  SPANS_MS,
  type UseCount,
} from './store/api-use.ts';

const FLUSH_MS = 5_000;
const BUFFER_MAX = 5_000; // rows; more are written at once
const DAY_SECONDS = 86_400;
const KEPT_SECONDS = 32 * DAY_SECONDS; // pages draw thirty days
const KEPT_OF_GRANT_SECONDS = 2 * DAY_SECONDS; // and speak of a grant's last day

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

/** Counted on in place: it is on every request's way. */
type Tally = {
  readonly clientId: string;
  readonly grantId: string;
  readonly hourAt: number;
  calls: number;
  errors: number;
  ms: number;
  readonly spans: number[];
};

/** `counted`: by grant, as it came in; `due`: by every subject, to be written. */
type Buffer = { counted: Map<string, Tally>; due: Map<string, KeptUse> };

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
      if (buffer.counted.size >= BUFFER_MAX) void flush();
      else tally(buffer.counted, call, hourOf(deps.clock.now()));
    },
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

const hourOf = (now: number): number => now - (now % HOUR_SECONDS);

function tally(
  counted: Map<string, Tally>,
  { clientId, grantId, failed, ms }: ApiCall,
  hourAt: number,
): void {
  const key = `${grantId} ${hourAt}`;
  let sum = counted.get(key);
  if (!sum) {
    sum = { clientId, grantId, hourAt, calls: 0, errors: 0, ms: 0, spans: SPANS_MS.map(() => 0) };
    counted.set(key, sum);
  }
  const taken = Math.max(0, Math.round(ms));
  sum.calls += 1;
  sum.errors += failed ? 1 : 0;
  sum.ms += taken;
  for (let i = 0; i < SPANS_MS.length; i += 1) {
    if (taken > (SPANS_MS[i] ?? 0)) continue;
    sum.spans[i] = (sum.spans[i] ?? 0) + 1;
    break;
  }
}

export const sumOf = (a: UseCount, b: UseCount): UseCount => ({
  calls: a.calls + b.calls,
  errors: a.errors + b.errors,
  ms: a.ms + b.ms,
  spans: SPANS_MS.map((_, index) => (a.spans[index] ?? 0) + (b.spans[index] ?? 0)),
});

export const NO_USE: UseCount = { calls: 0, errors: 0, ms: 0, spans: [] };

function add(due: Map<string, KeptUse>, use: KeptUse): void {
  const key = `${use.subject} ${use.hourAt}`;
  due.set(key, { ...use, ...sumOf(use, due.get(key) ?? NO_USE) });
}

async function write({ store }: ApiUseDeps, { counted, due }: Buffer): Promise<void> {
  for (const [key, { clientId, grantId, ...use }] of counted) {
    counted.delete(key);
    const keptUntil = use.hourAt + KEPT_SECONDS;
    for (const subject of [EVERYBODY, clientId]) add(due, { ...use, subject, keptUntil });
    add(due, { ...use, subject: grantId, keptUntil: use.hourAt + KEPT_OF_GRANT_SECONDS });
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
