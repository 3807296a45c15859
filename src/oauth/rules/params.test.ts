import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE, OAuthError } from './errors.ts';
import { printable, readParams, required, strictParams } from './params.ts';

const DESCRIPTION = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/; // RFC 6749 §5.2

test('values are decoded as forms are', () => {
  const { params } = readParams('a=1+2&b=%E9%80%9A&c=%2B&d=100%&empty=&bare');
  expect([...params]).toEqual([
    ['a', '1 2'],
    ['b', '通'],
    ['c', '+'],
    ['d', '100%'],
  ]);
});

test('what comes twice is named, even with the same or no value', () => {
  expect(readParams('a=1&b=2&a=1&c=&c=').repeated).toEqual(['a', 'c']);
  expect(readParams('a=1&A=1').repeated).toEqual([]);
});

describe('what holds characters that belong in no parameter', () => {
  test.each(['%00', 'x%00y', '%08', '%1F', '%7F', '%C2%80', '%FF', '%ED%A0%80', '%E3%81'])('%s', (value) => {
    expect(readParams(`a=${value}`).malformed).toEqual(['a']);
    expect(() => strictParams(`a=${value}`)).toThrow(OAuthError);
  });
});

test('U+FFFD that was sent is a character like any other; one that stands for broken bytes is not', () => {
  expect(readParams('state=%EF%BF%BD').malformed).toEqual([]);
  expect(readParams('state=%ef%bf%bd+%F0%9F%98%80').params.get('state')).toBe('\ufffd 😀');
  expect(readParams('state=\ufffd').malformed).toEqual(['state']);
  expect(readParams('state=%EF%BF%BD%FF').malformed).toEqual(['state']);
});

test('a parameter named like a part of every object is only a parameter', () => {
  const { params } = strictParams('__proto__=1&constructor=2&toString=3');
  expect(params.get('__proto__')).toBe('1');
  expect(params.get('hasOwnProperty')).toBeUndefined();
  expect(() => required(params, 'valueOf')).toThrow(OAuthError);
});

test('any text whatever is read without breaking', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { params } = readParams(text);
      expect([...params.values()].every((value) => value !== '')).toBe(true);
    }),
  );
});

test('ADV-23: what an error repeats of the input is short and keeps to the characters of RFC 6749', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      expect(printable(text)).toMatch(DESCRIPTION);
      expect(printable(text).length).toBeLessThanOrEqual(64);
    }),
  );
});

test.each(Object.entries(CATALOGUE))('the public text of %s keeps to them, too', (_code, { text }) => {
  expect(text).toMatch(DESCRIPTION);
});
