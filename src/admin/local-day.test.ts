import { expect, test } from 'vitest';
import { endOfDay, startOfDay } from './local-day.ts';

const at = (text: string) => Date.parse(text) / 1000;

test.each([
  ['2026-04-01', 'Asia/Tokyo', '2026-03-31T15:00:00Z', '2026-04-01T15:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
])('%s in %s', (day, zone, start, end) => {
  expect([startOfDay(day, zone), endOfDay(day, zone)]).toEqual([at(start), at(end)]);
});

test.each(['', '2026-02-31x', '2026-13-01', "2026-04-01' or 1"])('“%s” is no day', (day) => {
  expect([startOfDay(day, 'Asia/Tokyo'), endOfDay(day, 'Asia/Tokyo')]).toEqual([undefined, undefined]);
});
