/** How far a stop has come: first `/ready` says so while everything is served, then open connections are told to come again. */
import type { Clock } from '../base/clock.ts';

const WATCHED_MS = 30_000; // the one who looks at `/ready` for a load balancer looks more often

export type StopState = {
  draining: boolean;
  closing: boolean;
  /** Someone asks `/ready`. */
  noteWatcher(): void;
  /** Whether someone would learn from `/ready` that this process stops. */
  isWatched(): boolean;
};

export function stopState(clock: Clock): StopState {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return {
    draining: false,
    closing: false,
    noteWatcher: () => {
      askedAtMs = clock.monotonicMs();
    },
    isWatched: () => clock.monotonicMs() - askedAtMs < WATCHED_MS,
  };
}
