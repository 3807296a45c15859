import { expect, test } from 'vitest';
import { isConfirmed, judgeSession, SESSION_SECONDS } from './session.ts';

const NOW = 1_000_000;
const FAR = NOW + SESSION_SECONDS.absolute;

test.each([
  [0, FAR, 'live'],
  [59, FAR, 'live'],
  [60, FAR, 'stale'],
  [SESSION_SECONDS.idle - 1, FAR, 'stale'],
  [SESSION_SECONDS.idle, FAR, 'over'],
  [0, NOW + 1, 'live'],
  [0, NOW, 'over'],
])('seen %i s ago, ending at %i: %s', (ago, expiresAt, verdict) => {
  expect(judgeSession({ lastSeenAt: NOW - ago, expiresAt }, NOW)).toBe(verdict);
});

test('the password counts as fresh for half an hour', () => {
  expect(isConfirmed({ confirmedAt: NOW - 1799 }, NOW)).toBe(true);
  expect(isConfirmed({ confirmedAt: NOW - 1800 }, NOW)).toBe(false);
});
