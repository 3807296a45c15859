import { describe, expect, test } from 'vitest';
import { parseInstant, shopTime } from './shop-time.ts';

describe('dates in the shop’s time zone', () => {
  const tokyo = shopTime('Asia/Tokyo');
  const newYork = shopTime('America/New_York');

  test.each([
    ['2020-07-16 00:49:07', '2020-07-16T09:49:07+09:00'],
    ['2020-07-16 00:49:07+00', '2020-07-16T09:49:07+09:00'],
    ['2019-12-31 15:00:00', '2020-01-01T00:00:00+09:00'],
    ['1949-07-01 00:00:00', '1949-07-01T10:00:00+10:00'], // Japan had summer time then
  ])('%s is written %s in Tokyo', (stored, written) => {
    expect(tokyo.write(stored)).toBe(written);
  });

  test.each([
    ['2024-03-10 06:59:59', '2024-03-10T01:59:59-05:00'],
    ['2024-03-10 07:00:00', '2024-03-10T03:00:00-04:00'],
    ['2024-11-03 06:00:00', '2024-11-03T01:00:00-05:00'],
  ])('%s is written %s in New York, whatever the season', (stored, written) => {
    expect(newYork.write(stored)).toBe(written);
  });

  test('UTC is written as +00:00', () => {
    expect(shopTime('UTC').write('2020-01-01 00:00:00')).toBe('2020-01-01T00:00:00+00:00');
  });

  test('a day begins at local midnight', () => {
    expect(tokyo.startOfDay('2020-01-05')).toBe(Date.parse('2020-01-04T15:00:00Z') / 1000);
    expect(newYork.startOfDay('2024-03-10')).toBe(Date.parse('2024-03-10T05:00:00Z') / 1000);
    expect(newYork.startOfDay('2024-03-11')).toBe(Date.parse('2024-03-11T04:00:00Z') / 1000);
    expect(tokyo.startOfDay('2020-01-05T00:00:00+09:00')).toBe(tokyo.startOfDay('2020-01-05'));
  });

  test.each(['2020-02-30', '2020-13-01', '2020-1-5', '2020/01/05', '', 'x'])('%s is no day', (text) => {
    expect(tokyo.startOfDay(text)).toBeUndefined();
  });

  test('an instant is read with its offset', () => {
    const expected = Date.parse('2020-01-01T00:00:00Z') / 1000;
    for (const text of ['2020-01-01T09:00:00+09:00', '2020-01-01T09:00:00+0900', '2020-01-01T00:00:00Z']) {
      expect(parseInstant(text)).toBe(expected);
    }
  });

  test.each([
    '2020-01-01',
    '2020-01-01T00:00:00',
    '2020-01-01T00:00:00.Z',
    '2020-02-30T00:00:00Z',
    '2020-01-01T24:00:00Z',
  ])('%s is no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

test('a fraction of a second, as JavaScript writes it, is cut off', () => {
  expect(parseInstant(new Date(1_775_001_600_999).toISOString())).toBe(1_775_001_600);
  expect(parseInstant('2026-04-01T09:00:00.123456+09:00')).toBe(1_775_001_600);
});
