/** The change feed switched on and off by a person; the audit log names who did it. */
import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import { type FeedStatus, installFeed, removeFeed } from '../feed/store/triggers.ts';
import type { WebhookDeps } from './deps.ts';

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'feedSources'>;

export async function installFeedByStaff(deps: Deps, actor: Actor): Promise<FeedStatus> {
  const status = await installFeed(deps.store, deps.feedSources);
  await recordEvent(deps.store.db, {
    kind: 'feed_installed',
    occurredAt: deps.clock.now(),
    ...actor,
    detail: { triggers: status.triggers.length },
  });
  return status;
}

export async function removeFeedByStaff(deps: Deps, actor: Actor): Promise<void> {
  await removeFeed(deps.store, deps.feedSources);
  await recordEvent(deps.store.db, { kind: 'feed_removed', occurredAt: deps.clock.now(), ...actor });
}
