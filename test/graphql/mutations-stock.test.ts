/** Stock, one class and many: what is asked, what is refused, both stored stocks, retries, and fifty at once. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import type { ErrorCode } from '../../src/graphql/errors.ts';
import { pruneClientMutations } from '../../src/graphql/store/client-mutations.ts';
import { eachDatabase } from '../support/databases.ts';
import { invalidArgument } from './support/faults.ts';
import { clock, embeddedShopApi, type Result, type ShopApi } from './support/shop-api.ts';

const message = (result: Result): string | undefined => result.errors?.[0]?.message;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;

  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  /** Both stocks of a class, its flag, who changed it and when. */
  const stored = async (code: string) => {
    const { rows } = await sql<Record<string, unknown>>`
      select pc.stock as first, ps.stock as second, pc.stock_unlimited as unlimited, pc.creator_id as creator,
        ps.creator_id as second_creator, pc.id as id
      from dtb_product_class pc left join dtb_product_stock ps on ps.product_class_id = pc.id
      where pc.product_code = ${code} order by pc.id`.execute(store.db);
    const [row] = rows;
    return {
      first: row?.first === null ? null : Number(row?.first),
      second: row?.second === null ? null : Number(row?.second),
      unlimited: Boolean(row?.unlimited),
      creator: row?.creator,
      secondCreator: row?.second_creator,
      rows: rows.length,
    };
  };
  const set = (args: string) =>
    shop.ask(
      `mutation { updateProductStock(${args}) { id code stock stock_unlimited ProductStock { stock } } }`,
    );

  test('both stocks, the flag and the acting member are written', async () => {
    expect(await set('code: "YNM-01", stock: 7, stock_unlimited: false')).toEqual({
      data: {
        updateProductStock: {
          id: expect.any(String),
          code: 'YNM-01',
          stock: 7,
          stock_unlimited: false,
          ProductStock: { stock: 7 },
        },
      },
    });
    expect(await stored('YNM-01')).toEqual({
      first: 7,
      second: 7,
      unlimited: false,
      creator: 1,
      secondCreator: 1,
      rows: 1,
    });
    await set('code: "YNM-01", stock_unlimited: true');
    expect(await stored('YNM-01')).toMatchObject({ first: null, second: null, unlimited: true });
    await set('code: "YNM-01", stock: null, stock_unlimited: false');
    expect(await stored('YNM-01')).toMatchObject({ first: null, second: null, unlimited: false });
    await set('code: "YNM-01", stock: 2147483647, stock_unlimited: false');
    expect(await stored('YNM-01')).toMatchObject({ first: 2147483647, second: 2147483647 });
  });

  test.each<[string, string, ErrorCode?]>([
    ['code: "none", stock: 1, stock_unlimited: false', 'code: No ProductClass found;', 'NOT_FOUND'],
    ['code: "", stock: 1, stock_unlimited: false', 'code: No ProductClass found;', 'NOT_FOUND'],
    ['code: "FKN-01\\u0000", stock: 1, stock_unlimited: false', 'code: No ProductClass found;', 'NOT_FOUND'],
    [
      'code: "FKN-01", stock: 1, stock_unlimited: true',
      'stock: Cannot update stock with stock unlimited;',
      'STOCK_UNLIMITED',
    ],
    [
      'code: "FKN-01", stock: null, stock_unlimited: true',
      'stock: Cannot update stock with stock unlimited;',
      'STOCK_UNLIMITED',
    ],
    ['code: "FKN-01", stock_unlimited: false', 'stock: stock is required when stock limited;'],
    [
      'code: "FKN-01", stock: -1, stock_unlimited: false',
      'stock: stock must be a positive integer;',
      'STOCK_NEGATIVE',
    ],
    // The code is judged before the stock.
    ['code: "none", stock: -1, stock_unlimited: false', 'code: No ProductClass found;', 'NOT_FOUND'],
  ])('%s is refused', async (args, text, code: ErrorCode = 'INVALID') => {
    const result = await set(args);
    expect(message(result)).toBe(text);
    expect(result.errors?.[0].extensions).toEqual(invalidArgument(text, code));
    expect(result.data).toEqual({ updateProductStock: null });
    expect(await stored('FKN-01')).toMatchObject({ first: 120, second: 120 });
  });

  test('a code that two classes have is refused; their ids are not', async () => {
    await sql`update dtb_product_class set product_code = 'TWICE' where product_code in ('CHA-01', 'CHA-02')`.execute(
      store.db,
    );
    const { rows } = await sql<{ id: number }>`
      select id from dtb_product_class where product_code = 'TWICE' order by id`.execute(store.db);
    expect(message(await set('code: "TWICE", stock: 1, stock_unlimited: false'))).toBe(
      'code: Multiple ProductClass found;',
    );
    const byId = (id: unknown, stock: number) =>
      shop.ask(
        `mutation { updateProductClassStock(product_class_id: "${id}", stock: ${stock}, stock_unlimited: false) { stock } }`,
      );
    expect(await byId(rows[0]?.id, 3)).toEqual({ data: { updateProductClassStock: { stock: 3 } } });
    expect(await stored('TWICE')).toMatchObject({ first: 3, second: 3, rows: 2 });
    for (const bad of ['0', 'abc', '99999999999', '-1', '1.5']) {
      expect(message(await byId(bad, 1))).toBe('product_class_id: No ProductClass found;');
    }
  });

  test('a missing stock row is made, once, however many ask at once', async () => {
    await sql`delete from dtb_product_stock where product_class_id in
      (select id from dtb_product_class where product_code = 'BOX-01')`.execute(store.db);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => set(`code: "BOX-01", stock: ${n}, stock_unlimited: false`)),
    );
    expect(results.map(message)).toEqual(Array(8).fill(undefined));
    const after = await stored('BOX-01');
    expect(after.rows).toBe(1);
    expect(after.second).toBe(after.first);
  });

  test('fifty updates at once leave both stocks equal', async () => {
    const one = (n: number) =>
      n % 2 === 0
        ? set(`code: "GFT-01", stock: ${n}, stock_unlimited: false`)
        : shop.ask(`mutation { bulkUpdateProductStock(items: [
            { code: "GFT-01", stock: ${n}, stock_unlimited: false }
            { code: "FRS-01-M-AI", stock: ${n}, stock_unlimited: false }
          ]) { ok } }`);
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => one(n)));
    expect(results.flatMap((result) => result.errors ?? [])).toEqual([]);
    const [gift, cloth] = [await stored('GFT-01'), await stored('FRS-01-M-AI')];
    expect(gift.first).not.toBeNull();
    expect(gift.second).toBe(gift.first);
    expect(cloth.second).toBe(cloth.first);
  });

  const bulk = (items: string) =>
    shop.ask(
      `mutation { bulkUpdateProductStock(items: ${items}) { ok message ProductClass { code stock } } }`,
    );

  test('in bulk each row has its own fate, in the order given', async () => {
    const { data } = await bulk(`[
      { code: "HSH-01", stock: 5, stock_unlimited: false }
      { code: "none", stock: 5, stock_unlimited: false }
      { product_class_id: 999999, stock: 5, stock_unlimited: false }
      { code: "KYU-01", stock: -5, stock_unlimited: false }
      { code: "HSH-01", stock: 6, stock_unlimited: false }
      { stock: 6, stock_unlimited: false }
      { code: "KYU-01", product_class_id: 1, stock: 6, stock_unlimited: false }
      { code: "KYU-01", stock_unlimited: true }
    ]`);
    const failed = (message: string) => ({ ok: false, message, ProductClass: null });
    expect(data.bulkUpdateProductStock).toEqual([
      { ok: true, message: null, ProductClass: { code: 'HSH-01', stock: 5 } },
      failed('code: No ProductClass found;'),
      failed('product_class_id: No ProductClass found;'),
      failed('stock: stock must be a positive integer;'),
      failed('items: An earlier row sets the stock of the same ProductClass;'),
      failed('code: Give either code or product_class_id;'),
      failed('code: Give either code or product_class_id, not both;'),
      { ok: true, message: null, ProductClass: { code: 'KYU-01', stock: null } },
    ]);
    expect(await stored('HSH-01')).toMatchObject({ first: 5, second: 5, unlimited: false });
    expect(await stored('KYU-01')).toMatchObject({ first: null, second: null, unlimited: true });
  });

  test('a thousand rows in one go, and not one more', async () => {
    const rows = (count: number) =>
      `[${Array.from({ length: count }, (_, n) => `{ product_class_id: ${n + 1}, stock: 9, stock_unlimited: false }`).join()}]`;
    const { data } = await bulk(rows(1000));
    const done = data.bulkUpdateProductStock.filter(({ ok }: { ok: boolean }) => ok);
    expect(data.bulkUpdateProductStock).toHaveLength(1000);
    expect(done.length).toBeGreaterThan(20);
    expect(message(await bulk(rows(1001)))).toBe('items: 値が多すぎます。1000個以内にしてください。;');
    expect((await bulk('[]')).data).toEqual({ bulkUpdateProductStock: [] });
  });

  test('the same name again changes nothing and gives the first result', async () => {
    const named = 'code: "MKK-01-SM", stock: 41, stock_unlimited: false, clientMutationId: "a"';
    const first = await set(named);
    await set('code: "MKK-01-SM", stock: 40, stock_unlimited: false');
    const again = await set(named);
    expect(first.data.updateProductStock.stock).toBe(41);
    expect(again).toEqual(first);
    expect(await stored('MKK-01-SM')).toMatchObject({ first: 40, second: 40 });
    expect(message(await set(named.replace('41', '42')))).toBe(
      'clientMutationId: This ID was already used with other arguments;',
    );
  });

  test('the first answer is kept sealed, and for the fields that were asked for', async () => {
    const named = 'code: "MKK-01-SM", stock: 39, stock_unlimited: false, clientMutationId: "sealed"';
    const first = await set(named);
    const { rows } = await sql<{ answer: string }>`
      select answer from tegata_client_mutation where answer is not null`.execute(store.db);
    expect(rows.length).toBeGreaterThan(0);
    for (const { answer } of rows) expect(answer).toMatch(/^v1\.[\w-]+$/);
    await set('code: "MKK-01-SM", stock: 38, stock_unlimited: false');
    const other = await shop.ask(`mutation { updateProductStock(${named}) { id stock } }`);
    expect(other.data.updateProductStock.stock).toBe(38);
    const variables = { id: 'sealed' };
    const document = `mutation($id: String) { updateProductStock(code: "MKK-01-SM", stock: 37, stock_unlimited: false, clientMutationId: $id) { stock } }`;
    expect((await shop.ask(document, variables)).errors?.[0]?.message).toContain('already used');
    expect(await set(named)).toEqual(first);
  });

  test('of several named fields of one request each gets its own first answer, whatever was written between', async () => {
    const document = `mutation {
      a: updateProductStock(code: "MKK-01-SM", stock: 11, stock_unlimited: false, clientMutationId: "two a") { stock }
      b: updateProductStock(code: "MKK-01-SM", stock: 12, stock_unlimited: false, clientMutationId: "two b") { stock }
      c: updateProductStock(code: "none", stock: 12, stock_unlimited: false, clientMutationId: "two c") { stock }
    }`;
    const first = await shop.ask(document);
    expect(first.data).toEqual({ a: { stock: 11 }, b: { stock: 12 }, c: null });
    await set('code: "MKK-01-SM", stock: 5, stock_unlimited: false');
    expect(await shop.ask(document)).toEqual(first);
    expect(await stored('MKK-01-SM')).toMatchObject({ first: 5 });
  });

  test('a name that failed may be used again; each mutation has its own names', async () => {
    const args = 'code: "later", stock: 1, stock_unlimited: false, clientMutationId: "b"';
    expect(message(await set(args))).toBe('code: No ProductClass found;');
    await sql`update dtb_product_class set product_code = 'later' where product_code = 'BSN-01'`.execute(
      store.db,
    );
    expect((await set(args)).data.updateProductStock.stock).toBe(1);
    const other = await shop.ask(
      'mutation { bulkUpdateProductStock(items: [], clientMutationId: "b") { ok } }',
    );
    expect(other).toEqual({ data: { bulkUpdateProductStock: [] } });
    for (const bad of ['', 'x'.repeat(256)]) {
      const result = await set(`code: "later", stock: 1, stock_unlimited: false, clientMutationId: "${bad}"`);
      expect(message(result)).toBe('clientMutationId: Give 1 to 255 characters;');
    }
  });

  test('one name sent many times at once is done once', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        shop.ask(`mutation { bulkUpdateProductStock(clientMutationId: "c", items: [
          { code: "BNT-01", stock: 3, stock_unlimited: false } { code: "none", stock_unlimited: true }
        ]) { ok message ProductClass { stock } } }`),
      ),
    );
    for (const { data, errors } of results) {
      expect(errors).toBeUndefined();
      expect(data.bulkUpdateProductStock).toEqual([
        { ok: true, message: null, ProductClass: { stock: 3 } },
        { ok: false, message: 'code: No ProductClass found;', ProductClass: null },
      ]);
    }
  });

  test('a name is forgotten after a day', async () => {
    const args = (stock: number) =>
      set(`code: "PDF-01", stock: ${stock}, stock_unlimited: false, clientMutationId: "d"`);
    await args(1);
    clock.advance(24 * 3600 - 1);
    expect(message(await args(2))).toBe('clientMutationId: This ID was already used with other arguments;');
    expect(await pruneClientMutations(store.db, clock.now(), 100)).toBe(0);
    clock.advance(1);
    expect((await args(2)).data.updateProductStock.stock).toBe(2);
    expect(await pruneClientMutations(store.db, clock.now(), 100)).toBeGreaterThan(0);
    expect(message(await args(3))).toBe('clientMutationId: This ID was already used with other arguments;');
  });

  test('nothing unexpected was logged', () => {
    expect(shop.log).toEqual([]);
  });
});
