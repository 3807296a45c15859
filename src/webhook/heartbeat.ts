/** Whether the worker's rounds still end: one that waits for an answer which never comes fails nowhere. */
import type { Clock } from '../base/clock.ts';

/** A round ends within seconds, also when the database refuses it. */
export const STUCK_AFTER_MS = 60_000;

export type Heartbeat = {
  /** Called when the worker starts, and after every round. */
  beat(): void;
  /** The worker is to end. */
  end(): void;
  /** How long no round has ended; undefined while no worker runs here. */
  silentMs(): number | undefined;
  isStuck(): boolean;
};

export function heartbeat(clock: Pick<Clock, 'monotonicMs'>): Heartbeat {
  let lastMs: number | undefined;
  const silentMs = () => (lastMs === undefined ? undefined : clock.monotonicMs() - lastMs);
  return {
    beat: () => {
      lastMs = clock.monotonicMs();
    },
    end: () => {
      lastMs = undefined;
    },
    silentMs,
    isStuck: () => (silentMs() ?? 0) > STUCK_AFTER_MS,
  };
}
