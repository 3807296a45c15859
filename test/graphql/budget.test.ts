/**
 * What one question may cost, as measured on the way to a server's end: each of these took seconds of CPU or gigabytes of
 * memory. Bounds of CPU are generous; the faults were tens of times above them.
 */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type Result, type ShopApi } from './support/shop-api.ts';

const MOST_CPU_MS = 1_500;
const MIB = 1024 * 1024;

/** The answer, and the CPU that this process spent on it. */
async function costOf(ask: () => Promise<Result>): Promise<{ answer: Result; cpuMs: number }> {
  const before = process.cpuUsage();
  const answer = await ask();
  const { user, system } = process.cpuUsage(before);
  return { answer, cpuMs: (user + system) / 1000 };
}

const aliased = (count: number, field: string): string =>
  Array.from({ length: count }, (_, place) => `a${place}: ${field}`).join(' ');
const isLimit = (category = 'graphql') => ({ extensions: { category, code: 'LIMIT' } });

describe('arguments', () => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = openStore('sqlite::memory:');
    shop = await embeddedShopApi(store);
  });
  afterAll(async () => {
    await shop.close();
    await store.close();
  });
  afterEach(() => expect(shop.log).toEqual([]));

  /** Asked with literals and with a variable alike. */
  const both = (
    field: string,
    argument: string,
    type: string,
    value: unknown,
  ): [string, () => Promise<Result>][] => [
    ['a literal', () => shop.ask(`{ ${field}(${argument}: ${JSON.stringify(value)}) { totalCount } }`)],
    [
      'a variable',
      () => shop.ask(`query ($v: ${type}) { ${field}(${argument}: $v) { totalCount } }`, { v: value }),
    ],
    [
      'a default',
      () =>
        shop.ask(
          `query ($v: ${type} = ${JSON.stringify(value)}) { ${field}(${argument}: $v) { totalCount } }`,
        ),
    ],
  ];

  test.each(both('products', 'id', 'String', `x${' '.repeat(80_000)}x`))(
    '80,000 blanks in the middle, as %s, are refused before they are trimmed',
    async (_form, ask) => {
      const { answer, cpuMs } = await costOf(ask);
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('4000文字以内'),
        ...isLimit('Invalid argument'),
      });
      expect(answer.data).toBeUndefined();
      expect(cpuMs).toBeLessThan(MOST_CPU_MS);
    },
  );

  test('4,000 blanks in the middle under 200 aliases are trimmed in time', async () => {
    const { answer, cpuMs } = await costOf(() =>
      shop.ask(`query ($v: String) { ${aliased(200, 'products(id: $v) { totalCount }')} }`, {
        v: `x${' '.repeat(3_998)}x`,
      }),
    );
    expect(answer.errors).toBeUndefined();
    expect(cpuMs).toBeLessThan(2 * MOST_CPU_MS);
  });

  test('an amount of 100,000 digits under 100 aliases', async () => {
    const { answer, cpuMs } = await costOf(() =>
      shop.ask(`query ($v: String) { ${aliased(100, 'orders(payment_total_start: $v) { totalCount }')} }`, {
        v: '9'.repeat(100_000),
      }),
    );
    expect(answer.errors?.[0]).toMatchObject(isLimit('Invalid argument'));
    expect(cpuMs).toBeLessThan(MOST_CPU_MS);
    const short = await shop.ask(`{ orders(payment_total_start: "${'9'.repeat(41)}") { totalCount } }`);
    expect(short.errors?.[0].message).toBe('payment_total_start: 有効な金額を入力してください。;');
  });

  test('numbers of many digits, wherever they stand', async () => {
    for (const [field, argument] of [
      ['products', 'page'],
      ['customers', 'buy_times_start'],
      ['products', 'id'],
    ]) {
      const { errors } = await shop.ask(`{ ${field}(${argument}: ${'9'.repeat(100_000)}) { totalCount } }`);
      expect(errors?.[0]).toMatchObject(isLimit('Invalid argument'));
    }
  });

  test('30,000 equal values are one value; under 200 aliases they are too many in all', async () => {
    const status = Array.from({ length: 30_000 }, () => '1');
    const one = await shop.ask('query ($s: [String]) { products(status: $s) { totalCount } }', { s: status });
    expect(one.data.products.totalCount).toBeGreaterThan(0);
    const { answer, cpuMs } = await costOf(() =>
      shop.ask(`query ($s: [String]) { ${aliased(200, 'products(status: $s) { totalCount }')} }`, {
        s: status,
      }),
    );
    expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining('合計'), ...isLimit() });
    expect(cpuMs).toBeLessThan(MOST_CPU_MS);
  });

  test('many different values are refused by name, not by the database', async () => {
    for (const count of [1_001, 33_000, 66_000]) {
      const values = Array.from({ length: count }, (_, place) => String(place));
      for (const [field, argument] of [
        ['products', 'status'],
        ['orders', 'payment'],
        ['changes', 'entities'],
      ]) {
        const under = field === 'changes' ? 'latestCursor' : 'totalCount';
        const { errors } = await shop.ask(`query ($s: [String]) { ${field}(${argument}: $s) { ${under} } }`, {
          s: values,
        });
        expect(errors?.[0]).toMatchObject({
          message: expect.stringContaining(`${argument}: 値が多すぎます`),
          ...isLimit('Invalid argument'),
        });
      }
    }
  });

  test('names of variables and of fields in them count as values do', async () => {
    const names = (count: number, value: unknown = 1) =>
      Object.fromEntries(Array.from({ length: count }, (_, place) => [`n${place}`, value]));
    const query = 'query ($v: String) { products(id: $v) { totalCount } }';
    for (const [text, variables, at] of [
      [query, names(80_000), 'variables'],
      [query, { v: names(80_000) }, 'id'],
      [query, { v: [names(1_001)] }, 'id'],
      ['{ products { totalCount } }', names(1_001), 'variables'],
      [query, { ['x'.repeat(4_001)]: 1 }, 'variables'],
    ] as const) {
      const { errors, data } = await shop.ask(text, variables);
      expect(data).toBeUndefined();
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(`^${at}: .*(?:値が多すぎます|4000文字以内)`),
        ...isLimit('Invalid argument'),
      });
    }
    const many = names(80, names(900));
    const { errors } = await shop.ask(
      `query ($v: String) { ${aliased(200, 'products(id: $v) { totalCount }')} }`,
      {
        v: many,
      },
    );
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('合計'), ...isLimit() });
    expect((await shop.ask(query, { v: '1', ...names(900) })).errors).toBeUndefined();
  });

  test('texts of all arguments together', async () => {
    const { errors } = await shop.ask(
      `query ($v: String) { ${aliased(200, 'orders(multi: $v, name: $v) { totalCount }')} }`,
      { v: 'x'.repeat(4_000) },
    );
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('合計1000000文字'), ...isLimit() });
  });

  test('lists inside lists, in a document and in a variable', async () => {
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    const literal = await shop.ask(`{ products(status: ${deep}) { totalCount } }`);
    const variable = await shop.ask('query ($s: [String]) { products(status: $s) { totalCount } }', {
      s: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
    });
    for (const { errors } of [literal, variable]) {
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('入れ子'),
        ...isLimit('Invalid argument'),
      });
    }
  });

  test('a text for which EC-CUBE’s own form takes more may have that much', async () => {
    const update = (length: number) =>
      shop.ask('mutation ($t: String) { updateProduct(id: 1, free_area: $t) { id } }', {
        t: 'あ'.repeat(length),
      });
    expect((await update(99_999)).errors).toBeUndefined();
    expect((await update(100_000)).errors?.[0]).toMatchObject(isLimit('Invalid argument'));
  });

  test.each<[string, string]>([
    ['one name very often', `{ ${'product(id: 1) { id } '.repeat(2_000)} }`],
    ['many directives', `{ product(id: 1) { ${'id @skip(if: true) '.repeat(2_500)} } }`],
    [
      'unknown fields with suggestions',
      `{ ${Array.from({ length: 1_500 }, (_, n) => `produkt${n}`).join(' ')} }`,
    ],
    ['escapes', `{ products(id: "${'\\u0041'.repeat(100_000)}") { totalCount } }`],
    ['a name of a megabyte', `{ ${'p'.repeat(1_000_000)} }`],
    ['blanks and commas', `{ ${', '.repeat(500_000)} __typename }`],
    ['a comment', `{ __typename } #${'#'.repeat(1_000_000)}`],
    [
      'introspection under aliases',
      `{ ${aliased(190, '__schema { types { name fields { name description args { name description } } } }')} }`,
    ],
    [
      'introspection inside introspection',
      `{ __schema { types { fields { type { fields { args { ${aliased(190, 'name')} } } } } } } }`,
    ],
  ])('a document of %s is judged in time', async (_what, query) => {
    const { cpuMs } = await costOf(() => shop.ask(query));
    expect(cpuMs).toBeLessThan(2 * MOST_CPU_MS);
  });
});

