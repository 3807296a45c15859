/**
 * The sweep of what has expired: one process at a time over all nodes, once a minute, and never at full speed: after each
 * batch it rests for as long as the batch took. It goes by the earlier of its own clock and the database's: one node whose
 * clock runs ahead must not remove what lives for all others.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { cautiousClock } from '../database/cautious-clock.ts';
import { takeLease } from '../database/leases.ts';
import { type PruneDeps, type Pruned, type PrunePlace, pruneOnce } from './prune.ts';

const LEASE = { name: 'sweep', seconds: 50 }; // shorter than the pause between two sweeps
const LONGEST_REST_MS = 1_000;
const OWNER_BYTES = 16;

export type Sweeper = {
  /** One sweep with `further` behind it, at the sweep's own time; undefined when another process has the turn. */
  sweep(further?: (clock: Clock) => Promise<void>): Promise<Pruned | undefined>;
};

/** `rest` waits; tests wait for nothing. */
export function sweeper(
  deps: Omit<PruneDeps, 'goOn' | 'walk'>,
  rest: (ms: number) => Promise<unknown> = sleep,
): Sweeper {
  const lease = { ...LEASE, owner: randomHex(OWNER_BYTES) };
  const walk: PrunePlace = { grant: '', use: '', client: '' };
  const hold = () => takeLease(deps.store, lease, deps.clock.now());
  let sweeping = false;
  return {
    sweep: async (further) => {
      if (sweeping) return undefined;
      sweeping = true;
      try {
        if (!(await hold())) return undefined;
        const clock = await cautiousClock(deps.store, deps.clock);
        const pruned = await pruneOnce({ ...deps, clock, walk, goOn: restAndHold(deps, rest, hold) });
        await further?.(clock);
        return pruned;
      } finally {
        sweeping = false;
      }
    },
  };
}

function restAndHold(
  { clock }: Pick<PruneDeps, 'clock'>,
  rest: (ms: number) => Promise<unknown>,
  hold: () => Promise<boolean>,
): () => Promise<boolean> {
  let since = clock.nowMs();
  return async () => {
    await rest(Math.min(Math.max(clock.nowMs() - since, 0), LONGEST_REST_MS));
    since = clock.nowMs();
    return hold();
  };
}
