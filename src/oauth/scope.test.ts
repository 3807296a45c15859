import { expect, test } from 'vitest';
import { isSubset, parseScope } from './scope.ts';

test.each([
  ['read', ['read']],
  ['read write', ['read', 'write']],
  ['read read', ['read']],
  ['https://a.example/x', ['https://a.example/x']],
  ['', []],
])('%j', (text, scopes) => {
  expect(parseScope(text)).toEqual(scopes);
});

test.each([' read', 'read ', 'read  write', 'read\twrite', 'read,"', 'a\\b', '読む', 'a\u0000'])(
  '%j is malformed',
  (text) => {
    expect(parseScope(text)).toBeUndefined();
  },
);

test('a subset, whatever the order', () => {
  expect(isSubset(['write', 'read'], ['read', 'write'])).toBe(true);
  expect(isSubset([], ['read'])).toBe(true);
  expect(isSubset(['read', 'Write'], ['read', 'write'])).toBe(false);
});
