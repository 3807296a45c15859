/** The earlier of two clocks, for whatever removes by age: a node whose clock runs ahead must not remove what lives for all others. */
import type { Clock } from '../base/clock.ts';
import type { Store } from './open.ts';
import { readServerFacts } from './server-facts.ts';

/** Set back by what this node's clock is ahead of the database's. */
export async function cautiousClock(store: Store, clock: Clock): Promise<Clock> {
  const { now } = await readServerFacts(store);
  const ahead = Math.max(0, clock.now() - now);
  return {
    now: () => clock.now() - ahead,
    nowMs: () => clock.nowMs() - ahead * 1000,
    monotonicMs: () => clock.monotonicMs(),
  };
}
