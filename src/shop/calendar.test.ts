import { expect, test } from 'vitest';
import { dayEnd, dayOf, dayStart, daysBetween, daysUpTo, offsetSpans } from './calendar.ts';

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

test('days from one to another, both included', () => {
  expect(daysBetween('2026-02-27', '2026-03-01', 400)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-01', '2026-02-27', 400)).toEqual([]);
  expect(daysBetween('2026-02-30', '2026-03-01', 400)).toEqual([]);
  expect(daysBetween('2026-01-01', '9999-12-31', 400)).toHaveLength(400);
});

test('time is cut where the clocks are set', () => {
  const [from, to] = [
    dayStart('2026-03-28', 'Europe/Berlin') ?? 0,
    dayEnd('2026-03-30', 'Europe/Berlin') ?? 0,
  ];
  const change = Date.UTC(2026, 2, 29, 1) / 1000;
  expect(offsetSpans(from, to, 'Europe/Berlin')).toEqual([
    { from, to: change, offset: 3600 },
    { from: change, to, offset: 7200 },
  ]);
  expect(offsetSpans(0, 10, 'Asia/Tokyo')).toEqual([{ from: 0, to: 10, offset: 32_400 }]);
});
