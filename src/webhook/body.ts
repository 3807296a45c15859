/** The body of a delivery, byte for byte as the plugin makes it (docs/eccube/webhooks.md, Bodies). */
import type { Change, ChangeEvent } from '../feed/store/feed.ts';

/** `[{"entity":"product","id":2,"action":"updated"}]` */
export const bodyOf = (events: readonly ChangeEvent[]): string =>
  JSON.stringify(events.map(({ entity, id, action }) => ({ entity, id, action })));

/** That of an endpoint that a client has registered: `parts` and `origin` stand beside it. */
export const ownedBodyOf = (changes: readonly Change[]): string =>
  JSON.stringify(
    changes.map(({ entity, id, action, parts, origin }) => ({ entity, id, action, parts, origin })),
  );

/** The events of a body that `bodyOf` or `ownedBodyOf` has made. */
export const eventsOf = (body: string): ChangeEvent[] => JSON.parse(body) as ChangeEvent[];
