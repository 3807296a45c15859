/** Says in the database, again and again, that this process serves: `tegata uninstall` does not take its tables away. */
import { hostname } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { isLeaving, NODE_SECONDS, nodeLease } from '../database/nodes.ts';
import type { Store } from '../database/open.ts';

type BeatDeps = { readonly store: Store; readonly clock: Clock; readonly log: Log };

export type NodeHold = { stop(): Promise<void> };

/** undefined: someone is taking Tegata's tables away, and this process may not begin. */
export async function holdNodeLease({ store, clock, log }: BeatDeps): Promise<NodeHold | undefined> {
  const lease = nodeLease(store, { host: hostname(), pid: process.pid });
  const end = () => lease.end().catch((error: unknown) => log.warn({ err: error }, 'the node’s lease stays'));
  await lease.beat(clock.now());
  if (await isLeaving(store.db, clock.now())) {
    await end();
    return undefined;
  }
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = lease
      .beat(clock.now())
      .catch((error: unknown) => log.error({ err: error }, 'this node could not say that it runs'));
  }, NODE_SECONDS.beat * 1000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
      await end();
    },
  };
}
