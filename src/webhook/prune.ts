/** Keeps the tables bounded: removes by age, in batches, what no one needs any more. */
import { cautiousClock } from '../database/cautious-clock.ts';
import { pruneFeed } from '../feed/store/feed.ts';
import type { WebhookDeps } from './deps.ts';
import { pruneDeliveries } from './store/delivery-log.ts';
import { forgetFormerSecrets, lowestFeedPosition } from './store/webhooks.ts';

const BATCH = 1_000; // rows in one transaction
const BATCHES = 50; // of one table, in one go

/** By the earlier of this node's clock and the database's; says how many rows were removed. */
export async function prune({
  store,
  clock,
  limits,
}: Pick<WebhookDeps, 'store' | 'clock' | 'limits'>): Promise<number> {
  const { db } = store;
  const now = (await cautiousClock(store, clock)).now();
  await forgetFormerSecrets(db, now);
  const before = now - limits.keepFeedSeconds;
  // An endpoint that is behind keeps the feed; one that has been paused for as long as the feed is kept does not.
  const upTo = (await lowestFeedPosition(db, before))?.position ?? Number.MAX_SAFE_INTEGER;
  const delivered = now - limits.keepDeliveredSeconds;
  const failed = now - limits.keepFailedSeconds;
  return (
    (await inBatches(() => pruneFeed(db, { before, upTo, batch: BATCH }))) +
    (await inBatches(() => pruneDeliveries(db, { states: ['delivered'], before: delivered, batch: BATCH }))) +
    (await inBatches(() =>
      pruneDeliveries(db, { states: ['failed', 'cancelled'], before: failed, batch: BATCH }),
    ))
  );
}

async function inBatches(removeSome: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let i = 0; i < BATCHES; i += 1) {
    const now = await removeSome();
    removed += now;
    if (now === 0) break;
  }
  return removed;
}
