/** The list and single queries on the demo shop, on every database: searches, orders, pages, cursors, values. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

type Connection = {
  nodes: { id: string; [field: string]: unknown }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
};

/** As it is, and as if its tables were large (shop/large/large-shop.ts). */
describe.each([undefined, { rows: 1 }])('large: %o', (large) =>
  eachDatabase((database) => {
    let shop: ShopApi;
    beforeAll(async () => {
      const store = await database.openShop();
      shop = await embeddedShopApi(store, { large });
      await installFeed(store);
    });
    afterAll(() => shop.close());

    const list = async (field: string, args: string, nodes = 'id'): Promise<Connection> => {
      const page = 'pageInfo { hasNextPage hasPreviousPage endCursor }';
      const query = `{ ${field}${args && `(${args})`} { totalCount ${page} nodes { ${nodes} } } }`;
      const { data, errors } = await shop.ask(query);
      if (errors) throw new Error(JSON.stringify(errors));
      return data[field] as Connection;
    };
    const ids = async (field: string, args: string): Promise<number[]> =>
      (await list(field, args)).nodes.map(({ id }) => Number(id)).sort((a, b) => a - b);
    const names = async (args: string): Promise<unknown[]> =>
      (await list('products', args, 'id name')).nodes.map(({ name }) => name);
    const faults = async (field: string, args: string): Promise<string> => {
      const { errors } = await shop.ask(`{ ${field}(${args}) { totalCount } }`);
      expect(errors?.[0]).toMatchObject({ extensions: { category: 'Invalid argument' }, path: [field] });
      return errors?.[0].message;
    };

    describe('products', () => {
      test('the usual: 公開 and 非公開, newest first, with a visible class', async () => {
        const { nodes, totalCount } = await list(
          'products',
          '',
          'id update_date Status { id } ProductClasses { visible }',
        );
        expect(totalCount).toBe(nodes.length);
        expect(new Set(nodes.map((node) => (node.Status as { id: string }).id))).toEqual(new Set(['1', '2']));
        const dates = nodes.map(({ update_date: date }) => String(date));
        expect(dates).toEqual([...dates].sort().reverse());
        expect(
          nodes
            .flatMap((node) => node.ProductClasses as { visible: boolean }[])
            .every(({ visible }) => visible),
        ).toBe(true);
      });

      test('an empty list of states finds 廃止 too', async () => {
        const all = await ids('products', 'status: []');
        expect(all.length).toBeGreaterThan((await ids('products', '')).length);
        expect(all).toEqual(await ids('products', 'status: null'));
      });

      test('id: a name, a code, a number; what matches by code shows only its classes', async () => {
        expect(await names('id: "　湯のみ "')).toEqual(['白磁の湯のみ']);
        const byCode = await list('products', 'id: "TNG-01-BN"', 'id name ProductClasses { code }');
        expect(byCode.nodes.map(({ ProductClasses }) => ProductClasses)).toEqual([[{ code: 'TNG-01-BN' }]]);
        const byName = await list('products', 'id: "手形染め"', 'id ProductClasses { code }');
        expect(byName.nodes[0]?.ProductClasses).toHaveLength(3);
        expect(await ids('products', 'id: "1"')).toContain(1);
      });

      test('a product that is asked for itself shows all its classes, hidden ones too', async () => {
        const { data } = await shop.ask('{ product(id: 1) { ProductClasses { visible } } }');
        expect(data.product.ProductClasses.map((one: { visible: boolean }) => one.visible)).toContain(false);
      });

      test.each(['%', '_', '\\\\', "'; drop table dtb_product; --"])('id %s means itself', async (text) => {
        expect(await ids('products', `id: "${text}"`)).toEqual([]);
      });

      test('stock: in, out, both', async () => {
        const [inStock, out, both] = [
          await list('products', 'stock: ["1"]', 'id ProductClasses { stock stock_unlimited }'),
          await list('products', 'stock: ["2"]', 'id ProductClasses { stock stock_unlimited }'),
          await list('products', 'stock: ["1", "2"]'),
        ];
        type Stock = { stock: number | null; stock_unlimited: boolean };
        const classes = ({ nodes }: Connection) => nodes.flatMap((node) => node.ProductClasses as Stock[]);
        expect(classes(inStock).every(({ stock, stock_unlimited: free }) => free || Number(stock) > 0)).toBe(
          true,
        );
        expect(classes(out).every(({ stock, stock_unlimited: free }) => !free && Number(stock) <= 0)).toBe(
          true,
        );
        expect(out.totalCount).toBeGreaterThan(0);
        expect(both.totalCount).toBe((await list('products', '')).totalCount);
      });

      test('a category finds what lies below it', async () => {
        const { data } = await shop.ask(
          '{ product(id: 1) { ProductCategories { Category { id name Children { id } } } } }',
        );
        const own = data.product.ProductCategories.map((one: { Category: { id: string } }) => one.Category);
        const top = own.find((one: { Children: unknown[] }) => one.Children.length > 0);
        const leaf = own.find((one: { Children: unknown[] }) => one.Children.length === 0);
        const [wide, narrow] = [
          await ids('products', `category_id: "${top.id}"`),
          await ids('products', `category_id: "${leaf.id}"`),
        ];
        expect(narrow).toContain(1);
        expect(wide).toEqual(expect.arrayContaining(narrow));
        expect(wide.length).toBeGreaterThan(narrow.length);
      });

      test('a tag', async () => {
        const { data } = await shop.ask('{ product(id: 1) { ProductTag { Tag { id } } } }');
        const tag = data.product.ProductTag[0].Tag.id;
        const found = await list('products', `tag_id: "${tag}"`, 'id ProductTag { Tag { id } }');
        expect(found.nodes.map(({ id }) => id)).toContain('1');
        expect(found.totalCount).toBeLessThan((await list('products', '')).totalCount);
      });

      test.each([
        'product_id',
        'name',
        'product_code',
        'stock',
        'status',
        'create_date',
        'update_date',
        'code',
      ])('sorts by %s, both ways, and pages by cursor through exactly the same rows', async (key) => {
        for (const type of ['a', 'd']) {
          const args = `sortkey: "${key}", sorttype: "${type}"`;
          const whole = (await list('products', `${args}, limit: 1000`)).nodes.map(({ id }) => id);
          expect(new Set(whole).size).toBe(whole.length);
          expect(await walk('products', args)).toEqual(whole);
        }
      });

      test('product_id ascending is the order of ids', async () => {
        const { nodes } = await list('products', 'sortkey: "product_id", sorttype: "a"');
        const found = nodes.map(({ id }) => Number(id));
        expect(found).toEqual([...found].sort((a, b) => a - b));
      });
    });

    describe('orders', () => {
      test('without a state: all but carts in checkout; those when they are asked for', async () => {
        const usual = await list(
          'orders',
          '',
          'id OrderStatus { id } CustomerOrderStatus { id } OrderStatusColor { id }',
        );
        const states = new Set(usual.nodes.map((node) => (node.OrderStatus as { id: string }).id));
        expect(states.has('7') || states.has('8')).toBe(false);
        expect(usual.totalCount).toBe(18);
        expect((await ids('orders', 'status: ["8"]')).length).toBe(1);
        for (const { OrderStatus, CustomerOrderStatus, OrderStatusColor } of usual.nodes) {
          expect([CustomerOrderStatus, OrderStatusColor]).toEqual([OrderStatus, OrderStatus]);
        }
      });

      test('a product name leaves only the matching items, and single queries leave all', async () => {
        const { nodes } = await list(
          'orders',
          'buy_product_name: "かや織り"',
          'id OrderItems { product_name }',
        );
        expect(nodes.length).toBeGreaterThan(0);
        for (const node of nodes) {
          const items = node.OrderItems as { product_name: string }[];
          expect(items.length).toBeGreaterThan(0);
          expect(items.every(({ product_name: name }) => name.includes('かや織り'))).toBe(true);
        }
        const { data } = await shop.ask(`{ order(id: ${nodes[0]?.id}) { OrderItems { id } } }`);
        expect(data.order.OrderItems.length).toBeGreaterThan(
          nodes.map(({ OrderItems }) => OrderItems as unknown[])[0]?.length ?? 0,
        );
      });

      test('names, spaces left out; kana, also written in hiragana', async () => {
        const { data } = await shop.ask(
          '{ order(id: 1) { name01 name02 kana01 kana02 email order_no phone_number } }',
        );
        const { name01, name02, kana01, kana02, email, order_no: no, phone_number: phone } = data.order;
        expect(await ids('orders', `name: " ${name01}　${name02} "`)).toContain(1);
        expect(await ids('orders', `multi: "${name01} ${name02}"`)).toContain(1);
        expect(await ids('orders', `kana: "${kana01}${kana02}"`)).toContain(1);
        const hiragana = kana01.replace(/[ァ-ヶ]/g, (one: string) =>
          String.fromCharCode(one.charCodeAt(0) - 0x60),
        );
        expect(await ids('orders', `kana: "${hiragana}"`)).toContain(1);
        expect(await ids('orders', `email: "${email}"`)).toContain(1);
        expect(await ids('orders', `multi: "${email}"`)).toContain(1);
        expect(await ids('orders', `order_no: "${no}"`)).toEqual([1]);
        expect(await ids('orders', `phone_number: "${phone.slice(0, 3)}-${phone.slice(3)}"`)).toContain(1);
      });

      test('shipping mail sent or not; payment; amounts with commas', async () => {
        const all = await ids('orders', '');
        const [unsent, sent] = [
          await ids('orders', 'shipping_mail: ["1"]'),
          await ids('orders', 'shipping_mail: ["2"]'),
        ];
        expect([...new Set([...unsent, ...sent])].sort((a, b) => a - b)).toEqual(all);
        expect(await ids('orders', 'shipping_mail: ["1", "2"]')).toEqual(all);
        const paid = await list(
          'orders',
          'payment_total_start: "3,000", payment_total_end: "10000.4"',
          'id payment_total',
        );
        expect(paid.nodes.length).toBeGreaterThan(0);
        for (const { payment_total: total } of paid.nodes) expect(Number(total)).toBeGreaterThanOrEqual(3000);
        const { data } = await shop.ask('{ order(id: 1) { Payment { id } } }');
        expect(await ids('orders', `payment: ["${data.order.Payment.id}"]`)).toContain(1);
      });

      test('days include their last, instants do not; the instant wins over the day', async () => {
        const { data } = await shop.ask('{ order(id: 1) { order_date } }');
        const at: string = data.order.order_date;
        const day = at.slice(0, 10);
        expect(await ids('orders', `order_date_start: "${day}", order_date_end: "${day}"`)).toContain(1);
        expect(await ids('orders', `order_datetime_start: "${at}"`)).toContain(1);
        expect(await ids('orders', `order_datetime_end: "${at}"`)).not.toContain(1);
        expect(await ids('orders', `order_date_end: "${day}", order_datetime_end: "${at}"`)).not.toContain(1);
        const inUtc = `${new Date(at).toISOString().slice(0, 19)}Z`;
        expect(await ids('orders', `order_datetime_start: "${inUtc}"`)).toContain(1);
      });

      test('lists hang in their own order', async () => {
        const { nodes } = await list(
          'orders',
          '',
          'id Shippings { id name01 name02 OrderItems { id OrderItemType { id } } }',
        );
        const several = nodes.filter((node) => (node.Shippings as unknown[]).length > 1);
        expect(several.length).toBeGreaterThan(0);
        const rank = ['1', '2', '3', '4', '6', '5'];
        for (const node of nodes) {
          for (const { OrderItems } of node.Shippings as {
            OrderItems: { OrderItemType: { id: string } }[];
          }[]) {
            const ranks = OrderItems.map(({ OrderItemType }) => rank.indexOf(OrderItemType.id));
            expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          }
        }
      });

      test.each([
        ...[
          'order',
          'orderer',
          'shipping_id',
          'purchase_product',
          'quantity',
          'payment_method',
          'order_status',
        ],
        ...['purchase_price', 'shipping_status', 'tracking_number', 'delivery', 'order_id', 'order_date'],
      ])('sorts by %s, both ways, and pages by cursor through exactly the same rows', async (key) => {
        for (const type of ['a', 'd']) {
          const args = `sortkey: "${key}", sorttype: "${type}"`;
          const whole = (await list('orders', args)).nodes.map(({ id }) => id);
          expect(whole.length).toBe(18);
          expect(await walk('orders', args)).toEqual(whole);
        }
      });
    });

    describe('customers', () => {
      test('the usual: 仮会員 and 本会員; no state asked: 退会 too', async () => {
        const usual = await list('customers', '', 'id Status { id }');
        expect(usual.nodes.every((node) => ['1', '2'].includes((node.Status as { id: string }).id))).toBe(
          true,
        );
        expect((await list('customers', 'customer_status: []')).totalCount).toBe(8);
      });

      test('the month and the day of birth are those of the shop’s calendar', async () => {
        const { nodes } = await list('customers', 'customer_status: []', 'id birth');
        const born = nodes.find(({ birth }) => birth !== null);
        const birth = String(born?.birth);
        const month = Number(birth.slice(5, 7));
        const expected = nodes.filter((one) => one.birth && Number(String(one.birth).slice(5, 7)) === month);
        expect(await ids('customers', `customer_status: [], birth_month: "${month}"`)).toEqual(
          expected.map(({ id }) => Number(id)).sort((a, b) => a - b),
        );
        const day = birth.slice(0, 10);
        expect(
          await ids('customers', `customer_status: [], birth_start: "${day}", birth_end: "${day}"`),
        ).toContain(Number(born?.id));
      });

      test('who bought it, how often, for how much', async () => {
        const buyers = await ids('customers', 'customer_status: [], buy_product_name: "手ぬぐい"');
        expect(buyers).toContain(1);
        expect(buyers.length).toBeLessThan(8);
        const rows = await list('customers', 'customer_status: []', 'id buy_times buy_total');
        const often = rows.nodes.filter((one) => Number(one.buy_times) >= 2).map(({ id }) => Number(id));
        expect(await ids('customers', 'customer_status: [], buy_times_start: 2')).toEqual(
          often.sort((a, b) => a - b),
        );
        const dear = rows.nodes.filter((one) => Number(one.buy_total) >= 5000).map(({ id }) => Number(id));
        expect(await ids('customers', 'customer_status: [], buy_total_start: "5000"')).toEqual(
          dear.sort((a, b) => a - b),
        );
      });

      test('sorts by name, and multi finds a name by its parts', async () => {
        const { nodes } = await list('customers', 'sortkey: "name", sorttype: "a"', 'id name01 name02');
        expect(await walk('customers', 'sortkey: "name", sorttype: "a"')).toEqual(nodes.map(({ id }) => id));
        expect(await ids('customers', `multi: "${nodes[0]?.name01} ${nodes[0]?.name02}"`)).toContain(
          Number(nodes[0]?.id),
        );
      });
    });

    describe('pages', () => {
      test('the last, the one behind it, and none asked', async () => {
        const first = await list('products', 'limit: 5');
        const last = Math.ceil(first.totalCount / 5);
        expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
        expect((await list('products', `limit: 5, page: ${last}`)).pageInfo).toMatchObject({
          hasNextPage: false,
        });
        expect(await list('products', `limit: 5, page: ${last + 1}`)).toMatchObject({
          nodes: [],
          totalCount: first.totalCount,
          pageInfo: { hasNextPage: false, hasPreviousPage: true },
        });
        expect(await list('products', 'page: 2147483647, limit: 1000')).toMatchObject({ nodes: [] });
        expect((await list('products', 'page: null, limit: null')).nodes.length).toBe(first.totalCount);
      });

      test('a walk by cursor meets every row once, though rows change and move to the front meanwhile', async () => {
        const before = (await list('products', 'status: []')).nodes.map(({ id }) => id);
        const seen: string[] = [];
        for (let after = ''; ; ) {
          const page = await list('products', `status: [], first: 4${after}`);
          seen.push(...page.nodes.map(({ id }) => id));
          await shop.ask(
            'mutation ($stock: Int) { updateProductStock(code: "YNM-01", stock: $stock, stock_unlimited: false) { id } }',
            { stock: seen.length },
          );
          if (!page.pageInfo.hasNextPage) break;
          after = `, after: "${page.pageInfo.endCursor}"`;
        }
        expect(seen).toEqual(before);
      });

      test.each([
        'x',
        ' ',
        'W10',
        'WzFd',
        'bnVsbA',
        Buffer.from('["update_date desc,id desc","2020-01-01","1"]').toString('base64url'),
      ])('the cursor %s is refused', async (cursor) => {
        expect(await faults('products', `after: "${cursor}"`)).toMatch(
          /^after: カーソルが正しくありません。/,
        );
      });

      test('an empty cursor begins at the start, as clients send it that have none yet', async () => {
        expect(await list('products', 'first: 2, after: ""')).toEqual(await list('products', 'first: 2'));
      });

      test('a cursor of another order is refused', async () => {
        const { pageInfo } = await list('products', 'first: 1');
        expect(await faults('products', `after: "${pageInfo.endCursor}", sortkey: "name"`)).toMatch(
          /^after: /,
        );
      });
    });

    test('values: numbers, truth, dates with the shop’s offset, null', async () => {
      const { data } = await shop.ask(`{ product(id: 3) { id create_date free_area
      ProductClasses { id price01 price02 stock stock_unlimited visible create_date ProductStock { stock } } } }`);
      expect(data.product).toMatchObject({ id: '3', free_area: null });
      expect(data.product.create_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
      expect(data.product.ProductClasses[0]).toMatchObject({
        price01: 2000,
        price02: 1800,
        stock_unlimited: false,
        visible: true,
        create_date: expect.stringMatching(/\+09:00$/),
      });
      expect(data.product.ProductClasses[0].ProductStock.stock).toBe(data.product.ProductClasses[0].stock);
    });

    test.each(['abc', '1x', '-1', '0', '99999999999', '2147483648', '', ' 1'])(
      'product("%s") is nobody',
      async (id) => {
        expect(await shop.ask('query ($id: ID!) { product(id: $id) { id } }', { id })).toEqual({
          data: { product: null },
        });
      },
    );

    test('skip, include, aliases and fragments ask for what they say', async () => {
      const query = `query ($with: Boolean!) {
      a: product(id: 1) { ...f @include(if: $with) id }
      b: product(id: 1) { classes: ProductClasses @skip(if: $with) { id } other: ProductClasses { code } }
    } fragment f on Product { name Status { name } }`;
      const on = await shop.ask(query, { with: true });
      const off = await shop.ask(query, { with: false });
      expect(on.data.a).toEqual({ id: '1', name: '手形染め手ぬぐい', Status: { name: '公開' } });
      expect(off.data.a).toEqual({ id: '1' });
      expect(Object.keys(on.data.b)).toEqual(['other']);
      expect(off.data.b.classes.length).toBe(off.data.b.other.length);
    });

    test('one statement per relation, whatever the number of rows', async () => {
      const query = `{ orders(limit: 100, status: []) { totalCount nodes { id
      OrderItems { id Product { name } ProductClass { code } }
      Shippings { id Delivery { name } } Customer { name01 } Payment { method } } } }`;
      shop.statements.length = 0;
      expect((await shop.ask(query)).errors).toBeUndefined();
      const relations = [
        'OrderItems',
        'Product',
        'ProductClass',
        'Shippings',
        'Delivery',
        'Customer',
        'Payment',
      ];
      // Of a large table the total is a statement of its own.
      const lists = large === undefined ? 1 : 2;
      expect(shop.statements.length).toBeLessThanOrEqual(lists + relations.length);
    });

    test('only what is asked leaves the database', async () => {
      shop.statements.length = 0;
      await shop.ask('{ products(limit: 3) { nodes { name } } }');
      // A large shop's may ask for keys first.
      expect(shop.statements.length).toBeLessThanOrEqual(large === undefined ? 1 : 2);
      expect(shop.statements.join()).not.toMatch(/description_detail|free_area|count\(/);
    });

    /** All ids, page by page behind cursors, three at a time. */
    async function walk(field: string, args: string): Promise<string[]> {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const page = await list(field, `${args}, first: 3${after}`);
        seen.push(...page.nodes.map(({ id }) => id));
        if (!page.pageInfo.hasNextPage) return seen;
        after = `, after: "${page.pageInfo.endCursor}"`;
      }
    }
  }),
);
