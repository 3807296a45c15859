/** Prices and products: only what is given changes, and nothing that the shop does not have can be given. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import type { ErrorCode } from '../../src/graphql/errors.ts';
import { eachDatabase } from '../support/databases.ts';
import { invalidArgument } from './support/faults.ts';
import { embeddedShopApi, type Result, type ShopApi } from './support/shop-api.ts';

const message = (result: Result): string | undefined => result.errors?.[0]?.message;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;

  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const rows = async (text: string): Promise<Record<string, unknown>[]> =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows;

  const price = (args: string, api = shop) =>
    api.ask(`mutation { updateProductPrice(${args}) { code price01 price02 } }`);

  test('a price changes alone; the other stays', async () => {
    const set = async (args: string) => (await price(args)).data.updateProductPrice;
    expect(await set('code: "YNM-01", price02: "1900"')).toEqual({
      code: 'YNM-01',
      price01: 2000,
      price02: 1900,
    });
    expect(await set('code: "YNM-01", price01: "2147483647"')).toMatchObject({
      price01: 2147483647,
      price02: 1900,
    });
    expect(await set('code: "YNM-01", price01: null, price02: "0"')).toMatchObject({
      price01: null,
      price02: 0,
    });
    const [{ id } = {}] = await rows(`select id from dtb_product_class where product_code = 'YNM-01'`);
    expect(await set(`product_class_id: ${id}, price02: "1800.00"`)).toMatchObject({ price02: 1800 });
  });

  test('a price that is already so touches nothing', async () => {
    await sql`update dtb_product_class set update_date = '2026-01-01 00:00:00', creator_id = null
      where product_code = 'CHA-02'`.execute(store.db);
    const row = () => rows(`select * from dtb_product_class where product_code = 'CHA-02'`);
    const before = await row();
    expect((await price('code: "CHA-02", price01: "1200", price02: "1080.00"')).errors).toBeUndefined();
    expect(await row()).toEqual(before);
    await price('code: "CHA-02", price02: "1081"');
    expect((await row())[0]).toMatchObject({ creator_id: 1 });
  });

  test('a currency with cents keeps them to the cent', async () => {
    const dollars = await embeddedShopApi(store, { currency: 'USD' });
    try {
      const set = async (args: string) => price(args, dollars);
      expect((await set('code: "GFT-01", price02: "19.99"')).data.updateProductPrice.price02).toBe(19.99);
      expect(
        (await rows(`select price02 from dtb_product_class where product_code = 'GFT-01'`)).map(
          ({ price02 }) => String(price02),
        ),
      ).toEqual(['19.99']);
      expect(message(await set('code: "GFT-01", price02: "19.999"'))).toBe(
        'price02: A price in USD has at most 2 decimal places;',
      );
    } finally {
      await dollars.close();
    }
  });

  test.each<[string, string, ErrorCode?]>([
    ['price02: "1"', 'code: Give either code or product_class_id;'],
    [
      'code: "CHA-01", product_class_id: 1, price02: "1"',
      'code: Give either code or product_class_id, not both;',
    ],
    ['code: "none", price02: "1"', 'code: No ProductClass found;', 'NOT_FOUND'],
    ['product_class_id: 9999, price02: "1"', 'product_class_id: No ProductClass found;', 'NOT_FOUND'],
    ['code: "CHA-01"', 'price02: Give price01, price02 or both;'],
    ['code: "CHA-01", price02: null', 'price02: price02 must not be null;'],
    ['code: "CHA-01", price02: "12.5"', 'price02: A price in JPY has at most 0 decimal places;'],
    ['code: "CHA-01", price01: "-1"', 'price01: The price must be between 0 and 2147483647;'],
    ['code: "CHA-01", price01: "1e5"', 'price01: The price must be a decimal number such as "1200";'],
    ['code: "CHA-01", price02: ""', 'price02: The price must be a decimal number such as "1200";'],
  ])('%s is refused', async (args, text, code: ErrorCode = 'INVALID') => {
    const result = await price(args);
    expect(message(result)).toBe(text);
    expect(result.errors?.[0].extensions).toEqual(invalidArgument(text, code));
  });

  const update = (args: string) =>
    shop.ask(`mutation { updateProduct(${args}) {
      id name note description_list description_detail search_word free_area update_date
      Status { id } Creator { id }
      ProductCategories { Category { name } } ProductTag { Tag { id } Creator { id } }
    } }`);
  const names = (result: Result): string[] =>
    result.data.updateProduct.ProductCategories.map(
      ({ Category }: { Category: { name: string } }) => Category.name,
    ).sort();
  const categoryId = async (name: string) =>
    (await rows(`select id from dtb_category where category_name = '${name}'`))[0]?.id;

  test('texts and the status: what is given changes, null empties', async () => {
    const { data, errors } = await update(
      'id: 3, name: "湯のみ 𠮷", note: "メモ", description_list: "一覧", search_word: null, product_status_id: 2',
    );
    expect(errors).toBeUndefined();
    expect(data.updateProduct).toMatchObject({
      name: '湯のみ 𠮷',
      note: 'メモ',
      description_list: '一覧',
      description_detail: expect.stringContaining('薄づくり'),
      search_word: null,
      Status: { id: '2' },
      Creator: { id: '1' },
    });
    expect(names({ data })).toEqual(['うつわ', '飯碗・湯のみ']);
  });

  test('a free area has to be Twig, as EC-CUBE’s own form demands: the product page would end in a 500', async () => {
    const broken = await update('id: 3, free_area: "{% if product %}"');
    expect(broken.errors?.[0].extensions).toMatchObject({ code: 'INVALID', field: 'free_area' });
    const { data, errors } = await update('id: 3, free_area: "<p>{{ product.name }}</p>"');
    expect(errors).toBeUndefined();
    expect(data.updateProduct.free_area).toBe('<p>{{ product.name }}</p>');
  });

  test('a category brings its parents; what is no longer wanted goes', async () => {
    const cloth = await categoryId('風呂敷');
    expect(names(await update(`id: 3, category_ids: [${cloth}]`))).toEqual(['布もの', '風呂敷'].sort());
    const both = `${cloth}, ${await categoryId('お茶')}`;
    expect(names(await update(`id: 3, category_ids: [${both}, ${cloth}]`))).toEqual(
      ['お茶', '布もの', '風呂敷'].sort(),
    );
    expect(
      await rows('select distinct discriminator_type as kind from dtb_product_category where product_id = 3'),
    ).toEqual([{ kind: 'productcategory' }]);
    expect(names(await update('id: 3, category_ids: []'))).toEqual([]);
  });

  test('tags are replaced, and those that stay are the same rows', async () => {
    await update('id: 3, tag_ids: [1, 2]');
    const kept = await rows('select id from dtb_product_tag where product_id = 3 and tag_id = 2');
    const { data } = await update('id: 3, tag_ids: [2, 3]');
    const tags = data.updateProduct.ProductTag.map(({ Tag }: { Tag: { id: string } }) => Tag.id).sort();
    expect(tags).toEqual(['2', '3']);
    expect(await rows('select id from dtb_product_tag where product_id = 3 and tag_id = 2')).toEqual(kept);
    expect((await update('id: 3, tag_ids: []')).data.updateProduct.ProductTag).toEqual([]);
  });

  test('a change of categories alone is seen in the product’s date; no change is not', async () => {
    const date = '2026-01-01 00:00:00';
    const touched = async () =>
      !String((await rows('select update_date from dtb_product where id = 4'))[0]?.update_date).startsWith(
        '2026-01-01 00:00:00',
      );
    await sql`update dtb_product set update_date = ${date} where id = 4`.execute(store.db);
    await update('id: 4, tag_ids: [1]'); // it has that one already
    expect(await touched()).toBe(false);
    await update('id: 4, tag_ids: [1, 3]');
    expect(await touched()).toBe(true);
  });

  test.each([
    ['id: 9999, name: "x"', 'id: No Product found;'],
    ['id: "x", name: "x"', 'id: No Product found;'],
    ['id: 3, name: null', 'name: This value should not be blank.;'],
    ['id: 3, name: " "', 'name: This value should not be blank.;'],
    ['id: 3, name: "\\u0000"', 'name: This value should not be blank.;'],
    [
      `id: 3, name: "${'あ'.repeat(256)}", note: "${'あ'.repeat(3001)}"`,
      'name: This value is too long. It should have 255 characters or less.;note: This value is too long. It should have 3000 characters or less.;',
    ],
    ['id: 3, product_status_id: 9', 'product_status_id: No ProductStatus found: "9";'],
    ['id: 3, product_status_id: null', 'product_status_id: This value should not be null.;'],
    ['id: 3, category_ids: [1, 9999]', 'category_ids: No Category found: "9999";'],
    ['id: 3, tag_ids: ["x"]', 'tag_ids: No Tag found: "x";'],
    ['id: 3, tag_ids: null', 'tag_ids: This value should not be null.;'],
  ])('%s is refused and nothing is saved', async (args, text) => {
    const state = () => rows('select * from dtb_product where id = 3');
    const links = () => rows('select * from dtb_product_category where product_id = 3');
    const before = [await state(), await links()];
    const result = await update(args);
    expect(message(result)).toBe(text);
    const code = / No \w+ found(: "\w+")?;$/.test(text) ? 'NOT_FOUND' : 'INVALID';
    expect(result.errors?.[0].extensions).toEqual(invalidArgument(text, code));
    expect([await state(), await links()]).toEqual(before);
  });

  test('a NUL, which PostgreSQL cannot store, is left out', async () => {
    expect((await update('id: 3, name: "a\\u0000b"')).data.updateProduct.name).toBe('ab');
  });

  test('twenty changes of one product at once leave what one of them asked for', async () => {
    const wanted = [await categoryId('お茶'), await categoryId('うつわ')];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        update(`id: 5, category_ids: [${wanted[n % 2]}], tag_ids: [${(n % 3) + 1}]`),
      ),
    );
    expect(results.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(await rows('select category_id from dtb_product_category where product_id = 5')).toHaveLength(1);
    expect(await rows('select tag_id from dtb_product_tag where product_id = 5')).toHaveLength(1);
  });

  test('nothing unexpected was logged', () => {
    expect(shop.log).toEqual([]);
  });
});
