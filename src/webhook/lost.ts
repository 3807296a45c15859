/** What an endpoint will never hear of: it was paused for longer than the feed is kept. */
import { feedBounds } from '../feed/store/feed.ts';
import type { WebhookDeps } from './deps.ts';
import type { Webhook } from './store/webhook-row.ts';

/** Changes recorded before this time are gone, some of them untold; null = none is. */
export async function lostBefore(
  { store, clock }: Pick<WebhookDeps, 'store' | 'clock'>,
  { enabled, feedPosition }: Pick<Webhook, 'enabled' | 'feedPosition'>,
): Promise<number | null> {
  // One that is switched on begins with what happens from then on, and promises no more.
  if (!enabled) return null;
  const { oldest, oldestAt, head } = await feedBounds(store.db);
  const keptFrom = oldest ?? head + 1;
  return keptFrom > feedPosition + 1 ? (oldestAt ?? clock.now()) : null;
}
