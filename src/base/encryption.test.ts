import { expect, test } from 'vitest';
import { deriveKey } from './bytes.ts';
import { seal, UnsealError, unseal } from './encryption.ts';

const key = deriveKey(new Uint8Array(32).fill(7), 'test');

test('what was sealed opens again, and looks different each time', () => {
  const [one, two] = [seal(key, 'here', 'ひみつ'), seal(key, 'here', 'ひみつ')];
  expect(one).not.toBe(two);
  expect(one).not.toContain('ひみつ');
  expect([one, two].map((sealed) => unseal(key, 'here', sealed))).toEqual(['ひみつ', 'ひみつ']);
});

test.each([
  ['another key', (s: string) => unseal(deriveKey(new Uint8Array(32), 'test'), 'here', s)],
  ['another place', (s: string) => unseal(key, 'there', s)],
  [
    'a changed byte',
    (s: string) => unseal(key, 'here', `${s.slice(0, 8)}${s[8] === 'A' ? 'B' : 'A'}${s.slice(9)}`),
  ],
  ['a cut end', (s: string) => unseal(key, 'here', s.slice(0, -4))],
  ['too short', () => unseal(key, 'here', 'v1.AAAA')],
  ['another format', (s: string) => unseal(key, 'here', s.replace('v1', 'v2'))],
])('%s opens nothing', (_, open) => {
  expect(() => open(seal(key, 'here', 'secret'))).toThrow(UnsealError);
});
