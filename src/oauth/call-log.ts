/**
 * The log of requests: a line each, in memory first, into the database every few seconds, so that no request waits for it. A
 * crash loses the lines of those seconds. What a loud client sends beyond a share is counted (`oauth/api-use.ts`) and not
 * listed, its failures and its successes apart, so that neither memory nor tables grow with a flood.
 */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import type { ApiCall } from './api-use.ts';
import { type CallRow, insertCalls } from './store/api-calls.ts';

const FLUSH_MS = 5_000;
const LINES_MAX = 20_000; // that wait to be written
/** Lines of one client between two writes, successes and failures each. */
export const LINES_OF_CLIENT = 250;

export type LoggedCall = ApiCall & {
  readonly requestId: string;
  /** '' = without a name. */
  readonly operation: string;
  /** At the root, with spaces between; '' = not known. */
  readonly fields: string;
  readonly status: number;
  readonly cost: number;
  readonly errorCode: string | null;
};

export type CallLogDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** How long lines are kept; 0 = none are written. */
  readonly days: number;
  readonly onError: (error: unknown) => void;
  /** Told of lines that were written, and of those that were left out. */
  readonly onLines?: (outcome: 'written' | 'left_out', count: number) => void;
};

export type CallLog = {
  /** Never throws, never waits. */
  recordCall(call: LoggedCall): void;
  flush(): Promise<void>;
  /** Stops the timer and writes the rest; call it before the store closes. */
  close(): Promise<void>;
};

/** How many lines of a client there are since the last write: of successes, of failures. */
type Shares = Map<string, [number, number]>;

export function callLog(deps: CallLogDeps): CallLog {
  let lines: CallRow[] = [];
  let leftOut = 0;
  const shares: Shares = new Map();
  let writing: Promise<void> = Promise.resolve();
  const takeLines = (): CallRow[] => {
    const taken = lines;
    lines = [];
    shares.clear();
    if (leftOut > 0) deps.onLines?.('left_out', leftOut);
    leftOut = 0;
    return taken;
  };
  const writeLines = async (): Promise<void> => {
    const taken = takeLines();
    try {
      await write(deps, taken);
    } catch (error) {
      lines = [...taken, ...lines].slice(0, LINES_MAX);
      deps.onError(error);
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(writeLines);
    return writing;
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    recordCall: (call) => {
      if (deps.days === 0) return;
      if (lines.length < LINES_MAX && hasShare(shares, call)) lines.push(lineOf(call, deps.clock.now()));
      else leftOut += 1;
    },
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

function hasShare(shares: Shares, { clientId, failed }: LoggedCall): boolean {
  let used = shares.get(clientId);
  if (!used) {
    used = [0, 0];
    shares.set(clientId, used);
  }
  const kind = failed ? 1 : 0;
  used[kind] += 1;
  return used[kind] <= LINES_OF_CLIENT;
}

const lineOf = (call: LoggedCall, calledAt: number): CallRow => ({
  requestId: call.requestId,
  clientId: call.clientId,
  calledAt,
  operation: call.operation,
  fields: call.fields,
  status: call.status,
  ms: Math.max(0, Math.round(call.ms)),
  cost: call.cost,
  errorCode: call.errorCode,
});

async function write({ store, onLines }: CallLogDeps, lines: readonly CallRow[]): Promise<void> {
  if (lines.length === 0) return;
  await insertCalls(store, lines);
  onLines?.('written', lines.length);
}
