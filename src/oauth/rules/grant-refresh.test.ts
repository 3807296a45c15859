import { expect, test } from 'vitest';
import { judgeRefresh, type PresentedRefresh, ROTATION_GRACE_SECONDS } from './grant-refresh.ts';

const NOW = 1_775_001_600;
const TOKEN: PresentedRefresh = {
  clientId: 'mine',
  expiresAt: NOW + 1,
  rotatedAt: null,
  successorRotatedAt: null,
  grantRevokedAt: null,
};
const EDGE = NOW - ROTATION_GRACE_SECONDS;

test.each<[string, Partial<PresentedRefresh>, string]>([
  ['unused', {}, 'rotate'],
  ['used just now', { rotatedAt: NOW }, 'retry'],
  ['used at the edge of the grace', { rotatedAt: EDGE }, 'retry'],
  ['used before the grace', { rotatedAt: EDGE - 1 }, 'reuse'],
  ['used just now, its successor too', { rotatedAt: NOW, successorRotatedAt: NOW }, 'reuse'],
  ['expired', { expiresAt: NOW }, 'refuse'],
  ['of a revoked grant', { grantRevokedAt: NOW }, 'refuse'],
  ['of a revoked grant, within the grace', { grantRevokedAt: NOW, rotatedAt: NOW }, 'refuse'],
  ['of another client', { clientId: 'theirs' }, 'refuse'],
  ['of another client, long used', { clientId: 'theirs', rotatedAt: EDGE - 1 }, 'refuse'],
])('%s', (_title, token, kind) => {
  expect(judgeRefresh({ ...TOKEN, ...token }, 'mine', NOW).kind).toBe(kind);
});

test('none', () => {
  expect(judgeRefresh(undefined, 'mine', NOW).kind).toBe('refuse');
});
