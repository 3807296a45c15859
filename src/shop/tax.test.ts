import { expect, test } from 'vitest';
import { priceWithTax, type TaxLine, totalsByRate } from './tax.ts';

const terms = (tax_rate: string, rounding_type_id: number | null, tax_adjust = '0') => ({
  tax_rate,
  rounding_type_id,
  tax_adjust,
});

test.each([
  ['1000', '10', 1, '0', '1100.00'],
  ['105', '10', 1, '0', '116.00'], // 10.5
  ['105', '10', 2, '0', '115.00'],
  ['101', '10', 3, '0', '112.00'], // 10.1
  ['101', '10', 1, '0', '111.00'],
  ['101', '10', null, '0', '112.00'],
  ['105.00', '8', 1, '3', '116.00'], // 8.4 and the adjustment
  ['19.99', '10', 1, '0', '21.99'], // whole units of the currency
  ['0', '10', 1, '0', '0.00'],
  ['2147483647.00', '10', 2, '0', '2362232011.00'],
])('%s with %s %%, rounding %s, %s more: %s', (price, rate, rounding, adjust, expected) => {
  expect(priceWithTax(price, terms(rate, rounding, adjust))).toBe(expected);
});

test('a float’s dust does not round up: 1.1 × 10 % of 1,100 is 110', () => {
  expect(priceWithTax(1100, terms('10', 3))).toBe('1210.00');
  expect(priceWithTax(0.07, terms('10', 2))).toBe('0.07');
});

const line = (more: Partial<TaxLine>): TaxLine => ({
  price: '0',
  tax: '0',
  quantity: '1',
  tax_rate: '10',
  tax_type_id: 1,
  tax_display_type_id: 1,
  rounding_type_id: 1,
  order_item_type_id: 1,
  ...more,
});

test('points lower each rate by its part of the taxed total', () => {
  const lines = [
    line({ price: '1000', tax: '100' }),
    line({ price: '1000', tax: '80', tax_rate: '8' }),
    line({ price: '500', tax: '45', tax_display_type_id: 2, order_item_type_id: 2 }),
    line({ price: '-100', tax_type_id: 2, tax_display_type_id: 2, tax_rate: '0', order_item_type_id: 6 }),
  ];
  // 1600 and 1080 of 2680: 100 points are 59.70 and 40.30 of them
  expect(totalsByRate(lines)).toEqual([
    { tax_rate: '8.00', total: '1040.00', taxable: '963.00', tax: '77.00' },
    { tax_rate: '10.00', total: '1540.00', taxable: '1400.00', tax: '140.00' },
  ]);
});

test('a rate’s last line says how it is rounded', () => {
  const lines = (rounding_type_id: number) => [
    line({ price: '100', tax: '10' }),
    line({ price: '5', tax: '0', rounding_type_id }),
  ];
  expect([1, 2, 3].map((type) => totalsByRate(lines(type))[0]?.tax)).toEqual(['10.00', '10.00', '11.00']);
});

test('an order without taxed lines has no rates, one whose lines come to nothing has zeros', () => {
  expect(totalsByRate([line({ price: '100', tax_type_id: 2 })])).toEqual([]);
  expect(totalsByRate([line({ quantity: '0', price: '100' })])[0]).toMatchObject({
    total: '0.00',
    tax: '0.00',
  });
  expect(totalsByRate([line({ price: '1', rounding_type_id: null })])).toEqual([]);
});

test('amounts below zero are rounded by their type too', () => {
  const down = (rounding_type_id: number) => totalsByRate([line({ price: '-15', rounding_type_id })])[0]?.tax;
  // -15 × 10 / 110 = -1.36
  expect([down(1), down(2), down(3)]).toEqual(['-1.00', '-2.00', '-1.00']);
});
