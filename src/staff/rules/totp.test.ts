import { describe, expect, test } from 'vitest';
import { enrolmentKey, enrolmentUri, totpCode, totpStep } from './totp.ts';

const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // RFC 6238 appendix B: 12345678901234567890

describe('totpStep', () => {
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('RFC 6238 appendix B at %i: %s', (at, code) => {
    expect(totpStep(code, KEY, at)).toBe(Math.floor(at / 30));
  });

  test('ASVS-6.5.5: two steps of 30 seconds early or late are right, three are not', () => {
    const at = 1111111109;
    const step = Math.floor(at / 30);
    for (const drift of [-2, -1, 0, 1, 2]) expect(totpStep('081804', KEY, at + drift * 30)).toBe(step);
    for (const drift of [-3, 3]) expect(totpStep('081804', KEY, at + drift * 30)).toBeUndefined();
  });

  test('a key of 80 bits, as EC-CUBE makes them, is read', () => {
    expect(totpStep('282760', 'JBSWY3DPEHPK3PXP', 0)).toBe(0);
    expect(totpStep('282761', 'JBSWY3DPEHPK3PXP', 0)).toBeUndefined();
  });

  test('no code fits a key that is not Base32', () => {
    expect(totpStep('081804', 'not!base32', 1111111109)).toBeUndefined();
  });
});

test.each([
  ['081804', '081804'],
  [' 081 804 ', '081804'],
  ['０８１８０４', '081804'],
  ['81804', undefined],
  ['0818041', undefined],
  ['08180x', undefined],
  ['٠٨١٨٠٤', undefined],
  ['', undefined],
])('%j typed is the code %s', (typed, code) => {
  expect(totpCode(typed)).toBe(code);
});

test('the key offered belongs to the session and the round: 160 bits, the same until it is used', () => {
  const key = enrolmentKey('token', 0);
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  expect(enrolmentKey('token', 0)).toBe(key);
  expect(enrolmentKey('token', 1)).not.toBe(key);
  expect(enrolmentKey('other', 0)).not.toBe(key);
});

test('the address is one that authenticator apps read', () => {
  const uri = new URL(enrolmentUri(KEY, '手形 shop', 'admin'));
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.host).toBe('totp');
  expect(decodeURIComponent(uri.pathname)).toBe('/手形 shop:admin');
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: '手形 shop',
    secret: KEY,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
