import { expect, test } from 'vitest';
import { readPrice } from './price.ts';

test.each([
  ['1200', 'JPY', '1200'],
  ['0', 'JPY', '0'],
  ['1200.00', 'JPY', '1200'],
  ['0012', 'JPY', '12'],
  ['2147483647', 'JPY', '2147483647'],
  ['19.99', 'USD', '19.99'],
  ['19.9', 'USD', '19.90'],
  ['0.10', 'USD', '0.10'],
  ['2147483647.00', 'USD', '2147483647.00'],
  ['1.25', 'KWD', '1.25'],
])('%s in %s is %s', (text, currency, price) => {
  expect(readPrice(text, currency)).toEqual({ price });
});

test.each([
  ['', 'JPY', 'no number'],
  ['abc', 'JPY', 'no number'],
  ['1e3', 'JPY', 'no number'],
  ['1,200', 'JPY', 'no number'],
  ['１２００', 'JPY', 'no number'],
  [' 1200', 'JPY', 'no number'],
  ['.5', 'USD', 'no number'],
  ['1200.5', 'JPY', 'digits'],
  ['19.999', 'USD', 'digits'],
  ['1.255', 'KWD', 'digits'],
  ['-1', 'JPY', 'range'],
  ['-0.01', 'USD', 'range'],
  ['2147483648', 'JPY', 'range'],
  ['2147483647.01', 'USD', 'range'],
  ['9'.repeat(30), 'JPY', 'range'],
])('%s in %s is refused: %s', (text, currency, fault) => {
  expect(readPrice(text, currency)).toEqual({ fault });
});
