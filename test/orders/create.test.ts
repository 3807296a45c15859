/** Orders that are taken in by hand have the rows of EC-CUBE's order page; the numbers are those that it wrote. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { CHOCOLATE, CUSTOMER, ENDLESS, GUEST, JAM, numbers, orderShop, TOTALS } from './order-shop.ts';

const SHIPPINGS = 'shippings: [{ delivery_id: 1 }]';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  let at: ReturnType<typeof orderShop>;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    at = orderShop(store, shop);
  });
  afterAll(() => shop.close());
  beforeEach(() => at.reset());

  const guest = (items: string, more = '') =>
    `orderCreate(input: { ${GUEST} }, ${SHIPPINGS}, items: [${items}]${more}) { id }`;
  const member = (items: string, more = '') =>
    `orderCreate(customer_id: ${CUSTOMER}, input: { payment_id: 3 }, ${SHIPPINGS}, items: [${items}]${more}) { id }`;
  const line = (type: number, price: number, more = '') =>
    `{ order_item_type_id: ${type}, price: "${price}"${more} }`;
  const product = (id: number, quantity: number, more = '') =>
    `{ product_class_id: ${id}, quantity: ${quantity}${more} }`;

  test('a member’s order: lines, totals, points, stock, summary', async () => {
    const [times = 0, bought = 0] = await at.summary();
    const { id } = await at.done(
      member(
        [
          product(JAM, 3),
          line(2, 800),
          line(3, 300),
          line(4, -100),
          line(4, -200, ', tax_type_id: 2'),
        ].join(),
        ', use_point: 50',
      ),
    );
    const order = await at.order(id);
    expect(numbers(order, TOTALS)).toEqual([4290, 360, 800, 300, 457, 5030, 5030, 35, 50]);
    const customer = await at.one(`select * from dtb_customer where id = ${CUSTOMER}`);
    expect(order).toMatchObject({
      order_no: String(id),
      order_status_id: 1,
      payment_id: 3,
      device_type_id: null,
      currency_code: 'JPY',
      payment_date: null,
      name01: customer.name01,
      email: customer.email,
      sex_id: customer.sex_id,
      job_id: customer.job_id,
      birth: customer.birth,
      discriminator_type: 'order',
    });
    expect(order.pre_order_id).toMatch(/^[0-9a-f]{40}$/);
    const [{ id: shippingId, ...shipping } = { id: 0 }] = await at.shippings(id);
    expect(shipping).toMatchObject({
      name01: customer.name01,
      delivery_id: 1,
      tracking_number: null,
      shipping_date: null,
    });
    const items = await at.items(id);
    expect(
      items.map((item) =>
        numbers(item, [
          'order_item_type_id',
          'price',
          'quantity',
          'tax',
          'tax_rate',
          'tax_type_id',
          'tax_display_type_id',
        ]),
      ),
    ).toEqual([
      [1, 1300, 3, 130, 10, 1, 1],
      [2, 800, 1, 73, 10, 1, 2],
      [3, 300, 1, 27, 10, 1, 2],
      [4, -100, 1, -10, 10, 1, 1],
      [4, -200, 1, 0, 0, 2, 1],
      [6, -50, 1, 0, 0, 2, 2],
    ]);
    expect(items.map(({ rounding_type_id }) => rounding_type_id)).toEqual([1, 1, 1, 1, null, null]);
    expect(items.map(({ shipping_id }) => shipping_id)).toEqual([
      shippingId,
      shippingId,
      null,
      null,
      null,
      null,
    ]);
    expect(items[5]).toMatchObject({
      product_name: 'ポイント',
      processor_name: 'Eccube\\Service\\PurchaseFlow\\Processor\\PointProcessor',
    });
    expect(await at.stock(JAM)).toBe(97);
    expect(await at.points()).toBe(950);
    expect(await at.summary()).toEqual([times + 1, bought + 5030]);
  });

  test('a guest’s: two rates, discounts rounded away from zero, no points', async () => {
    const { id } = await at.done(
      guest(
        [
          product(JAM, 3, ', price: "105", tax_rate: 8'),
          product(CHOCOLATE, 2),
          line(4, -15),
          line(4, -33, ', tax_type_id: 2'),
        ].join(),
      ),
    );
    expect(numbers(await at.order(id), TOTALS)).toEqual([1071, 50, 0, 0, 87, 1021, 1021, 0, 0]);
    expect(await at.order(id)).toMatchObject({
      customer_id: null,
      sex_id: null,
      birth: null,
      name01: '来店',
    });
    expect(await at.stock(CHOCOLATE)).toBe(5);
  });

  test.each([
    [1, 10, [11, -2]],
    [2, 10, [10, -2]],
    [3, 10, [11, -1]],
  ])('rounding type %s of the tax rule in force', async (rounding, rate, taxes) => {
    await at.run(
      `update dtb_tax_rule set rounding_type_id = ${rounding}, tax_rate = ${rate} where product_id is null`,
    );
    const { id } = await at.done(guest([product(JAM, 1, ', price: "105"'), line(4, -15)].join()));
    const items = await at.items(id);
    expect(items.map(({ tax }) => Number(tax))).toEqual(taxes);
    expect(items.map(({ rounding_type_id }) => Number(rounding_type_id))).toEqual([rounding, rounding]);
  });

  test('the rate of a product’s own, where the shop has such rates', async () => {
    await at.run(`update dtb_base_info set option_product_tax_rule = ${at.flag(true)}`);
    await at.run(`insert into dtb_tax_rule (product_id, product_class_id, rounding_type_id, tax_rate, tax_adjust, apply_date, create_date, update_date, discriminator_type)
      select product_id, id, 1, 8, 0, '2020-01-01 00:00:00', '2020-01-01 00:00:00', '2020-01-01 00:00:00', 'taxrule' from dtb_product_class where id = ${JAM}`);
    const { id } = await at.done(guest([product(JAM, 1), line(2, 500)].join()));
    expect((await at.items(id)).map((item) => numbers(item, ['tax', 'tax_rate']))).toEqual([
      [104, 8],
      [45, 10],
    ]);
    expect(numbers(await at.order(id), ['tax', 'total'])).toEqual([149, 1904]);
    await at.run(`delete from dtb_tax_rule where product_class_id = ${JAM}`);
    await at.run(`update dtb_base_info set option_product_tax_rule = ${at.flag(false)}`);
  });

  test('points at another rate and worth; points while the shop uses none', async () => {
    await at.run('update dtb_base_info set basic_point_rate = 5, point_conversion_rate = 2');
    const some = await at.done(member([product(JAM, 1), product(CHOCOLATE, 1)].join(), ', use_point: 30'));
    expect(numbers(await at.order(some.id), ['discount', 'tax', 'total', 'add_point'])).toEqual([
      60, 158, 1736, 79,
    ]);
    expect(await at.points()).toBe(970);
    await at.run(`update dtb_base_info set option_point = ${at.flag(false)}`);
    const none = await at.done(member(product(JAM, 1), ', use_point: 30'));
    expect(numbers(await at.order(none.id), ['total', 'add_point', 'use_point'])).toEqual([1430, 0, 30]);
    expect(await at.items(none.id)).toHaveLength(1);
    expect(await at.points()).toBe(970);
  });

  test('what is sold without limit is not counted; sale limits and the product’s status are not looked at', async () => {
    await at.run(`update dtb_product_class set sale_limit = 1 where id = ${ENDLESS}`);
    const { id } = await at.done(guest(product(ENDLESS, 6)));
    expect(Number((await at.order(id)).total)).toBe(66);
    expect(await at.stock(ENDLESS)).toBe(0);
  });

  test('several shippings, each with its lines', async () => {
    const { id } = await at.done(`orderCreate(
      input: { ${GUEST} }
      shippings: [{ delivery_id: 1 }, { delivery_id: 1, name01: "二件目", tracking_number: "ＡＢ－１", shipping_delivery_date: "2026-12-24T10:00:00+09:00" }]
      items: [${product(JAM, 2)}, ${product(JAM, 1, ', shipping: 1')}, ${line(2, 500, ', shipping: 1')}]
    ) { id }`);
    const shippings = await at.shippings(id);
    expect(shippings.map(({ name01 }) => name01)).toEqual(['来店', '二件目']);
    expect(shippings[1]).toMatchObject({ tracking_number: 'AB-1', addr01: '渋谷区' });
    expect(String(shippings[1]?.delivery_date).slice(0, 19)).toBe('2026-12-23 15:00:00');
    expect((await at.items(id)).map(({ shipping_id }) => shipping_id)).toEqual([
      shippings[0]?.id,
      shippings[1]?.id,
      shippings[1]?.id,
    ]);
    expect(await at.stock(JAM)).toBe(97);
  });

  describe('is refused', () => {
    const blank = [
      'name01',
      'name02',
      'kana01',
      'kana02',
      'postal_code',
      'addr01',
      'addr02',
      'phone_number',
      'pref_id',
      'email',
      'payment_id',
    ];
    const many = Array.from({ length: 201 }, () => product(JAM, 1)).join();
    test.each<[string, () => string, string[]]>([
      [
        'nothing of the orderer',
        () => `orderCreate(shippings: [{}], items: [${product(JAM, 1)}]) { id }`,
        [
          ...blank.map((name) => `input.${name} INVALID`),
          ...[
            'name01',
            'name02',
            'kana01',
            'kana02',
            'postal_code',
            'addr01',
            'addr02',
            'phone_number',
            'pref_id',
            'delivery_id',
          ].map((name) => `shippings[0].${name} INVALID`),
        ],
      ],
      ['no product', () => guest(line(2, 500)), ['items INVALID']],
      ['no line', () => guest(''), ['items INVALID']],
      [
        'no shipping',
        () => `orderCreate(input: { ${GUEST} }, shippings: [], items: [${product(JAM, 1)}]) { id }`,
        ['shippings INVALID'],
      ],
      [
        'over stock',
        () => guest([product(CHOCOLATE, 4), product(CHOCOLATE, 4)].join()),
        ['items[0].quantity STOCK_NEGATIVE'],
      ],
      ['points over what is held', () => member(product(JAM, 1), ', use_point: 1001'), ['use_point INVALID']],
      [
        'points over the total',
        () => member(product(CHOCOLATE, 1), ', use_point: 900'),
        ['use_point INVALID', 'items INVALID'],
      ],
      ['negative points', () => member(product(JAM, 1), ', use_point: -1'), ['use_point INVALID']],
      ['a total below zero', () => guest([product(CHOCOLATE, 1), line(4, -9000)].join()), ['items INVALID']],
      [
        'a total that no column holds',
        () => guest(product(ENDLESS, 999_999_999, ', price: "2147483647"')),
        ['items INVALID'],
      ],
      [
        'a tax below zero',
        () => guest([product(JAM, 1, ', tax_rate: 0'), line(4, -900)].join()),
        ['items INVALID'],
      ],
      [
        'a discount above zero',
        () => guest([product(JAM, 1), line(4, 1)].join()),
        ['items[1].price INVALID'],
      ],
      ['a fee below zero', () => guest([product(JAM, 1), line(2, -1)].join()), ['items[1].price INVALID']],
      [
        'values that are none',
        () =>
          guest(
            `{ product_class_id: ${JAM}, quantity: -1, price: "x", tax_rate: 101, product_name: " " }, { order_item_type_id: 6 }, { quantity: 1 }`,
          ),
        [
          'items[0].product_name INVALID',
          'items[0].price INVALID',
          'items[0].quantity INVALID',
          'items[0].tax_rate INVALID',
          'items[1].order_item_type_id INVALID',
          'items[1].product_class_id INVALID',
          'items[1].quantity INVALID',
          'items[2].product_class_id INVALID',
        ],
      ],
      ['a class that there is not', () => guest(product(99_999, 1)), ['items[0].product_class_id NOT_FOUND']],
      [
        'a code that there is not',
        () => guest('{ product_code: "nope", quantity: 1 }'),
        ['items[0].product_code NOT_FOUND'],
      ],
      [
        'a customer who there is not',
        () => member(product(JAM, 1)).replace(`: ${CUSTOMER}`, ': 99999'),
        ['customer_id NOT_FOUND'],
      ],
      [
        'a payment and a carrier that there are not',
        () =>
          guest(product(JAM, 1))
            .replace('payment_id: 3', 'payment_id: 99')
            .replace('delivery_id: 1', 'delivery_id: 99'),
        ['input.payment_id NOT_FOUND', 'shippings[0].delivery_id NOT_FOUND'],
      ],
      [
        'a slot of no carrier, a number with letters of Japan',
        () =>
          guest(product(JAM, 1)).replace(
            'delivery_id: 1',
            'delivery_id: 1, time_id: 999, tracking_number: "追跡"',
          ),
        ['shippings[0].tracking_number BAD_TRACKING_NUMBER', 'shippings[0].time_id NOT_FOUND'],
      ],
      [
        'a place without shipping',
        () => guest(product(JAM, 1, ', shipping: 1')),
        ['items[0].shipping INVALID'],
      ],
      ['too many lines', () => guest(many), ['items LIMIT']],
      [
        'too many shippings',
        () => guest(product(JAM, 1)).replace('{ delivery_id: 1 }', '{ delivery_id: 1 } '.repeat(21)),
        ['shippings LIMIT'],
      ],
      [
        'an address of mail that is none',
        () => guest(product(JAM, 1)).replace('guest-rec@', 'guest-rec'),
        ['input.email INVALID'],
      ],
    ])('%s, and nothing is written', async (_what, field, expected) => {
      const before = await at.one('select count(*) as n from dtb_order');
      expect(await at.faults(field())).toEqual(expected);
      expect(await at.one('select count(*) as n from dtb_order')).toEqual(before);
      expect([await at.stock(JAM), await at.stock(CHOCOLATE), await at.points()]).toEqual([100, 7, 1000]);
    });
  });

  test('a dry run says what it would cost and keeps nothing; a name is answered once', async () => {
    const dry = await at.done(
      guest(product(JAM, 2), ', validateOnly: true').replace('{ id }', '{ total OrderItems { tax } }'),
    );
    expect(dry).toMatchObject({ total: 2860, OrderItems: [{ tax: 130 }] });
    expect(await at.stock(JAM)).toBe(100);
    const named = guest(product(JAM, 2), ', clientMutationId: "phone-1"');
    const [first, again] = [await at.done(named), await at.done(named)];
    expect(again).toEqual(first);
    expect(await at.stock(JAM)).toBe(98);
  });
});