eachDatabase((database) => {
  const LIMIT = MIB;
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = database.open();
    shop = await embeddedShopApi(store, { limits: { resultBytes: LIMIT } });
  });
  afterAll(() => shop.close());
  afterEach(() => expect(shop.log).toEqual([]));

  /** Texts of `length` characters in every product, of which there are many. */
  async function describeProducts(length: number): Promise<void> {
    await sql`update dtb_product set description_detail = ${'説'.repeat(length)}`.execute(store.db);
  }

  describe('the bytes of an answer', () => {
    test('a page under 200 aliases is refused when the first of them fill it', async () => {
      const small = await embeddedShopApi(store, { limits: { resultBytes: 65_536 } });
      const page =
        'orders { nodes { id order_no name01 name02 email addr01 addr02 order_date Shippings { id } } }';
      expect((await small.ask(`{ ${page} }`)).errors).toBeUndefined();
      small.statements.length = 0;
      const { errors, data } = await small.ask(`{ ${aliased(200, page)} }`);
      expect([data, errors?.length, errors?.[0]]).toEqual([null, 1, expect.objectContaining(isLimit())]);
      expect(small.statements.length).toBeLessThan(100);
      await small.close();
    });

    test('long texts are refused in GraphQL form, and most of them are never read', async () => {
      await describeProducts(60_000);
      shop.statements.length = 0;
      const answer = await shop.ask(`{ ${aliased(200, 'products { nodes { description_detail } }')} }`);
      expect(answer.data).toBeNull();
      expect(answer.errors).toEqual([
        {
          message: expect.stringContaining(`${LIMIT}バイト`),
          extensions: { category: 'graphql', code: 'LIMIT' },
        },
      ]);
      expect(shop.statements.length).toBeLessThan(20);
    });

    test('a text that is shown again and again counts as often', async () => {
      await describeProducts(2_000);
      const again = aliased(190, 'description_detail');
      const { errors, data } = await shop.ask(`{ products { nodes { ${again} } } }`);
      expect([data, errors?.length, errors?.[0].extensions.code]).toEqual([null, 1, 'LIMIT']);
    });

    test('the last byte is counted exactly', async () => {
      await describeProducts(10_000);
      const query = (times: number) => `{ ${aliased(times, 'product(id: 1) { description_detail }')} }`;
      const fits = await raw(shop, query(34));
      expect([fits.bytes <= LIMIT, fits.answer.errors]).toEqual([true, undefined]);
      const tooMuch = await raw(shop, query(35));
      expect(tooMuch.answer).toMatchObject({ data: null, errors: [isLimit()] });
    });
  });
});

async function raw({ url }: ShopApi, query: string): Promise<{ bytes: number; answer: Result }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer read-write' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { bytes: Buffer.byteLength(text), answer: JSON.parse(text) as Result };
}
