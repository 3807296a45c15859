/** Days of the shop's calendar (`YYYY-MM-DD` in its time zone) and the seconds since the epoch at which they begin. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The second at which a day begins; undefined when the text names no day. */
export const dayStart = (day: string, timeZone: string): number | undefined => {
  const date = dateOf(day);
  return date && startOf(date, timeZone);
};

/** The second at which the day after begins; undefined when the text names no day. */
export const dayEnd = (day: string, timeZone: string): number | undefined => {
  const date = dateOf(day);
  return date && startOf(date.add({ days: 1 }), timeZone);
};

/** The second at which the day begins that holds `at`. */
export const dayStartOf = (at: number, timeZone: string): number => startOf(dateAt(at, timeZone), timeZone);

/** The day that holds a second. */
export const dayOf = (at: number, timeZone: string): string => dateAt(at, timeZone).toString();

/** `count` days up to and including the one that holds `at`, the oldest first. */
export function daysUpTo(at: number, count: number, timeZone: string): string[] {
  const last = dateAt(at, timeZone);
  return Array.from({ length: count }, (_, index) => last.subtract({ days: count - 1 - index }).toString());
}

/** Every day from the first to the last, `most` at the most; empty when a text names no day or the last comes first. */
export function daysBetween(first: string, last: string, most: number): string[] {
  const [from, to] = [dateOf(first), dateOf(last)];
  if (!from || !to) return [];
  const count = from.until(to).days + 1;
  return Array.from({ length: Math.max(0, Math.min(count, most)) }, (_, index) =>
    from.add({ days: index }).toString(),
  );
}

/** A stretch of time with one offset from UTC; all in seconds, `to` not included. */
export type OffsetSpan = { readonly from: number; readonly to: number; readonly offset: number };

/** The time from one second to another, cut where the clocks were set. */
export function offsetSpans(from: number, to: number, timeZone: string): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (let at = from; at < to; ) {
    const moment = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(timeZone);
    const change = moment.getTimeZoneTransition('next')?.epochMilliseconds;
    const end = change === undefined ? to : Math.min(to, change / 1000);
    spans.push({ from: at, to: end, offset: moment.offsetNanoseconds / 1e9 });
    at = end;
  }
  return spans;
}

function dateOf(day: string): Temporal.PlainDate | undefined {
  if (!DAY.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

const dateAt = (at: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();

/** Midnight, or the first moment after it where the clocks were set forward over it. */
const startOf = (date: Temporal.PlainDate, timeZone: string): number =>
  date.toZonedDateTime(timeZone).startOfDay().epochMilliseconds / 1000;
