/** The change feed switched on and off by a person; the audit log names who did it. */
import { type NewEvent, recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import { type FeedStatus, installFeed, removeFeed } from '../feed/store/triggers.ts';
import type { WebhookDeps } from './deps.ts';

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'feedSources'>;

export function installFeedByStaff(deps: Deps, actor: Actor): Promise<FeedStatus> {
  return recorded(deps, { kind: 'feed_installed', occurredAt: deps.clock.now(), ...actor }, () =>
    installFeed(deps.store, deps.feedSources),
  );
}

export function removeFeedByStaff(deps: Deps, actor: Actor): Promise<void> {
  return recorded(deps, { kind: 'feed_removed', occurredAt: deps.clock.now(), ...actor }, () =>
    removeFeed(deps.store, deps.feedSources),
  );
}

/**
 * Triggers change table by table, and in MySQL without a transaction, so the event comes first: without it nothing is done.
 * The log is only ever added to, so a second event says that the deed failed.
 */
async function recorded<T>({ store: { db } }: Deps, event: NewEvent, deed: () => Promise<T>): Promise<T> {
  await recordEvent(db, event);
  try {
    return await deed();
  } catch (error) {
    // A database that is away keeps the first event alone; what went wrong is the caller's to hear.
    await recordEvent(db, { ...event, detail: { failed: true } }).catch(() => {});
    throw error;
  }
}
