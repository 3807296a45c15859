import { expect, test } from 'vitest';
import { amount, asKatakana, cleaned, fractionDigitsOf, likePattern, searchedId, trimmed } from './values.ts';

test.each([
  ['1000.5', 0, '1001'],
  ['1000.49', 0, '1000'],
  ['1,234,567', 0, '1234567'],
  ['.5', 0, '1'],
  ['5.', 0, '5'],
  ['-0.4', 0, '0'],
  ['-12', 0, '-12'],
  ['0.1', 2, '0.10'],
  ['0.005', 2, '0.01'],
  ['12345678901234567890.12', 2, '12345678901234567890.12'],
])('%s with %d digits is %s', (text, digits, expected) => {
  expect(amount(text, digits)).toBe(expected);
});

test.each(['', '.', '-', '1,00', ',100', '1e3', '１０', '0x10', 'NaN', '1 000', '--1'])(
  '%s is no amount',
  (text) => {
    expect(amount(text, 0)).toBeUndefined();
  },
);

test('digits behind the point come from the currency', () => {
  expect(['JPY', 'USD', 'KWD'].map(fractionDigitsOf)).toEqual([0, 2, 3]);
});

test('both ends lose every kind of space and control character, the middle loses none', () => {
  expect(trimmed('\u3000\u00a0\t a b \u200a\r\n')).toBe('a b');
  expect(cleaned('山田　 太郎\t', 'without spaces')).toBe('山田太郎');
  expect(cleaned('山田　太郎', 'as it is')).toBe('山田　太郎');
});

test('an id is up to ten digits that a database can hold', () => {
  expect(['1', '007', '4294967295'].map(searchedId)).toEqual([1, 7, 4_294_967_295]);
  expect(['', '0', '-1', '1x', '4294967296', '99999999999'].map(searchedId)).toEqual(
    Array(6).fill(undefined),
  );
});

test('wildcards mean themselves only where they are escaped', () => {
  expect(likePattern('50%_')).toBe('%50%_%');
  expect(likePattern('50%_\\', true)).toBe('%50\\%\\_\\\\%');
});

test('hiragana becomes katakana, everything else stays', () => {
  expect(asKatakana('やまだ　ゔa山')).toBe('ヤマダ　ヴa山');
});
