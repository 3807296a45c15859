/** One pass of the sequencer: what has been committed gets its place in the feed (drawing in feed/store/feed.ts). */
import type { Clock } from '../base/clock.ts';
import type { Db, Store } from '../database/open.ts';
import { fold } from './aggregate.ts';
import {
  appendToFeed,
  committedChanges,
  dropChanges,
  feedHead,
  hasChanges,
  takeSequencerTurn,
} from './store/feed.ts';

/** Changes taken in one pass; a transaction with more of them is told in pieces. */
const PASS_CHANGES = 5_000;

/** Says how many changes were taken; 0 = none waited. Any number of processes may call it. */
export async function sequence({ store, clock }: { store: Store; clock: Clock }): Promise<number> {
  if (!(await hasChanges(store.db))) return 0;
  return store.db.transaction().execute((tx) => sequencePass(tx, store.kit, clock.now()));
}

async function sequencePass(tx: Db, kit: Store['kit'], now: number): Promise<number> {
  const head = await takeSequencerTurn(tx);
  const changes = await committedChanges(tx, kit, PASS_CHANGES);
  await appendToFeed(tx, head, fold(changes), now);
  await dropChanges(
    tx,
    kit,
    changes.map(({ key }) => key),
  );
  return changes.length;
}

/** Gives every change that is committed by now its place, in a transaction of the caller's, and says the head. */
export async function sequenceAll(tx: Db, kit: Store['kit'], now: number): Promise<number> {
  while ((await sequencePass(tx, kit, now)) > 0);
  return feedHead(tx);
}
