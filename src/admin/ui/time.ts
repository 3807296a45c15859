/** Times and durations as EC-CUBE writes them. */
import type { Count } from '../../database/keyset.ts';
import type { Messages } from '../i18n/ja/messages.ts';

const SPANS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** `YYYY/MM/DD HH:MM` of whole epoch seconds, in the shop's zone. */
export function dateTime(at: number, timeZone: string): string {
  return dateTimeSeconds(at, timeZone).slice(0, -3);
}

/** With the seconds, `YYYY/MM/DD HH:MM:SS`. */
export function dateTimeSeconds(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at * 1000));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}/${part('month')}/${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The largest unit that divides the seconds: 3600 → 1時間, 2592000 → 30日, 90 → 90秒. */
export function duration(seconds: number, messages: Messages): string {
  const [unit, size] = SPANS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['seconds', 1];
  return messages.time[unit](seconds / size);
}

/** Returns `1,000+` where the count stopped. */
export const countText = ({ n, more }: Count): string => `${groupDigits(n)}${more ? '+' : ''}`;

/** Returns whole milliseconds, at least 1: `2.246` would be read as thousands. */
export const wholeMs = (ms: number): string => groupDigits(Math.max(1, Math.round(ms)));

export const groupDigits = (n: number): string => n.toLocaleString('en-US');
