import { expect, test } from 'vitest';
import { isWithin, narrowScope, parseScope, SCOPES } from './scope.ts';

test.each([
  ['read', ['read']],
  ['read write', ['read', 'write']],
  ['read read', ['read']],
  [' read', ['read']],
  ['read write ', ['read', 'write']],
  ['read   write', ['read', 'write']],
  ['https://a.example/x', ['https://a.example/x']],
  ['', []],
  ['  ', []],
])('%j', (text, scopes) => {
  expect(parseScope(text)).toEqual(scopes);
});

test.each(['read\twrite', 'read\nwrite', 'read,"', 'a\\b', '読む', 'a\u0000', 'read\u3000write'])(
  '%j is malformed',
  (text) => {
    expect(parseScope(text)).toBeUndefined();
  },
);

test('the parts of read are within read, and nothing else is within anything but itself', () => {
  for (const scope of SCOPES) {
    expect(isWithin(scope, ['read']), scope).toBe(scope === 'read' || scope.startsWith('read:'));
    expect(isWithin(scope, ['write']), scope).toBe(scope === 'write');
    expect(isWithin('read', [scope]), scope).toBe(scope === 'read');
  }
  expect(isWithin('read:makers', ['read'])).toBe(false);
  expect(isWithin('Read', ['read'])).toBe(false);
});

test.each([
  ['read write', ['read'], ['read']],
  ['read:orders read:products', ['read:products'], ['read:products']],
  [SCOPES.join(' '), ['read:orders'], ['read:orders', 'read:orders:minimal']],
  ['read:orders', ['read:orders:minimal'], undefined],
  ['read:customers', ['read'], ['read:customers']],
  ['write read', ['read', 'write'], ['write', 'read']],
  // Registered while its extension was there.
  ['read:makers', ['read:makers'], ['read:makers']],
])('%j narrowed to what %j allows', (asked, allowed, left) => {
  expect(narrowScope(asked, allowed, SCOPES)).toEqual(left);
});

test.each([
  ['', ['read']],
  ['  ', ['read']],
  ['write', ['read']],
  ['read', ['read:products']],
  ['read admin', ['read']],
  ['read "', ['read']],
])('%j leaves nothing of %j', (asked, allowed) => {
  expect(narrowScope(asked, allowed, SCOPES)).toBeUndefined();
});
