/**
 * Dates as a shop's API writes them. The shop stores UTC; the world outside sees the shop's own time zone
 * (`ECCUBE_TIMEZONE`), always with its offset. Times inside are whole seconds since the epoch.
 */

export type ShopTime = {
  /** `2020-07-16 00:49:07` or `2020-07-16 00:49:07+00` (UTC, as databases give it) → `2020-07-16T09:49:07+09:00`. */
  write(databaseText: string): string;
  /** Epoch seconds of the first moment of a `YYYY-MM-DD`; undefined when there is no such day. */
  startOfDay(day: string): number | undefined;
  /** The largest offset from UTC that the zone has had in the year of `at`, in seconds. */
  largestOffset(at: number): number;
};

/** The last second that every database's date column takes: the end of 9999 in UTC. */
export const LATEST = Date.UTC(10_000, 0, 1) / 1000 - 1;

const KNOWN_TEXTS = 20_000; // dates kept written; the whole lot goes when it is full
const KNOWN_OFFSETS = 20_000; // quarters of an hour whose offset is kept
const QUARTER = 900; // seconds; no zone has ever changed its offset but at a quarter of an hour
const DAY = 86_400;

const DATABASE_DATE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/;
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;
const LEADING_DAY = /^(\d{4})-(\d\d)-(\d\d)/;

export function shopTime(timeZone: string): ShopTime {
  const offsetAt = offsetsOf(timeZone);
  const texts = new Map<string, string>();
  const write = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const written = writeInstant(text, offsetAt);
    if (texts.size >= KNOWN_TEXTS) texts.clear();
    texts.set(text, written);
    return written;
  };
  const startOfDay = (day: string): number | undefined => {
    const midnight = utcDay(day);
    if (midnight === undefined) return undefined;
    // Twice: the first guess may lie on the other side of a change of the clocks.
    const guess = midnight - offsetAt(midnight);
    return midnight - offsetAt(guess);
  };
  const largestOffset = (at: number): number => Math.max(offsetAt(at), offsetAt(at + 182 * DAY));
  return { write, startOfDay, largestOffset };
}

/** Epoch seconds of a date as databases give it: UTC, with or without an offset behind the seconds. undefined when it is no date. */
export function parseDatabaseDate(text: string): number | undefined {
  const at = Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at / 1000;
}

/**
 * Epoch seconds of `Y-m-d\TH:i:sP` (`+09:00`, `+0900` or `Z`); a fraction, as JavaScript's `toISOString` writes it, is cut off,
 * since the shop keeps whole seconds. Undefined for anything else and for days that do not exist.
 */
export function parseInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text);
  if (!parts) return undefined;
  const [, , , , hour = '', minute = '', second = '', zone = ''] = parts;
  const midnight = utcDay(text);
  if (midnight === undefined || +hour > 23 || +minute > 59 || +second > 59) return undefined;
  return midnight + +hour * 3600 + +minute * 60 + +second - zoneSeconds(zone);
}

/** The day that a text begins with, as seconds of its midnight in UTC; what follows the day is ignored as EC-CUBE does. */
function utcDay(text: string): number | undefined {
  const parts = LEADING_DAY.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 1000 : undefined;
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const seconds = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60;
  return digits.startsWith('-') ? -seconds : seconds;
}

function writeInstant(text: string, offsetAt: (epochSeconds: number) => number): string {
  const parts = DATABASE_DATE.exec(text);
  if (!parts) throw new Error('a date column holds something else than a date');
  const [, , , , hour, minute, second] = parts.map(Number) as number[];
  const midnight = utcDay(text) ?? Number.NaN;
  const at = midnight + (hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0);
  const offset = offsetAt(at);
  return new Date((at + offset) * 1000).toISOString().slice(0, 19) + offsetText(offset);
}

function offsetText(seconds: number): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

/** Seconds east of UTC at a moment, each quarter of an hour asked from the calendar once. */
function offsetsOf(timeZone: string): (epochSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (epochSeconds) => {
    const quarter = Math.floor(epochSeconds / QUARTER);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const offset = readOffset(format, quarter * QUARTER);
    if (known.size >= KNOWN_OFFSETS) known.clear();
    known.set(quarter, offset);
    return offset;
  };
}

function readOffset(format: Intl.DateTimeFormat, epochSeconds: number): number {
  const name = format.formatToParts(epochSeconds * 1000).find(({ type }) => type === 'timeZoneName')?.value;
  const parts = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name ?? '');
  if (!parts) return 0;
  const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4] ?? 0);
  return parts[1] === '-' ? -seconds : seconds;
}
