/** Categories, class names, class categories and tags: their orders, their levels, what may not go, what moves along. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const run = async (field: string) => {
    const { data, errors } = await shop.ask(`mutation { it: ${field} }`);
    return { it: data?.it, errors };
  };
  const done = async (field: string) => {
    const { it, errors } = await run(field);
    expect(errors).toBeUndefined();
    return it;
  };
  const refused = async (field: string, code: string, at: string) => {
    const { errors } = await run(field);
    expect(errors?.[0]?.extensions).toMatchObject({ code, field: at });
    return String(errors?.[0]?.message);
  };
  const table = async (name: string, fields: string, order = 'sort_no desc, id') =>
    (
      await sql<
        Record<string, unknown>
      >`select ${sql.raw(fields)} from ${sql.table(name)} order by ${sql.raw(order)}`.execute(store.db)
    ).rows;

  describe('categories', () => {
    const tree = async () =>
      (await table('dtb_category', 'id, category_name, parent_category_id, hierarchy, sort_no')).map(
        ({ category_name: name, hierarchy }) => `${'-'.repeat(Number(hierarchy))}${String(name)}`,
      );
    const places = async () => (await table('dtb_category', 'sort_no')).map((row) => Number(row.sort_no));
    const linked = async (category: number) =>
      (
        await sql<{
          product_id: number;
        }>`select product_id from dtb_product_category where category_id = ${category} order by product_id`.execute(
          store.db,
        )
      ).rows.map((row) => row.product_id);

    test('a new one comes right under its parent, or first of all; nothing else is dated', async () => {
      const dates = await table('dtb_category', 'id, update_date', 'id');
      const child = await done(
        'categoryCreate(name: " 湯のみ ", parent_id: 6) { id name hierarchy Parent { id } }',
      );
      expect(child).toMatchObject({ name: '湯のみ', hierarchy: 3, Parent: { id: '6' } });
      await done('categoryCreate(name: "先頭") { id }');
      const now = await tree();
      expect(now.slice(0, 2)).toEqual(['-先頭', '-布もの']);
      expect(now[now.indexOf('--飯碗・湯のみ') + 1]).toBe('---湯のみ');
      expect((await table('dtb_category', 'id, update_date', 'id')).slice(0, dates.length)).toEqual(dates);
      expect(new Set(await places()).size).toBe((await places()).length);
    });

    test('five levels, not six', async () => {
      let parent = (await done('categoryCreate(name: "1") { id }')).id;
      for (const name of ['2', '3', '4', '5'])
        parent = (await done(`categoryCreate(name: "${name}", parent_id: ${parent}) { id }`)).id;
      await refused(`categoryCreate(name: "6", parent_id: ${parent}) { id }`, 'INVALID', 'parent_id');
      const two = (await done('categoryCreate(name: "枝") { id }')).id;
      await done(`categoryCreate(name: "葉", parent_id: ${two}) { id }`);
      const four = String(
        (await sql<{ id: number }>`select id from dtb_category where category_name = '4'`.execute(store.db))
          .rows[0]?.id,
      );
      await refused(`categoryUpdate(id: ${two}, parent_id: ${four}) { id }`, 'INVALID', 'parent_id');
      await refused(`categoryUpdate(id: ${four}, parent_id: ${parent}) { id }`, 'INVALID', 'parent_id');
      await refused(`categoryUpdate(id: ${four}, parent_id: 999) { id }`, 'NOT_FOUND', 'parent_id');
    });

    test('one that moves takes its branch and its products along', async () => {
      const [inCloth, inTowels, inPots] = [await linked(1), await linked(2), await linked(5)];
      expect(inTowels.length).toBeGreaterThan(0);
      await done('categoryUpdate(id: 2, parent_id: 5, name: "てぬぐい") { id }');
      const now = await tree();
      const at = now.indexOf('-うつわ');
      expect(now[at + 1]).toBe('--てぬぐい');
      expect(await linked(2)).toEqual(inTowels);
      expect(await linked(5)).toEqual([...new Set([...inPots, ...inTowels])].sort((a, b) => a - b));
      const elsewhere = [...(await linked(3)), ...(await linked(4))];
      expect(await linked(1)).toEqual(
        inCloth.filter((id) => !inTowels.includes(id) || elsewhere.includes(id)),
      );
      await done('categoryUpdate(id: 2, parent_id: null) { id }');
      expect((await tree())[0]).toBe('-てぬぐい');
      expect(await linked(5)).toEqual(inPots);
      await done('categoryUpdate(id: 2, parent_id: 1) { id }');
      expect(await linked(1)).toEqual(inCloth);
      expect(new Set(await places()).size).toBe((await places()).length);
    });

    test('places are changed among those that are named', async () => {
      const children = async () => (await tree()).filter((one) => /^--(てぬぐい|衣類|風呂敷)/.test(one));
      await done('categoryReorder(parent_id: 1, ids: [4, 2]) { id }');
      const order = await children();
      expect(order.indexOf('--風呂敷')).toBeLessThan(order.indexOf('--てぬぐい'));
      await refused('categoryReorder(parent_id: 1, ids: [4, 5]) { id }', 'NOT_FOUND', 'ids');
      await refused('categoryReorder(parent_id: 1, ids: [4, 4]) { id }', 'INVALID', 'ids');
      expect(await children()).toEqual(order);
    });

    test('one with categories or products below it stays', async () => {
      expect(await refused('categoryDelete(id: 1)', 'IN_USE', 'id')).toContain(
        '関連するデータがあるため「布もの」を削除できませんでした',
      );
      await refused('categoryDelete(id: 2)', 'IN_USE', 'id');
      await refused('categoryDelete(id: 999)', 'NOT_FOUND', 'id');
      const { id } = await done('categoryCreate(name: "消す", parent_id: 8) { id }');
      const before = await tree();
      expect(await done(`categoryDelete(id: ${id})`)).toBe(id);
      expect(await tree()).toEqual(before.filter((one) => one !== '--消す'));
    });
  });

  test('class names: added first, kept while they have class categories', async () => {
    const made = await done(
      'classNameCreate(name: "素材", backend_name: "布の素材") { id sort_no backend_name }',
    );
    expect(made).toMatchObject({ sort_no: 3, backend_name: '布の素材' });
    expect(await done(`classNameUpdate(id: ${made.id}, backend_name: null) { name backend_name }`)).toEqual({
      name: '素材',
      backend_name: null,
    });
    await refused('classNameDelete(id: 1)', 'IN_USE', 'id');
    await refused('classNameCreate(name: "　") { id }', 'INVALID', 'name');
    await refused(`classNameCreate(name: "${'x'.repeat(256)}") { id }`, 'INVALID', 'name');
    await done('classNameReorder(ids: [1, 2]) { id }');
    expect((await table('dtb_class_name', 'id')).map(({ id }) => id)).toEqual([Number(made.id), 1, 2]);
    await done(`classNameDelete(id: ${made.id})`);
    expect((await table('dtb_class_name', 'sort_no')).map(({ sort_no }) => sort_no)).toEqual([2, 1]);
  });

  test('class categories: in their class name’s order, hidden in use, deleted only when free', async () => {
    const made = await done('classCategoryCreate(class_name_id: 1, name: "XL") { id sort_no visible }');
    expect(made).toMatchObject({ sort_no: 8, visible: true });
    await refused('classCategoryCreate(class_name_id: 9, name: "XL") { id }', 'NOT_FOUND', 'class_name_id');
    await refused('classCategoryDelete(id: 4)', 'IN_USE', 'id');
    expect(await done('classCategoryUpdate(id: 4, visible: false) { visible }')).toEqual({ visible: false });
    await refused('classCategoryReorder(class_name_id: 1, ids: [1, 4]) { id }', 'NOT_FOUND', 'ids');
    await done(`classCategoryDelete(id: ${made.id})`);
    expect(
      (await table('dtb_class_category', 'sort_no, class_name_id')).filter(
        (row) => Number(row.class_name_id) === 2,
      ),
    ).toHaveLength(4);
  });

  test('tags: one that goes is taken off its products', async () => {
    const made = await done('tagCreate(name: "春の新作") { id sort_no }');
    expect(made).toEqual({ id: '4', sort_no: 4 });
    await done(`updateProduct(id: 3, tag_ids: [${made.id}]) { id }`);
    await done(`tagDelete(id: ${made.id})`);
    expect(
      (await table('dtb_product_tag', 'tag_id', 'id')).filter((row) => Number(row.tag_id) === 4),
    ).toEqual([]);
    await refused('tagUpdate(id: 4, name: "x") { id }', 'NOT_FOUND', 'id');
  });

  test('two that add at once get different places', async () => {
    await Promise.all(
      Array.from({ length: 5 }, (_, i) => done(`categoryCreate(name: "並${i}", parent_id: 8) { id }`)),
    );
    const all = (await table('dtb_category', 'sort_no')).map((row) => Number(row.sort_no));
    expect(new Set(all).size).toBe(all.length);
  });

  test('CONFLICT for a caller that read an older state', async () => {
    const { version } = await done('classNameUpdate(id: 1, backend_name: "a") { version }');
    await done(`classNameUpdate(id: 1, backend_name: "b", ifVersion: "${version}") { id }`);
    await refused(
      `classNameUpdate(id: 1, backend_name: "c", ifVersion: "${version}") { id }`,
      'CONFLICT',
      'ifVersion',
    );
  });
});
