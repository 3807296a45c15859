/**
 * The body of a client's endpoint that brings a query: the stored events, each with the query's result. It is made at
 * every attempt and stored nowhere, since it may hold personal data.
 */
import type { Clock } from '../base/clock.ts';
import { eventsOf } from './body.ts';
import type { EventData, OwnerAccess } from './clients.ts';

const MOST_BYTES = 256 * 1024; // of one body
const MOST_MS = 10_000; // for all queries of one body; the claim of the delivery holds longer

const notRead = (code: 'LIMIT' | 'TIMEOUT', message: string): EventData => ({
  data: null,
  errors: [{ message, extensions: { category: 'graphql', code } }],
});
const TOO_LARGE = notRead('LIMIT', 'The body would be too large. Read this one by the API.');
const TOO_SLOW = notRead('TIMEOUT', 'There was no time left for this one. Read it by the API.');
const GONE: EventData = { data: null };

/** A deleted thing has no data. Beyond the bounds the events go without, and say why. */
export async function payloadOf(
  clock: Clock,
  access: OwnerAccess,
  query: string,
  body: string,
): Promise<string> {
  const until = clock.monotonicMs() + MOST_MS;
  const parts: string[] = [];
  let bytes = 0;
  for (const event of eventsOf(body)) {
    const inTime = clock.monotonicMs() < until;
    const found = event.action === 'deleted' ? GONE : inTime ? await access.dataOf(query, event) : TOO_SLOW;
    const text = JSON.stringify({ ...event, ...found });
    const fits = bytes + Buffer.byteLength(text) <= MOST_BYTES;
    parts.push(fits ? text : JSON.stringify({ ...event, ...TOO_LARGE }));
    if (fits) bytes += Buffer.byteLength(text);
  }
  return `[${parts.join(',')}]`;
}
