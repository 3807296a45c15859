/** One pass of the sequencer: what has been committed gets its place in the feed (drawing in feed/store/feed.ts). */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import { fold } from './aggregate.ts';
import { appendToFeed, committedChanges, dropChanges, hasChanges, takeSequencerTurn } from './store/feed.ts';

/** Changes taken in one pass; a transaction with more of them is told in pieces. */
const PASS_CHANGES = 5_000;

/** Says how many changes were taken; 0 = none waited. Any number of processes may call it. */
export async function sequence({ store, clock }: { store: Store; clock: Clock }): Promise<number> {
  if (!(await hasChanges(store.db))) return 0;
  return store.db.transaction().execute(async (tx) => {
    const head = await takeSequencerTurn(tx);
    const changes = await committedChanges(tx, store.kit, PASS_CHANGES);
    await appendToFeed(tx, head, fold(changes), clock.now());
    await dropChanges(
      tx,
      store.kit,
      changes.map(({ key }) => key),
    );
    return changes.length;
  });
}
