/** Counts what each grant calls: in memory first, into the database every few seconds, so that a call costs no write. */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import { addGrantUse, type GrantUse } from './store/grant-use.ts';

const FLUSH_MS = 5_000;
const BUFFER_MAX = 5_000; // rows; more are written at once

export type GrantUseDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** Told when counts could not be written; they are tried again with the next ones. */
  readonly onError: (error: unknown) => void;
};

export type GrantUseRecorder = {
  /** One call of `operation` under a grant. Never throws, never waits. */
  recordUse(grantId: string, operation: string, ip: string | null): void;
  /** Writes what is counted. */
  flush(): Promise<void>;
  /** Stops the timer and writes the rest; call it before the store closes. */
  close(): Promise<void>;
};

export function grantUseRecorder(deps: GrantUseDeps): GrantUseRecorder {
  const counted = new Map<string, GrantUse>();
  let writing: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    writing = writing.then(() => write(deps, counted));
    return writing;
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    recordUse: (grantId, operation, ip) => {
      count(counted, { grantId, operation, calls: 1, lastUsedAt: deps.clock.now(), lastIp: ip });
      if (counted.size >= BUFFER_MAX) void flush();
    },
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

function count(counted: Map<string, GrantUse>, use: GrantUse): void {
  const key = `${use.grantId} ${use.operation}`;
  const known = counted.get(key);
  const newer = known && known.lastUsedAt > use.lastUsedAt ? known : use;
  counted.set(key, { ...newer, calls: use.calls + (known?.calls ?? 0) });
}

async function write({ store, onError }: GrantUseDeps, counted: Map<string, GrantUse>): Promise<void> {
  const uses = [...counted.values()];
  counted.clear();
  for (const [index, use] of uses.entries()) {
    try {
      await addGrantUse(store, use);
    } catch (error) {
      if (counted.size < BUFFER_MAX) for (const rest of uses.slice(index)) count(counted, rest);
      onError(error);
      return;
    }
  }
}
