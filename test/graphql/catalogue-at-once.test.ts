/** Several who change the catalogue at once: places in lists are told apart, and who comes too late is told so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const SET = `mutation ($category: ID!, $name: String!) { productSet(input: { name: $name,
  classes: [{ class_category_id1: $category, price02: "100", stock_unlimited: true }] }) { id } }`;
const ROUNDS = 6;

eachDatabase((database) => {
  let shop: ShopApi;
  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openMigrated());
  });
  afterAll(() => shop.close());

  test.each([
    ['tagCreate', '{ tags { id sort_no } }'],
    ['classNameCreate', '{ classNames { id sort_no } }'],
    ['categoryCreate', '{ categories { id sort_no } }'],
  ])('of several %s at once each has a place of its own', async (mutation, list) => {
    const names = ['甲', '乙', '丙', '丁', '戊'];
    const made = await Promise.all(
      names.map((name) => shop.ask(`mutation { it: ${mutation}(name: "${name}") { id } }`)),
    );
    for (const { errors } of made) expect(errors).toBeUndefined();
    const { data } = await shop.ask(list);
    const [rows = []] = Object.values<{ sort_no: number }[]>(data);
    expect(new Set(rows.map(({ sort_no: place }) => place)).size).toBe(rows.length);
  });

  test('a product for a class category that is being deleted: one of the two is refused, with its reason', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { data } = await shop.ask(
        `mutation { it: classCategoryCreate(class_name_id: 1, name: "消える${round}") { id } }`,
      );
      const [product, deletion] = await Promise.all([
        shop.ask(SET, { category: data.it.id, name: `規格${round}` }),
        shop.ask(`mutation { it: classCategoryDelete(id: ${data.it.id}) }`),
      ]);
      const codes = [product, deletion].map(({ errors }) => errors?.[0]?.extensions.code);
      expect([
        [undefined, 'IN_USE'],
        ['NOT_FOUND', undefined],
        ['CONFLICT', undefined],
      ]).toContainEqual(codes);
    }
  });
});
