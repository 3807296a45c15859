/** Orders that are corrected: what changes, what follows in stock, points and purchases, and what stays untouched. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { CHOCOLATE, CUSTOMER, faultsOf, JAM, numbers, orderShop, TOTALS } from './order-shop.ts';

eachDatabase((database) => {
  const clock = fixedClock(1_790_000_000);
  let store: Store;
  let shop: ShopApi;
  let at: ReturnType<typeof orderShop>;
  let id: string;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { clock });
    at = orderShop(store, shop);
  });
  afterAll(() => shop.close());
  /** 2 × 1300 and 4 × 333 for 100 points less, with a fee. */
  beforeEach(async () => {
    await at.reset();
    clock.advance(60);
    const made =
      await at.done(`orderCreate(customer_id: ${CUSTOMER}, input: { payment_id: 3 }, shippings: [{ delivery_id: 1 }], use_point: 100, items: [
      { product_class_id: ${JAM}, quantity: 2 }, { product_class_id: ${CHOCOLATE}, quantity: 4 }, { order_item_type_id: 2, price: "800" }
    ]) { id }`);
    ({ id } = made);
    clock.advance(60);
  });

  const update = (args: string) => `orderUpdate(id: ${id}, ${args}) { id version }`;
  const now = () => store.kit.dateText(clock.now()).slice(0, 19);
  const dated = (row: Readonly<Record<string, unknown>> | undefined) =>
    String(row?.update_date).slice(0, 19) === now();
  const status = (to: number) => at.done(`updateOrderStatus(id: ${id}, order_status_id: ${to}) { id }`);
  /** The lines as an update names them, but for what is given by its place. */
  const lines = async (changed: Readonly<Record<number, string>> = {}) => {
    const items = (await at.items(id)).filter(({ order_item_type_id: type }) => Number(type) !== 6);
    const named = items.map((item, index) =>
      changed[index] === 'gone' ? '' : `{ id: ${item.id}${changed[index] ?? ''} }`,
    );
    return named.join(' ');
  };
  const priced = (quantity: number, chocolates: number, points: number) => {
    const subtotal = quantity * 1430 + chocolates * 366;
    const add = Math.max(0, quantity * 13 + chocolates * 3 - Math.round(points / 100));
    return [subtotal, points, subtotal + 800 - points, add, points];
  };
  const PRICED = ['subtotal', 'discount', 'total', 'add_point', 'use_point'];

  test('the orderer, the payment and texts: those fields, and nothing of the money', async () => {
    const [before, items] = [await at.order(id), await at.items(id)];
    await at.done(
      update(
        'input: { addr02: "注文者変更", payment_id: 4, message: "伝言\\n2行", note: "", payment_date: "2026-09-01T00:00:00+09:00" }',
      ),
    );
    const after = await at.order(id);
    expect(numbers(after, TOTALS)).toEqual(numbers(before, TOTALS));
    const { payment_method } = await at.one('select payment_method from dtb_payment where id = 4');
    expect(after).toMatchObject({
      addr02: '注文者変更',
      payment_id: 4,
      payment_method,
      message: '伝言\n2行',
      note: null,
    });
    expect(String(after.payment_date).slice(0, 19)).toBe('2026-08-31 15:00:00');
    expect(dated(after)).toBe(true);
    expect(await at.items(id)).toEqual(items);
    expect([await at.stock(JAM), await at.points()]).toEqual([98, 900]);
  });

  test('what is so already is not written', async () => {
    const before = [await at.order(id), await at.items(id), await at.shippings(id)];
    const { name01 } = await at.order(id);
    await at.done(update(`input: { name01: "${name01}" }, items: [${await lines()}], use_point: 100`));
    expect([await at.order(id), await at.items(id), await at.shippings(id)]).toEqual(before);
  });

  test('quantities up and down move stock, totals, points to come and purchases by the difference', async () => {
    const [times = 0, bought = 0] = await at.summary();
    await at.done(update(`items: [${await lines({ 0: ', quantity: 5', 1: ', quantity: 1' })}]`));
    expect(numbers(await at.order(id), PRICED)).toEqual(priced(5, 1, 100));
    expect([await at.stock(JAM), await at.stock(CHOCOLATE), await at.points()]).toEqual([95, 6, 900]);
    const [, , total = 0] = priced(5, 1, 100);
    const [, , was = 0] = priced(2, 4, 100);
    expect(await at.summary()).toEqual([times, bought + total - was]);
  });

  test('lines come, change their price, rate and name, and go', async () => {
    await at.done(
      update(
        `items: [${await lines({ 0: ', price: "1,250", tax_rate: 8, product_name: "名前変更"', 1: 'gone' })} { order_item_type_id: 4, price: "-100" } { product_class_id: ${JAM}, quantity: 1 }]`,
      ),
    );
    const items = await at.items(id);
    expect(
      items
        .map((item) => numbers(item, ['order_item_type_id', 'price', 'quantity', 'tax', 'tax_rate']))
        .sort(),
    ).toEqual([
      [1, 1250, 2, 100, 8],
      [1, 1300, 1, 130, 10],
      [2, 800, 1, 73, 10],
      [4, -100, 1, -10, 10],
      [6, -100, 1, 0, 0],
    ]);
    expect(items.find(({ price }) => Number(price) === 1250)).toMatchObject({ product_name: '名前変更' });
    expect([await at.stock(JAM), await at.stock(CHOCOLATE)]).toEqual([97, 7]);
    expect(numbers(await at.order(id), ['subtotal', 'discount', 'total'])).toEqual([4130, 210, 4720]);
  });

  test.each([
    [150, 850],
    [30, 970],
    [0, 1000],
  ])('points: %s are used now', async (points, held) => {
    await at.done(update(`use_point: ${points}`));
    expect(numbers(await at.order(id), PRICED)).toEqual(priced(2, 4, points));
    expect(await at.points()).toBe(held);
    const ofPoints = (await at.items(id)).filter(({ order_item_type_id: type }) => Number(type) === 6);
    expect(ofPoints.map(({ price }) => Number(price))).toEqual(points === 0 ? [] : [-points]);
  });

  test('a cancelled order has given its points back: they do not move, its stock does', async () => {
    await status(3);
    expect([await at.stock(JAM), await at.points()]).toEqual([100, 1000]);
    await at.done(update(`use_point: 150, items: [${await lines({ 0: ', quantity: 5' })}]`));
    expect([await at.stock(JAM), await at.points()]).toEqual([97, 1000]);
    expect(Number((await at.order(id)).use_point)).toBe(150);
  });

  test('shippings come with lines of their own, are corrected, and go with their lines', async () => {
    const [first] = await at.shippings(id);
    await at.done(
      update(`shippings: [{ id: ${first?.id}, note: "置き配" }, { delivery_id: 1, name01: "二件目" }],
        items: [${await lines({ 1: ', shipping: 1' })} { product_class_id: ${JAM}, quantity: 3, shipping: 1 }]`),
    );
    const [kept, second] = await at.shippings(id);
    expect([kept?.note, second?.name01]).toEqual(['置き配', '二件目']);
    expect((await at.items(id)).map(({ shipping_id }) => shipping_id).sort()).toEqual(
      [first?.id, first?.id, second?.id, second?.id, null].sort(),
    );
    expect(await at.stock(JAM)).toBe(95);
    await at.done(update(`shippings: [{ id: ${first?.id} }]`));
    expect((await at.shippings(id)).map((row) => row.id)).toEqual([first?.id]);
    expect([await at.stock(JAM), await at.stock(CHOCOLATE)]).toEqual([98, 7]);
    expect(numbers(await at.order(id), ['subtotal', 'delivery_fee_total', 'total'])).toEqual([
      2860, 800, 3560,
    ]);
  });

  test('a parcel alone dates the order, and moves neither money nor stock', async () => {
    const [row] = await at.shippings(id);
    await at.done(update(`shippings: [{ id: ${row?.id}, tracking_number: "AB-1", addr01: "札幌市" }]`));
    const [after] = await at.shippings(id);
    expect(after).toMatchObject({ tracking_number: 'AB-1', addr01: '札幌市', name01: row?.name01 });
    expect(dated(await at.order(id))).toBe(true);
    expect(await at.stock(JAM)).toBe(98);
  });

  describe('is refused', () => {
    test.each<[string, (items: string, first: unknown) => string, string[]]>([
      [
        'over stock',
        (items) => `items: [${items} { product_class_id: ${CHOCOLATE}, quantity: 4 }]`,
        ['items[1].quantity STOCK_NEGATIVE'],
      ],
      ['points over what is held', () => 'use_point: 1101', ['use_point INVALID']],
      [
        'points over the total',
        () => `use_point: 900, items: [{ product_class_id: ${CHOCOLATE}, quantity: 1 }]`,
        ['use_point INVALID', 'items INVALID'],
      ],
      ['no product', () => 'items: []', ['items INVALID']],
      ['a line of another order', () => 'items: [{ id: 1, quantity: 1 }]', ['items[0].id NOT_FOUND']],
      [
        'a line twice',
        (_items, first) => `items: [{ id: ${first} }, { id: ${first} }]`,
        ['items[1].id INVALID'],
      ],
      [
        'a line of another type',
        (_items, first) => `items: [{ id: ${first}, order_item_type_id: 2 }]`,
        ['items[0].order_item_type_id INVALID'],
      ],
      ['a shipping of another order', () => 'shippings: [{ id: 1 }]', ['shippings[0].id NOT_FOUND']],
      ['only new shippings, which leave no line', () => 'shippings: [{ delivery_id: 1 }]', ['items INVALID']],
      [
        'empty names',
        () => 'input: { name01: "", email: null, order_date: null, payment_id: null }',
        [
          'input.name01 INVALID',
          'input.email INVALID',
          'input.payment_id INVALID',
          'input.order_date INVALID',
        ],
      ],
      ['a state that is gone', () => 'use_point: 0, ifVersion: "other"', ['ifVersion CONFLICT']],
    ])('%s, and nothing is written', async (_what, args, expected) => {
      const before = [await at.order(id), await at.items(id), await at.shippings(id)];
      const [first] = await at.items(id);
      expect(await at.faults(update(args(await lines(), first?.id)))).toEqual(expected);
      expect([await at.order(id), await at.items(id), await at.shippings(id)]).toEqual(before);
      expect([await at.stock(JAM), await at.stock(CHOCOLATE), await at.points()]).toEqual([98, 3, 900]);
    });

    test('an order that there is not, and one that is not placed yet', async () => {
      expect(await at.faults('orderUpdate(id: 99999, use_point: 0) { id }')).toEqual(['id NOT_FOUND']);
      expect(await at.faults('orderUpdate(id: 20, use_point: 0) { id }')).toEqual(['id BAD_TRANSITION']);
    });
  });

  test('of two who read the same state one is told', async () => {
    const { version } = await at.done(update('input: { note: "読んだ" }'));
    const ask = (quantity: number) =>
      lines({ 0: `, quantity: ${quantity}` }).then((items) =>
        shop.ask(`mutation { ${update(`items: [${items}], ifVersion: "${version}"`)} }`),
      );
    const results = await Promise.all([ask(3), ask(7)]);
    const lost = results.filter(({ errors }) => errors);
    expect(lost.map((result) => faultsOf(result))).toEqual([['ifVersion CONFLICT']]);
    const won = Number((await at.items(id))[0]?.quantity);
    expect(await at.stock(JAM)).toBe(100 - won);
  });

  test('two at once without expectations: both are honoured, one after the other', async () => {
    const items = await lines({ 0: ', quantity: 6' });
    const results = await Promise.all([
      shop.ask(`mutation { ${update(`items: [${items}]`)} }`),
      shop.ask(`mutation { ${update('use_point: 40')} }`),
    ]);
    expect(results.map(({ errors }) => errors)).toEqual([undefined, undefined]);
    expect(numbers(await at.order(id), PRICED)).toEqual(priced(6, 4, 40));
    expect([await at.stock(JAM), await at.points()]).toEqual([94, 960]);
  });
});
