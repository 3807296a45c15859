/** Products made and changed as EC-CUBE's product form and class matrix would: rows, refusals with their paths, many at once. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

type Row = Record<string, unknown>;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const FIELDS = 'id ProductClasses { id code visible }';
  const set = async (input: string, fields = FIELDS) => {
    const { data, errors } = await shop.ask(`mutation { productSet(input: ${input}) { ${fields} } }`);
    return { product: data?.productSet, errors };
  };
  const made = async (input: string) => {
    const { product, errors } = await set(input);
    expect(errors).toBeUndefined();
    return product as { id: string; ProductClasses: { id: string; code: string; visible: boolean }[] };
  };
  const rows = async (table: string, where: string, order = 'id'): Promise<Row[]> =>
    (
      await sql<Row>`select * from ${sql.table(table)} where ${sql.raw(where)} order by ${sql.raw(order)}`.execute(
        store.db,
      )
    ).rows;
  const number = (value: unknown) => (value === null ? null : Number(value));
  const classesOf = async (product: string) =>
    (await rows('dtb_product_class', `product_id = ${product}`)).map((row) => ({
      axes: [number(row.class_category_id1), number(row.class_category_id2)],
      code: row.product_code,
      visible: Boolean(row.visible),
      price02: number(row.price02),
      stock: number(row.stock),
    }));
  const faultsOf = (errors: { extensions: { code: string; field: string; faults?: Row[] } }[] | undefined) =>
    errors
      ?.flatMap(({ extensions: { code, field, faults } }) => faults ?? [{ code, field }])
      .map(({ code, field }) => [field, code]);

  describe('a new one', () => {
    test('has all rows that the form writes', async () => {
      const { id } = await made(`{
        name: " 記録用いちごジャム ", product_status_id: 1, note: "メモ <b>太字</b>", search_word: "jam",
        description_detail: "<p onclick=\\"x()\\">国産<b>ジャム</b></p><script>alert(1)</script>",
        category_ids: [6], tag_ids: [1, 3],
        classes: [{ code: "rec-01", price01: "1,500", price02: "１２３４", stock: 12, sale_limit: 5, delivery_duration_id: 2 }]
      }`);
      expect(await rows('dtb_product', `id = ${id}`)).toEqual([
        expect.objectContaining({
          name: '記録用いちごジャム',
          product_status_id: 1,
          note: 'メモ <b>太字</b>',
          description_detail: '<p>国産<b>ジャム</b></p>',
          description_list: null,
          creator_id: 1,
          discriminator_type: 'product',
        }),
      ]);
      const [category] = [await rows('dtb_product_category', `product_id = ${id}`, 'category_id')];
      expect(category.map((row) => row.category_id)).toEqual([5, 6]);
      expect((await rows('dtb_product_tag', `product_id = ${id}`)).map((row) => row.tag_id).sort()).toEqual([
        1, 3,
      ]);
      const [only, ...more] = await rows('dtb_product_class', `product_id = ${id}`);
      expect(more).toEqual([]);
      expect(only).toMatchObject({
        product_code: 'rec-01',
        sale_type_id: 1,
        delivery_duration_id: 2,
        class_category_id1: null,
        currency_code: 'JPY',
        point_rate: null,
        discriminator_type: 'productclass',
      });
      expect([only?.price01, only?.price02, only?.stock, only?.sale_limit].map(number)).toEqual([
        1500, 1234, 12, 5,
      ]);
      const stocks = await rows('dtb_product_stock', `product_class_id = ${String(only?.id)}`);
      expect(stocks.map(({ stock }) => number(stock))).toEqual([12]);
    });

    test('is hidden unless the caller says so, and takes its code from the product', async () => {
      const { id } = await made(
        '{ code: "new-code", name: "x", classes: [{ price02: "1", stock_unlimited: true }] }',
      );
      expect(await rows('dtb_product', `id = ${id}`)).toEqual([
        expect.objectContaining({ product_status_id: 2 }),
      ]);
      expect(await classesOf(id)).toEqual([
        { axes: [null, null], code: 'new-code', visible: true, price02: 1, stock: null },
      ]);
      const again = await made('{ code: "new-code", name: "y" }');
      expect(again.id).toBe(id);
    });

    test.each<[string, string, [string, string][]]>([
      [
        'nothing',
        '{}',
        [
          ['input.name', 'INVALID'],
          ['input.classes[0].price02', 'INVALID'],
        ],
      ],
      ['no stock', '{ name: "x", classes: [{ price02: "1" }] }', [['input.classes[0].stock', 'INVALID']]],
      [
        'all that can be wrong',
        `{ name: "${'あ'.repeat(256)}", product_status_id: 9, category_ids: [999], tag_ids: [999], classes: [
          { price02: "1.5", stock: -1, sale_limit: 0, sale_type_id: 99, delivery_duration_id: 99, tax_rate: 8 }] }`,
        [
          ['input.name', 'INVALID'],
          ['input.classes[0].price02', 'INVALID'],
          ['input.classes[0].sale_limit', 'INVALID'],
          ['input.classes[0].sale_type_id', 'NOT_FOUND'],
          ['input.classes[0].delivery_duration_id', 'NOT_FOUND'],
          ['input.classes[0].stock', 'STOCK_NEGATIVE'],
          ['input.classes[0].tax_rate', 'INVALID'],
          ['input.product_status_id', 'NOT_FOUND'],
          ['input.category_ids', 'NOT_FOUND'],
          ['input.tag_ids', 'NOT_FOUND'],
        ],
      ],
      [
        'one axis and two',
        '{ name: "x", classes: [{ class_category_id1: 1, price02: "1", stock: 1 }, { class_category_id1: 2, class_category_id2: 4, price02: "1", stock: 1 }] }',
        [['input.classes[1]', 'INVALID']],
      ],
      [
        'the same axis twice',
        '{ name: "x", classes: [{ class_category_id1: 1, class_category_id2: 2, price02: "1", stock: 1 }] }',
        [['input.classes[0].class_category_id2', 'INVALID']],
      ],
      [
        'the same class twice',
        '{ name: "x", classes: [{ class_category_id1: 1, price02: "1", stock: 1 }, { class_category_id1: 1, price02: "1", stock: 1 }] }',
        [['input.classes[1]', 'INVALID']],
      ],
      [
        'images that are none',
        '{ name: "x", images: ["../../etc/passwd", "none.png", "tenugui-ai.jpg", "tenugui-ai.jpg"], classes: [{ price02: "1", stock: 1 }] }',
        [
          ['input.images[0]', 'NOT_FOUND'],
          ['input.images[1]', 'NOT_FOUND'],
          ['input.images[3]', 'INVALID'],
        ],
      ],
      ['an ID that is none', '{ id: 999, name: "x" }', [['input.id', 'NOT_FOUND']]],
    ])('refused: %s', async (_what, input, faults) => {
      const before = await rows('dtb_product', '1 = 1');
      const { product, errors } = await set(input);
      expect(product ?? null).toBeNull();
      expect(faultsOf(errors as never)).toEqual(faults);
      expect(await rows('dtb_product', '1 = 1')).toEqual(before);
    });
  });

  describe('classes', () => {
    const two = `[{ class_category_id1: 1, code: "s", price02: "800", stock: 10 }, { class_category_id1: 2, code: "m", price02: "850", stock_unlimited: true }]`;
    test('are hidden when they are not named, and the same row is shown again', async () => {
      const { id } = await made('{ name: "シャツ", classes: [{ code: "base", price02: "500", stock: 7 }] }');
      await made(`{ id: ${id}, classes: ${two} }`);
      const base = { axes: [null, null], code: 'base', price02: 500, stock: 7 };
      const small = { axes: [1, null], code: 's', price02: 800, stock: 10 };
      const middle = { axes: [2, null], code: 'm', price02: 850, stock: null };
      expect(await classesOf(id)).toEqual([
        { ...base, visible: false },
        { ...small, visible: true },
        { ...middle, visible: true },
      ]);
      await made(`{ id: ${id}, classes: [{ class_category_id1: 1, price02: "777" }] }`);
      expect(await classesOf(id)).toEqual([
        { ...base, visible: false },
        { ...small, visible: true, price02: 777 },
        { ...middle, visible: false },
      ]);
      await made(
        `{ id: ${id}, classes: [{ class_category_id1: 1 }, { class_category_id1: 2, code: "m2" }] }`,
      );
      expect(await classesOf(id)).toEqual([
        { ...base, visible: false },
        { ...small, visible: true, price02: 777 },
        { ...middle, visible: true, code: 'm2' },
      ]);
      expect(await rows('dtb_product_class', `product_id = ${id} and currency_code is null`)).toEqual([]);
    });

    test('of other axes go, and with none of them the plain class is sold again', async () => {
      const { id } = await made('{ name: "帯", classes: [{ code: "plain", price02: "500", stock: 7 }] }');
      await made(`{ id: ${id}, classes: ${two} }`);
      await made(`{ id: ${id}, classes: [{ class_category_id1: 4, code: "ai", price02: "900", stock: 1 }] }`);
      expect((await classesOf(id)).map(({ code, visible }) => [code, visible])).toEqual([
        ['plain', false],
        ['ai', true],
      ]);
      await made(`{ id: ${id}, classes: [{ price02: "510" }] }`);
      expect(await classesOf(id)).toEqual([
        { axes: [null, null], code: 'plain', visible: true, price02: 510, stock: 7 },
      ]);
      expect(
        await rows('dtb_product_stock', 'product_class_id not in (select id from dtb_product_class)'),
      ).toEqual([]);
    });

    test('that are ordered do not go', async () => {
      const { errors } = await set('{ id: 1, classes: [{ price02: "1", stock: 1 }] }');
      expect(faultsOf(errors as never)).toEqual([['input.classes', 'IN_USE']]);
      expect((await classesOf('1')).filter(({ visible }) => visible)).toHaveLength(3);
    });

    test('an own tax rate, where the shop has such', async () => {
      await sql`update dtb_base_info set option_product_tax_rule = ${store.kit.supportsReturning ? sql`true` : sql`1`}`.execute(
        store.db,
      );
      const { id } = await made('{ name: "米", classes: [{ price02: "500", stock: 7, tax_rate: 8 }] }');
      const rates = async () =>
        (await rows('dtb_tax_rule', `product_id = ${id}`)).map((row) => number(row.tax_rate));
      expect(await rates()).toEqual([8]);
      await made(`{ id: ${id}, classes: [{ tax_rate: 10 }] }`);
      expect(await rates()).toEqual([10]);
      await made(`{ id: ${id}, classes: [{ tax_rate: null }] }`);
      expect(await rates()).toEqual([]);
    });
  });

  test('what does not differ is not written; what does moves the product’s date', async () => {
    const input = '{ id: 3, name: "白磁の湯のみ", classes: [{ price02: "1800" }] }';
    await set(input);
    const state = async () => [
      await rows('dtb_product', 'id = 3'),
      await rows('dtb_product_class', 'product_id = 3'),
    ];
    await sql`update dtb_product set update_date = '2020-01-01 00:00:00' where id = 3`.execute(store.db);
    const before = await state();
    await set(input);
    expect(await state()).toEqual(before);
    await set('{ id: 3, classes: [{ price02: "1801" }] }');
    expect((await rows('dtb_product', 'id = 3'))[0]?.update_date).not.toEqual(before[0]?.[0]?.update_date);
  });

  test('texts that look like numbers are compared as texts, amounts as amounts', async () => {
    const { id } = await made('{ name: "1.50", classes: [{ code: "7.0", price02: "900", stock: 1 }] }');
    await made(`{ id: ${id}, name: "1.5", classes: [{ code: "7" }] }`);
    expect((await rows('dtb_product', `id = ${id}`))[0]?.name).toBe('1.5');
    expect((await classesOf(id))[0]?.code).toBe('7');
  });

  test('images in order: rows stay with their files, what goes is noted', async () => {
    const { id } = await made(
      '{ name: "絵", images: ["tenugui-ai.jpg", "tenugui-beni.jpg"], classes: [{ price02: "1", stock: 1 }] }',
    );
    const images = async () =>
      (await rows('dtb_product_image', `product_id = ${id}`, 'sort_no')).map((row) => [
        row.file_name,
        row.sort_no,
      ]);
    expect(await images()).toEqual([
      ['tenugui-ai.jpg', 0],
      ['tenugui-beni.jpg', 1],
    ]);
    await made(`{ id: ${id}, images: ["tenugui-beni.jpg"] }`);
    expect(await images()).toEqual([['tenugui-beni.jpg', 0]]);
    expect(await rows('tegata_unnamed_image', "file_name = 'tenugui-ai.jpg'", 'file_name')).toHaveLength(1);
  });

  describe('many', () => {
    const bulk = (policy: string) => `mutation { bulkProductSet(errorPolicy: ${policy}, items: [
      { name: "一つ目", classes: [{ price02: "1", stock: 1 }] }, { name: "", classes: [{ price02: "x", stock: 1 }] }
    ]) { ok code field Product { name } } }`;
    test('the good ones are saved, the others say why', async () => {
      const { data, errors } = await shop.ask(bulk('REJECT_ROWS'));
      expect(errors).toBeUndefined();
      expect(data.bulkProductSet).toEqual([
        { ok: true, code: null, field: null, Product: { name: '一つ目' } },
        { ok: false, code: 'INVALID', field: 'items[1].name', Product: null },
      ]);
      expect(await rows('dtb_product', "name = '一つ目'")).toHaveLength(1);
    });
    test('or none is', async () => {
      const { errors } = await shop.ask(bulk('REJECT_ALL'));
      expect(faultsOf(errors as never)).toEqual([
        ['items[1].name', 'INVALID'],
        ['items[1].classes[0].price02', 'INVALID'],
      ]);
      expect(await rows('dtb_product', "name = '一つ目'")).toHaveLength(1);
    });
    test('no more than a hundred', async () => {
      const items = Array.from({ length: 101 }, () => '{ id: 1 }').join(' ');
      const { errors } = await shop.ask(`mutation { bulkProductSet(items: [${items}]) { ok } }`);
      expect(faultsOf(errors as never)).toEqual([['items', 'LIMIT']]);
    });
  });

  test('a duplicate is hidden and has everything once', async () => {
    const { data } = await shop.ask('mutation { productDuplicate(id: 1) { id Status { id } } }');
    const { id, Status } = data.productDuplicate;
    expect(Status.id).toBe('2');
    expect(await classesOf(id)).toEqual(await classesOf('1'));
    const links = async (table: string, column: string, product: string) =>
      (await rows(table, `product_id = ${product}`, column)).map((row) => row[column]);
    for (const [table, column] of [
      ['dtb_product_category', 'category_id'],
      ['dtb_product_tag', 'tag_id'],
      ['dtb_product_image', 'file_name'],
    ] as const) {
      expect(await links(table, column, id)).toEqual(await links(table, column, '1'));
    }
  });

  test('deletion: with all its rows, and not while an order holds it', async () => {
    const { id } = await made(
      '{ name: "消す", images: ["tenugui-beni.jpg"], category_ids: [2], tag_ids: [1], classes: [{ price02: "1", stock: 1 }] }',
    );
    const gone = await shop.ask(`mutation { productDelete(id: ${id}) }`);
    expect(gone.data).toEqual({ productDelete: id });
    for (const table of [
      'dtb_product_class',
      'dtb_product_category',
      'dtb_product_tag',
      'dtb_product_image',
    ]) {
      expect(await rows(table, `product_id = ${id}`, 'product_id')).toEqual([]);
    }
    const used = await shop.ask('mutation { productDelete(id: 1) }');
    expect(faultsOf(used.errors as never)).toEqual([['id', 'IN_USE']]);
    expect(used.errors?.[0]?.message).toContain(
      '関連するデータがあるため「手形染め手ぬぐい」を削除できませんでした',
    );
  });

  test('statuses of many, all or none', async () => {
    const change = (ids: string) =>
      shop.ask(`mutation { bulkProductStatus(ids: ${ids}, product_status_id: 3) { Status { id } } }`);
    expect(faultsOf((await change('[1, 999]')).errors as never)).toEqual([['ids', 'NOT_FOUND']]);
    expect((await rows('dtb_product', 'id = 1'))[0]?.product_status_id).toBe(1);
    expect((await change('[4, 5, 4]')).data.bulkProductStatus).toEqual([
      { Status: { id: '3' } },
      { Status: { id: '3' } },
    ]);
  });

  test('products are shown and hidden by the external ids of the client as well', async () => {
    const change = (named: string) =>
      shop.ask(`mutation { bulkProductStatus(${named}, product_status_id: 2) { id Status { id } } }`);
    await shop.ask(
      'mutation { setExternalIds(items: [{ entity: Product, id: 5, external_id: "bulk-5" }, { entity: Product, id: 6, external_id: "bulk-6" }]) }',
    );
    for (const [named, field, code, text] of [
      [
        'external_ids: ["bulk-5", "none", "x\\u0000"]',
        'external_ids',
        'NOT_FOUND',
        'No Product found: "none", "x\\u0000"',
      ],
      ['ids: [999], external_ids: ["bulk-5"]', 'ids', 'NOT_FOUND', 'No Product found: "999"'],
      ['external_ids: null', 'ids', 'INVALID', 'Give ids or external_ids'],
    ] as const) {
      const { errors } = await change(named);
      expect(faultsOf(errors as never)).toEqual([[field, code]]);
      expect(errors?.[0]?.message).toContain(text);
    }
    expect((await change('ids: [4, 5], external_ids: ["bulk-6", "bulk-5"]')).data.bulkProductStatus).toEqual(
      ['4', '5', '6'].map((id) => ({ id, Status: { id: '2' } })),
    );
  });
});
