import { expect, test } from 'vitest';
import { addressLimit, lockMinutes, loginIdLimit } from './lock-out.ts';

test('letter case opens no second budget; another address and another login id do', () => {
  const one = loginIdLimit('Admin', '192.0.2.1').throttleId;
  expect(loginIdLimit('aDMIN', '192.0.2.1').throttleId).toBe(one);
  expect(loginIdLimit('admin', '192.0.2.2').throttleId).not.toBe(one);
  expect(loginIdLimit('admin2', '192.0.2.1').throttleId).not.toBe(one);
  expect(addressLimit('192.0.2.1').throttleId).not.toBe(one);
});

test.each([
  [1800, 30],
  [1799, 30],
  [61, 2],
  [60, 1],
  [1, 1],
  [0, 1],
])('%i seconds are told as %i minutes', (seconds, minutes) => {
  expect(lockMinutes(5000 + seconds, 5000)).toBe(minutes);
});
