/** Days and instants of a search: when they apply, and which pairs must be in order (docs/eccube/graphql.md, Searches, Messages). */

import { LATEST } from '../shop-time.ts';
import type { Condition } from './condition.ts';
import type { Reading, SearchArgs } from './reading.ts';
import { trimmed } from './values.ts';

const DAY = 86_400; // seconds, nominal; the next day's midnight is asked from the calendar
const EARLIEST = new Date(0).setUTCFullYear(3, 0, 1) / 1000; // 0003-01-01

/** From a day on, or up to the end of a day. Gives way to its instant when both are given. */
export function dayCondition(reading: Reading<'day'>): Condition | undefined {
  const { argument, args, values, messages, time, fail } = reading;
  const text = dayText(args, argument.name);
  if (text === '') return undefined;
  const start = time.startOfDay(text);
  if (start === undefined) return fail(argument.fault === 'birth' ? messages.birth : messages.date);
  if (start < EARLIEST - DAY) return fail(messages.tooEarly);
  const { notBefore, instant, field, bound } = argument;
  const from = notBefore === undefined ? undefined : time.startOfDay(dayText(args, notBefore));
  if (from !== undefined && from > start) return fail(messages.order);
  if (instant !== undefined && typeof args[instant] === 'number') return undefined;
  if (bound === 'start') return { op: '>=', field, value: values.add(start) };
  const next = Math.min(nextDay(start, time.startOfDay, text), LATEST);
  return { op: '<', field, value: values.add(next) };
}

/** From an instant on, or before it. */
export function instantCondition(reading: Reading<'instant'>): Condition | undefined {
  const { argument, args, values, messages, fail } = reading;
  const at = args[argument.name];
  if (typeof at !== 'number') return undefined;
  if (at < EARLIEST) return fail(messages.tooEarly);
  const from = argument.notBefore === undefined ? undefined : args[argument.notBefore];
  if (typeof from === 'number' && from > at) return fail(messages.order);
  const op = argument.bound === 'start' ? '>=' : '<';
  return { op, field: argument.field, value: values.add(Math.min(at, LATEST)) };
}

function dayText(args: SearchArgs, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? trimmed(value) : '';
}

/** Midnight after `start`, whatever the clocks do that day. */
function nextDay(start: number, startOfDay: (day: string) => number | undefined, day: string): number {
  const noonAfter = new Date(Date.parse(`${day.slice(0, 10)}T12:00:00Z`) + DAY * 1000);
  return startOfDay(noonAfter.toISOString().slice(0, 10)) ?? start + DAY;
}
