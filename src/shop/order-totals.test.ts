/** Totals, taxes and points of orders; the numbers are those that EC-CUBE 4.3 wrote. */
import { expect, test } from 'vitest';
import {
  earnedPoints,
  ITEM_TYPE,
  lineTax,
  type OrderLine,
  orderTotals,
  pointPrice,
  TAX_TYPE,
  taxDisplayOf,
} from './order-totals.ts';

const NORMAL = { isOn: true, basicRate: '1', conversionRate: '1' };

const line = (
  type: number,
  price: number,
  {
    quantity = 1,
    rate = 10,
    taxed = type !== ITEM_TYPE.point,
    rounding = 1,
    pointRate = null as number | null,
  } = {},
): OrderLine => {
  const one = {
    price: String(price),
    tax_rate: taxed ? rate : 0,
    tax_type_id: taxed ? TAX_TYPE.taxed : TAX_TYPE.untaxed,
    tax_display_type_id: taxDisplayOf(type),
    rounding_type_id: taxed ? rounding : null,
  };
  return { ...one, quantity, order_item_type_id: type, point_rate: pointRate, tax: String(lineTax(one)) };
};

const { product, deliveryFee, charge, discount, point } = ITEM_TYPE;

/** `order-create-member` of the recordings. */
const MEMBER = [
  line(product, 1300, { quantity: 3 }),
  line(deliveryFee, 800),
  line(charge, 300),
  line(discount, -100),
  line(discount, -200, { taxed: false }),
  line(point, -50),
];

test('an order with fees, both discounts and points', () => {
  expect(MEMBER.map(({ tax }) => tax)).toEqual(['130', '73', '27', '-10', '0', '0']);
  expect(orderTotals(MEMBER)).toEqual({
    subtotal: '4290.00',
    discount: '360.00',
    delivery_fee_total: '800.00',
    charge: '300.00',
    tax: '457.00',
    total: '5030.00',
    payment_total: '5030.00',
  });
  expect(earnedPoints(MEMBER, NORMAL, true)).toBe(35n);
});

test('two rates, and discounts that are rounded away from zero', () => {
  const lines = [
    line(product, 105, { quantity: 3, rate: 8 }),
    line(product, 333, { quantity: 2 }),
    line(discount, -15),
    line(discount, -33, { taxed: false }),
  ];
  expect(lines.map(({ tax }) => tax)).toEqual(['8', '33', '-2', '0']);
  expect(orderTotals(lines)).toMatchObject({
    subtotal: '1071.00',
    discount: '50.00',
    tax: '87.00',
    total: '1021.00',
  });
});

test.each([
  [1, '-2', '11'],
  [2, '-2', '10'],
  [3, '-1', '11'],
])('rounding type %s', (rounding, ofDiscount, ofProduct) => {
  expect(line(discount, -15, { rounding }).tax).toBe(ofDiscount);
  expect(line(product, 105, { rounding }).tax).toBe(ofProduct);
});

test('points: a rate of the shop or of the line, what points are worth, and who gets none', () => {
  const settings = { isOn: true, basicRate: '5', conversionRate: '2' };
  const lines = [line(product, 1300), line(product, 333), line(point, -60, { pointRate: 5 })];
  expect(pointPrice(30, settings)).toBe('-60.00');
  expect(earnedPoints(lines, settings, true)).toBe(79n);
  expect(orderTotals(lines)).toMatchObject({ tax: '158.00', total: '1736.00', discount: '60.00' });
  expect(earnedPoints(lines, settings, false)).toBe(0n);
  expect(earnedPoints(lines, { ...settings, isOn: false }, true)).toBe(0n);
  expect(earnedPoints([line(point, -60, { pointRate: 5 })], settings, true)).toBe(0n);
  expect(pointPrice(30, { ...settings, conversionRate: null })).toBe('0.00');
  expect(earnedPoints([line(product, 1300)], { ...settings, basicRate: null }, true)).toBe(0n);
});

test('amounts that no float holds stay exact', () => {
  const lines = [line(product, 2147483647, { quantity: 4 }), line(product, 0.1, { quantity: 3, rate: 0 })];
  expect(orderTotals(lines).total).toBe('9448928048.30');
});
