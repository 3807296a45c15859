import { expect, test } from 'vitest';
import { dayEnd, dayOf, dayStart, daysUpTo } from './calendar.ts';

const at = (text: string) => Date.parse(text) / 1000;

test.each([
  ['2026-04-01', 'Asia/Tokyo', '2026-03-31T15:00:00Z', '2026-04-01T15:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
])('%s in %s', (day, zone, start, end) => {
  expect([dayStart(day, zone), dayEnd(day, zone)]).toEqual([at(start), at(end)]);
  expect([dayOf(at(start), zone), dayOf(at(end) - 1, zone)]).toEqual([day, day]);
});

test.each(['', '2026-02-31', '2026-02-31x', '2026-13-01', "2026-04-01' or 1"])('“%s” is no day', (day) => {
  expect([dayStart(day, 'Asia/Tokyo'), dayEnd(day, 'Asia/Tokyo')]).toEqual([undefined, undefined]);
});

test('days in a row, over the change of the clocks and of the year', () => {
  expect(daysUpTo(at('2026-03-29T21:59:59Z'), 3, 'Europe/Berlin')).toEqual([
    '2026-03-27',
    '2026-03-28',
    '2026-03-29',
  ]);
  expect(daysUpTo(at('2025-12-31T15:00:00Z'), 2, 'Asia/Tokyo')).toEqual(['2025-12-31', '2026-01-01']);
});
