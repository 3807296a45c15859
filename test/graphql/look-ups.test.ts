/** Look-ups: rows that are named one by one, and the shop's settings as whole lists. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi, startApi } from './support/shop-api.ts';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    await sql`update dtb_product set product_status_id = 3 where id = 4`.execute(store.db);
    await sql`update dtb_payment set visible = ${false} where id = 2`.execute(store.db);
  });
  afterAll(() => shop.close());

  const data = async (query: string, variables?: Record<string, unknown>) => {
    const { data: found, errors } = await shop.ask(query, variables);
    expect(errors).toBeUndefined();
    return found;
  };
  const fault = async (query: string, variables?: Record<string, unknown>) =>
    (await shop.ask(query, variables)).errors?.[0]?.extensions;
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => Number(id));
  const statementsOf = async (query: string): Promise<number> => {
    await data(query);
    shop.statements.length = 0;
    await data(query);
    return shop.statements.length;
  };

  test('products(ids:) gives those alone, as they are named, each once, and tells what is missing', async () => {
    const { products } = await data(
      '{ products(ids: [7, "3", 999999, "abc", 7, "0", 1]) { totalCount missing nodes { id name ProductClasses { id } } } }',
    );
    expect(ids(products.nodes)).toEqual([7, 3, 1]);
    expect(products.nodes.every((node: { ProductClasses: [] }) => node.ProductClasses.length > 0)).toBe(true);
    expect(products).toMatchObject({ totalCount: 3, missing: ['999999', 'abc', '0'] });
  });

  test('what else a search says still holds: abolished products are missing unless they are asked for', async () => {
    const usual = await data('{ products(ids: [4, 1]) { missing nodes { id } } }');
    expect(usual.products).toEqual({ missing: ['4'], nodes: [{ id: '1' }] });
    const all = await data('{ products(ids: [4, 1], status: []) { missing nodes { id } } }');
    expect(all.products).toEqual({ missing: [], nodes: [{ id: '4' }, { id: '1' }] });
  });

  test('an empty list names nothing, null is no list', async () => {
    const empty = await data(
      '{ products(ids: []) { totalCount missing nodes { id } pageInfo { hasNextPage } } }',
    );
    expect(empty.products).toEqual({
      totalCount: 0,
      missing: [],
      nodes: [],
      pageInfo: { hasNextPage: false },
    });
    const { products } = await data('{ products(ids: null) { totalCount missing } }');
    expect(products.totalCount).toBeGreaterThan(3);
    expect(products.missing).toBeNull();
  });

  test('pages and cursors go along the list that is named, a sortkey sorts it', async () => {
    const page = `totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }`;
    const named = '[9, 2, 7, 999, 3]';
    const first = (await data(`{ products(ids: ${named}, first: 2) { ${page} } }`)).products;
    expect(ids(first.nodes)).toEqual([9, 2]);
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const next = (
      await data(`query ($a: String) { products(ids: ${named}, first: 2, after: $a) { ${page} } }`, {
        a: first.pageInfo.endCursor,
      })
    ).products;
    expect(ids(next.nodes)).toEqual([7, 3]);
    expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const second = (await data(`{ products(ids: ${named}, limit: 3, page: 2) { ${page} } }`)).products;
    expect(ids(second.nodes)).toEqual([3]);
    const sorted = (
      await data(
        `{ products(ids: ${named}, sortkey: "product_id", sorttype: "a", first: 3) { missing ${page} } }`,
      )
    ).products;
    expect(ids(sorted.nodes)).toEqual([2, 3, 7]);
    expect(sorted).toMatchObject({ totalCount: 4, missing: ['999'], pageInfo: { hasNextPage: true } });
    const rest = (
      await data(
        `query ($a: String) { products(ids: ${named}, sortkey: "product_id", sorttype: "a", first: 3, after: $a) { ${page} } }`,
        { a: sorted.pageInfo.endCursor },
      )
    ).products;
    expect(ids(rest.nodes)).toEqual([9]);
    expect(
      await fault(
        `{ products(ids: ${named}, first: 2, after: "${sorted.pageInfo.endCursor}") { totalCount } }`,
      ),
    ).toMatchObject({
      code: 'INVALID',
      field: 'after',
    });
  });

  test('more than a page’s worth of fifty comes whole', async () => {
    const many = Array.from({ length: 120 }, (_, place) => 200 - place);
    const { products } = await data('query ($ids: [ID!]) { products(ids: $ids) { missing nodes { id } } }', {
      ids: many,
    });
    expect(products.missing.length + products.nodes.length).toBe(120);
    expect(ids(products.nodes)).toEqual([...ids(products.nodes)].sort((a, b) => b - a));
  });

  test('a large shop answers the same', async () => {
    const large = await startApi(store, { large: { rows: 1, keys: 2 } });
    const args = [
      'ids: [7, 4, 3, 99, 1]',
      'ids: [7, 3, 1], sortkey: "name", first: 2',
      'ids: [7, 3, 1], id: "手"',
      'ids: []',
    ];
    for (const given of args) {
      const query = `{ products(${given}) { totalCount missing nodes { id name ProductClasses { id } } pageInfo { hasNextPage } } }`;
      expect(await large.ask(query)).toEqual(await shop.ask(query));
    }
    await large.close();
  });

  test('orders by ids and by order numbers, exactly', async () => {
    const [{ order_no: five }, { order_no: two }] = (
      await data('{ orders(ids: [5, 2]) { nodes { order_no } } }')
    ).orders.nodes;
    const { orders } = await data(
      'query ($n: [String!]) { orders(ids: [3], order_nos: $n) { totalCount missing nodes { id Shippings { id } } } }',
      { n: [five, 'no such', two, five, `${two}`.slice(0, -1) || 'x', 'a\0b'] },
    );
    expect(ids(orders.nodes)).toEqual([3, 5, 2]);
    expect(orders.missing).toEqual(expect.arrayContaining(['no such', 'a\0b']));
    expect(orders.missing).not.toContain(two);
  });

  test('a look-up costs no statement more for more rows', async () => {
    const query = (list: string) =>
      `{ products(ids: [${list}]) { missing totalCount nodes { name ProductClasses { code price02_inc_tax } } } }`;
    expect(await statementsOf(query('1, 2, 3, 5, 6, 7'))).toBe(await statementsOf(query('1')));
    const classes = (list: string) =>
      `{ productClasses(ids: [${list}]) { missing nodes { code tax_rate Product { name } } } }`;
    expect(await statementsOf(classes('1, 2, 3, 5, 6, 7'))).toBe(await statementsOf(classes('1')));
  });

  test('productClasses: by ids, then by codes, hidden ones too; doubles and strangers are told', async () => {
    await sql`update dtb_product_class set product_code = 'DOUBLE', visible = ${false} where id = 11`.execute(
      store.db,
    );
    await sql`update dtb_product_class set product_code = 'DOUBLE', visible = ${true} where id = 10`.execute(
      store.db,
    );
    const { productClasses } = await data(
      `{ productClasses(ids: [6, "x", 999999, 6], codes: ["TNG-01-AI", "DOUBLE", "double", "TNG-01", "TNG-01-AI", ""]) {
        nodes { id code visible } missing ambiguous { code ProductClasses { id visible } } } }`,
    );
    const [six, ai, ...doubles] = productClasses.nodes;
    expect([six.id, ai.code, ...ids(doubles)]).toEqual(['6', 'TNG-01-AI', 10, 11]);
    expect(productClasses.missing).toEqual(['x', '999999', 'double', 'TNG-01', '']);
    expect(productClasses.ambiguous).toEqual([
      {
        code: 'DOUBLE',
        ProductClasses: [
          { id: '10', visible: true },
          { id: '11', visible: false },
        ],
      },
    ]);
  });

  test('a thousand values are looked up, one more is refused before anything is read', async () => {
    const list = (count: number) => Array.from({ length: count }, (_, place) => `${place + 1}`);
    const byIds = 'query ($l: [ID!]) { products(ids: $l) { totalCount } }';
    expect((await data(byIds, { l: list(1000) })).products.totalCount).toBeGreaterThan(3);
    expect(await fault(byIds, { l: list(1001) })).toMatchObject({ code: 'LIMIT', field: 'ids' });
    const both = 'query ($l: [ID!], $m: [String!]) { orders(ids: $l, order_nos: $m) { totalCount } }';
    expect(await fault(both, { l: list(600), m: list(401) })).toMatchObject({
      code: 'LIMIT',
      field: 'order_nos',
    });
    const codes = 'query ($l: [ID!], $m: [String!]) { productClasses(ids: $l, codes: $m) { missing } }';
    expect(await fault(codes, { l: list(600), m: list(401) })).toMatchObject({
      code: 'LIMIT',
      field: 'codes',
    });
    expect(await fault('{ productClasses { missing } }')).toMatchObject({ code: 'INVALID', field: 'ids' });
  });

  test('shop: what EC-CUBE shows of itself and the number for invoices; no path, no key', async () => {
    const { shop: own } = await data(
      '{ shop { shop_name invoice_registration_number option_product_tax_rule basic_point_rate Pref { name } } }',
    );
    expect(own).toEqual({
      shop_name: '手形商店',
      invoice_registration_number: 'T0000000000000',
      option_product_tax_rule: false,
      basic_point_rate: 1,
      Pref: { name: '東京都' },
    });
    expect(shop.api.sdl()).not.toMatch(/php_path|authentication_key/);
  });

  test('payments and deliveries in EC-CUBE’s order, with fees and times', async () => {
    const { payments, shown, deliveries } = await data(
      `{ payments { id method visible } shown: payments(visible: true) { id }
        deliveries { id name DeliveryFees { fee Pref { id } } DeliveryTimes { delivery_time } } }`,
    );
    expect(ids(payments)).toEqual([1, 2, 3, 4]);
    expect(ids(shown)).toEqual([1, 3, 4]);
    const parcel = deliveries.find(({ id }: { id: string }) => id === '1');
    expect(parcel.DeliveryFees).toHaveLength(47);
    expect(parcel.DeliveryTimes.length).toBeGreaterThan(1);
  });

  test('categories flat, each behind its parent, and as a tree', async () => {
    const { flat, tree } = await data(
      '{ flat: categories { id hierarchy Parent { id } } tree: categories(tree: true) { id Children { id Children { id } } } }',
    );
    const above = new Map<string, string | undefined>();
    for (const { id, Parent } of flat) {
      expect(Parent === null || above.has(Parent.id)).toBe(true);
      above.set(id, Parent?.id);
    }
    const down = (nodes: { id: string; Children?: [] }[]): string[] =>
      nodes.flatMap(({ id, Children }) => [id, ...down(Children ?? [])]);
    expect(down(tree)).toEqual(flat.map(({ id }: { id: string }) => id));
    expect(tree.length).toBeLessThan(flat.length);
  });

  test('tags, class names, statuses and tax rules', async () => {
    await sql`insert into dtb_tax_rule (product_class_id, tax_rate, tax_adjust, apply_date, create_date, update_date, discriminator_type)
      select 1, 8, 0, apply_date, create_date, update_date, discriminator_type from dtb_tax_rule where id = 1`.execute(
      store.db,
    );
    const { tags, classNames, orderStatuses, taxRules } = await data(
      `{ tags { id sort_no } classNames { name ClassCategories { name } } orderStatuses { id name }
        taxRules { tax_rate RoundingType { id } } }`,
    );
    const places = tags.map(({ sort_no }: { sort_no: number }) => sort_no);
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(classNames.every((one: { ClassCategories: [] }) => one.ClassCategories.length > 0)).toBe(true);
    expect(ids(orderStatuses).sort()).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
    expect(taxRules).toEqual([{ tax_rate: 10, RoundingType: { id: '1' } }]);
  });

  test('news, the newest first, in pages', async () => {
    await sql`insert into dtb_news (title, link_method, visible, publish_date, create_date, update_date, discriminator_type)
      select 'draft', link_method, ${false}, null, create_date, update_date, 'news' from dtb_news where id = 1`.execute(
      store.db,
    );
    const { news, shown, second } = await data(
      '{ news { title visible } shown: news(visible: true) { id } second: news(limit: 1, page: 2) { id } }',
    );
    expect(news.at(-1)).toEqual({ title: 'draft', visible: false });
    expect(ids(shown)).toEqual([2, 1]);
    expect(ids(second)).toEqual([1]);
    expect(await fault('{ news(limit: 1001) { id } }')).toMatchObject({ code: 'LIMIT', field: 'limit' });
    expect(await fault('{ news(limit: 0) { id } }')).toMatchObject({ code: 'INVALID', field: 'limit' });
    expect(await fault('{ news(page: -1) { id } }')).toMatchObject({ code: 'INVALID', field: 'page' });
  });

  test('each is opened by the scope that fits, and by no other', async () => {
    const status = async (scopes: string, query: string) => {
      const response = await fetch(shop.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes}` },
        body: JSON.stringify({ query }),
      });
      return response.status;
    };
    const SCOPES = ['read:products', 'read:orders', 'read:customers', 'write:stock', 'write:shipping'];
    const readers = SCOPES.filter((scope) => scope.startsWith('read'));
    const opened: readonly [query: string, scopes: readonly string[]][] = [
      ['{ shop { shop_name } }', readers],
      ['{ orderStatuses { name } }', readers],
      ['{ payments { id } }', ['read:orders']],
      ['{ deliveries { id DeliveryTimes { id } } }', ['read:orders']],
      ['{ categories { id } tags { id } classNames { id } taxRules { id } }', ['read:products']],
      ['{ products(ids: [1]) { totalCount } }', ['read:products']],
      ['{ orders(ids: [1], order_nos: ["1"]) { totalCount } }', ['read:orders']],
      ['{ order(id: 1) { TaxByRate { tax } } }', ['read:orders']],
      ['{ salesByDay(from: "2026-01-01", to: "2026-01-01") { orders } }', ['read:orders']],
      ['{ productClasses(codes: ["x"]) { missing nodes { Product { id } } } }', ['read:products']],
      ['{ news { id } }', []],
      ['{ tags { ProductTag { Creator { login_id } } } }', []],
    ];
    for (const [query, scopes] of opened) {
      for (const scope of SCOPES) {
        expect([query, scope, await status(scope, query)]).toEqual([
          query,
          scope,
          scopes.includes(scope) ? 200 : 403,
        ]);
      }
      expect(await status('read', query)).toBe(200);
    }
  });
});
