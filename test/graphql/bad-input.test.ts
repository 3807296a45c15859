/** What callers send by mistake or on purpose gets the right error: never an internal one, nothing in the log. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { invalidArgument } from './support/faults.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const LONG = '長'.repeat(256);

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(database.open());
  });
  afterAll(() => shop.close());
  afterEach(() => expect(shop.log).toEqual([]));

  /** Arguments → the message. The first part is docs/eccube/graphql.md, Messages. */
  const INVALID: readonly [field: string, args: string, message: string][] = [
    ['products', 'status: ["9"]', 'status: 選択した値は無効です。;'],
    ['products', 'status: ["01"]', 'status: 選択した値は無効です。;'],
    ['products', 'status: ["1", null]', 'status: 選択した値は無効です。;'],
    ['products', 'status: ["1e0"]', 'status: 選択した値は無効です。;'],
    ['products', 'stock: ["3"]', 'stock: 選択した値は無効です。;'],
    ['products', 'category_id: "x"', 'category_id: 選択した値は無効です。;'],
    ['products', 'category_id: "99999999999999"', 'category_id: 選択した値は無効です。;'],
    ['products', 'tag_id: "0"', 'tag_id: 選択した値は無効です。;'],
    ['products', 'create_date_start: "2020-02-30"', 'create_date_start: 有効な日付を入力してください。;'],
    ['products', 'create_date_end: "2020-1-5"', 'create_date_end: 有効な日付を入力してください。;'],
    ['products', 'create_date_start: "0002-12-31"', 'create_date_start: 不正な日付です。;'],
    ['products', 'update_datetime_start: "0001-01-01T00:00:00Z"', 'update_datetime_start: 不正な日付です。;'],
    [
      'products',
      'create_datetime_start: "2020-01-02T00:00:00Z", create_datetime_end: "2020-01-01T00:00:00Z"',
      'create_datetime_end: admin.product.date_range_error;',
    ],
    ['products', 'page: 0', 'page: 0より大きくなければなりません。;'],
    ['products', 'page: -1', 'page: 数字で入力してください。;page: 0より大きくなければなりません。;'],
    ['products', 'limit: 0', 'limit: 0より大きくなければなりません。;'],
    ['products', 'limit: 1001', 'limit: 1000以下でなければなりません。;'],
    ['products', 'first: 1001', 'first: 1000以下でなければなりません。;'],
    ['products', 'first: 5, limit: 5', 'first: first と limit は同時に指定できません。;'],
    ['products', 'first: 5, page: 2', 'page: first・after と page は同時に指定できません。;'],
    ['orders', 'status: ["2"]', 'status: 選択した値は無効です。;'],
    ['orders', 'payment: ["99999"]', 'payment: 選択した値は無効です。;'],
    ['orders', 'shipping_mail: ["0"]', 'shipping_mail: 選択した値は無効です。;'],
    ['orders', 'kana: "山田"', 'kana: カタカナで入力してください。;'],
    ['orders', 'phone_number: "090 1234"', 'phone_number: 半角英数字かハイフンのみを入力してください。;'],
    ['orders', 'payment_total_start: "abc"', 'payment_total_start: 有効な金額を入力してください。;'],
    ['orders', 'payment_total_start: "1,00"', 'payment_total_start: 有効な金額を入力してください。;'],
    [
      'orders',
      'payment_total_start: "-1"',
      'payment_total_start: 0以上2147483647以下でなければなりません。;',
    ],
    [
      'orders',
      'payment_total_end: "2147483648"',
      'payment_total_end: 0以上2147483647以下でなければなりません。;',
    ],
    ['orders', `multi: "${LONG}"`, 'multi: 値が長すぎます。255文字以内でなければなりません。;'],
    ['customers', 'birth_start: "1980-13-01"', 'birth_start: 有効な生年月日を入力してください。;'],
    ['customers', 'birth_month: "13"', 'birth_month: 選択した値は無効です。;'],
    ['customers', 'pref: "48"', 'pref: 選択した値は無効です。;'],
    ['customers', 'sex: ["x"]', 'sex: 選択した値は無効です。;'],
    [
      'customers',
      'buy_total_start: "123456789"',
      'buy_total_start: 値が長すぎます。8文字以内でなければなりません。;',
    ],
    [
      'customers',
      'buy_times_end: 1234567890',
      'buy_times_end: 値が長すぎます。9文字以内でなければなりません。;',
    ],
    [
      'customers',
      'last_buy_start: "2020-01-02", last_buy_end: "2020-01-01"',
      'last_buy_end: admin.product.date_range_error;',
    ],
    [
      'products',
      'status: ["9"], page: 0, create_date_start: "x"',
      'status: 選択した値は無効です。;create_date_start: 有効な日付を入力してください。;page: 0より大きくなければなりません。;',
    ],
  ];

  test.each(INVALID)('%s(%s)', async (field, args, message) => {
    expect(await shop.ask(`{ ${field}(${args}) { nodes { id } } }`)).toEqual({
      errors: [
        {
          message,
          extensions: invalidArgument(message),
          locations: [{ line: 1, column: 3 }],
          path: [field],
        },
      ],
      data: { [field]: null },
    });
  });

  test('an unknown sort key is named, with those there are', async () => {
    for (const key of ['nope', 'constructor', '__proto__', 'toString']) {
      const { errors } = await shop.ask(`{ customers(sortkey: "${key}") { totalCount } }`);
      expect(errors?.[0].message).toBe(
        'sortkey: 並び替えの項目は次のいずれかです: customer_id, name, create_date, update_date;',
      );
    }
  });

  /** Odd, but a good question. */
  test.each<[string, string]>([
    ['products', 'id: "\\u0000"'],
    ['products', 'id: "99999999999"'],
    ['products', 'id: "2147483648"'],
    ['products', `id: "${LONG}"`],
    ['products', 'create_date_start: "9999-12-31", update_date_end: "9999-12-31"'],
    ['products', 'create_datetime_end: "9999-12-31T23:59:59+00:00"'],
    ['products', 'create_date_start: "2020-01-05T99"'],
    ['products', 'sorttype: "bogus", sortkey: ""'],
    ['orders', 'multi: "%_\\\\"'],
    ['orders', 'multi: "2147483648"'],
    ['orders', 'name: "\\\\"'],
    ['orders', 'phone_number: "０９０"'],
    ['orders', 'payment_total_start: "2147483647"'],
    ['orders', 'payment_total_start: " 1,000.5 "'],
    ['orders', 'tracking_number: "\'; --", order_no: "x"'],
    ['customers', 'buy_total_start: "-5"'],
    ['customers', 'buy_times_start: -5'],
    ['customers', 'multi: "　　"'],
    ['customers', 'birth_start: "0003-01-01", birth_month: " 1 "'],
  ])('%s(%s) is answered', async (field, args) => {
    const answer = await shop.ask(`{ ${field}(${args}) { nodes { id } totalCount } }`);
    expect(answer.errors).toBeUndefined();
  });

  test('an instant that is in UTC in the year 10000 is later than every date', async () => {
    const at = '"9999-12-31T23:59:59-09:00"';
    const count = async (args: string): Promise<number> => {
      const { data } = await shop.ask(`{ orders(${args}) { totalCount } }`);
      return data.orders.totalCount;
    };
    expect(await count(`order_datetime_start: ${at}`)).toBe(0);
    expect(await count(`update_datetime_end: ${at}`)).toBe(await count('page: 1'));
  });

  test('a text as long as a book is refused by name, not by the database', async () => {
    const text = (letter: string): string => letter.repeat(4001);
    for (const [field, argument, letter] of [
      ['products', 'id', 'x'],
      ['orders', 'email', 'x'],
      ['orders', 'kana', 'ア'],
      ['customers', 'phone_number', '0'],
    ] as const) {
      const { errors } = await shop.ask(`{ ${field}(${argument}: "${text(letter)}") { totalCount } }`);
      expect(errors?.[0].message).toBe(`${argument}: 値が長すぎます。4000文字以内でなければなりません。;`);
      const most = await shop.ask(`{ ${field}(${argument}: "${text(letter).slice(1)}") { totalCount } }`);
      expect(most.data).toEqual({ [field]: { totalCount: 0 } });
    }
    const wildcards = await shop.ask(`{ products(id: "${'%'.repeat(4000)}") { totalCount } }`);
    expect(wildcards.errors).toBeUndefined();
  });

  test('a text that no database can hold finds nothing', async () => {
    for (const id of ['a\0b', '\ud800', '\udc00x']) {
      const { data } = await shop.ask('query ($id: String) { products(id: $id) { totalCount } }', { id });
      expect(data).toEqual({ products: { totalCount: 0 } });
    }
  });

  test('a DateTime that is none says how to write it, as a literal and as a variable', async () => {
    const text = 'DateTime parse error, please specify in "Y-m-d\\TH:i:sP".2020-01-01';
    const literal = await shop.ask('{ orders(order_datetime_start: "2020-01-01") { totalCount } }');
    const variable = await shop.ask(
      'query ($d: DateTime) { orders(order_datetime_start: $d) { totalCount } }',
      {
        d: '2020-01-01',
      },
    );
    for (const { errors } of [literal, variable]) {
      expect(errors?.[0].message).toContain(text);
      expect(errors?.[0].extensions).toMatchObject({ category: 'Invalid argument', code: 'INVALID' });
    }
    const number = await shop.ask('{ orders(order_datetime_start: 5) { totalCount } }');
    expect(number.errors?.[0].extensions).toMatchObject({ category: 'Invalid argument', code: 'INVALID' });
  });

  test.each([
    ['{ products(page: "x") { totalCount } }', 'VALIDATION'],
    ['{ products(nope: 1) { totalCount } }', 'VALIDATION'],
    ['{', 'SYNTAX'],
    ['x', 'SYNTAX'],
    ['{ nope }', 'VALIDATION'],
  ])('%s is no question', async (query, code) => {
    const answer = await shop.ask(query);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0].extensions).toEqual({ category: 'graphql', code });
  });
});
