/** The body of a delivery, byte for byte as the plugin makes it (docs/eccube/webhooks.md, Bodies). */
import type { ChangeEvent } from '../feed/store/feed.ts';

/** `[{"entity":"product","id":2,"action":"updated"}]` */
export const bodyOf = (events: readonly ChangeEvent[]): string =>
  JSON.stringify(events.map(({ entity, id, action }) => ({ entity, id, action })));

/** The events of a body that `bodyOf` has made. */
export const eventsOf = (body: string): ChangeEvent[] => JSON.parse(body) as ChangeEvent[];
