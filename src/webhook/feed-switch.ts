/** The change feed switched on and off by a person; the audit log names who did it. */
import { type EventDetail, type NewEvent, recordEvent, recountEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import { type FeedStatus, installFeed, removeFeed } from '../feed/store/triggers.ts';
import type { WebhookDeps } from './deps.ts';

type Deps = Pick<WebhookDeps, 'store' | 'clock' | 'feedSources'>;

export function installFeedByStaff(deps: Deps, actor: Actor): Promise<FeedStatus> {
  return recorded(
    deps,
    { kind: 'feed_installed', occurredAt: deps.clock.now(), ...actor },
    () => installFeed(deps.store, deps.feedSources),
    ({ triggers }) => ({ triggers: triggers.length }),
  );
}

export function removeFeedByStaff(deps: Deps, actor: Actor): Promise<void> {
  return recorded(
    deps,
    { kind: 'feed_removed', occurredAt: deps.clock.now(), ...actor },
    () => removeFeed(deps.store, deps.feedSources),
    () => ({}),
  );
}

/**
 * Triggers change table by table, and in MySQL without a transaction, so the event comes first: without it nothing is done.
 * Its detail says afterwards what came of it.
 */
async function recorded<T>(
  { store: { db } }: Deps,
  event: NewEvent,
  deed: () => Promise<T>,
  detailOf: (done: T) => EventDetail,
): Promise<T> {
  await recordEvent(db, event);
  try {
    const done = await deed();
    await recountEvent(db, { ...event, detail: detailOf(done) });
    return done;
  } catch (error) {
    // A database that is away keeps the event as it is; what went wrong is the caller's to hear.
    await recountEvent(db, { ...event, detail: { failed: true } }).catch(() => {});
    throw error;
  }
}
