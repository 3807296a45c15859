import { expect, test } from 'vitest';
import { isDenied } from './deny-url.ts';

test.each([
  ['/admin/api', '/api', true],
  ['/admin/api/oauth', '/api', true],
  ['/admin/apifoo', '/api', true],
  ['/ADMIN/API/oauth', '/api', true],
  ['/admin/%61pi/oauth', '/api', false],
  ['/admin/authorize', '/api', false],
  ['/api', '/api', false],
  ['/x/admin/api', '/api', false],
  ['/admin/setting/system', '/setting/(shop|system)', true],
  ['/admin/setting/other', '/setting/(shop|system)', false],
  ['/admin/a(b', '/a(b', true],
  ['/admin/ab', '/a(b', false],
  ['/admin/%zz/api', '/api', false],
  ['/admin/%zz', '/%zz', true],
])('%s against %s: %s', (path, denyUrl, denied) => {
  expect(isDenied(path, 'admin', [denyUrl])).toBe(denied);
});

test('no denial, no refusal; one among many is enough; the route is no pattern', () => {
  expect(isDenied('/admin/api', 'admin', [])).toBe(false);
  expect(isDenied('/admin/api', 'admin', ['/order', '/api'])).toBe(true);
  expect(isDenied('/adm1n/api', 'adm.n', ['/api'])).toBe(false);
});
