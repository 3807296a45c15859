/** Days of the shop's calendar as seconds, for filters. */

/** The second at which a day (`YYYY-MM-DD`) begins in the zone; undefined when it is no day. */
export function startOfDay(day: string, timeZone: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) / 1000 : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const guess = at - offsetAt(at, timeZone);
  return at - offsetAt(guess, timeZone);
}

/** The second at which the day after begins. */
export function endOfDay(day: string, timeZone: string): number | undefined {
  if (startOfDay(day, timeZone) === undefined) return undefined;
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return startOfDay(next.toISOString().slice(0, 10), timeZone);
}

/** How far the zone's clocks are ahead of UTC, in seconds. */
function offsetAt(at: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at * 1000);
  return Date.parse(`${text.replace(' ', 'T')}Z`) / 1000 - at;
}
