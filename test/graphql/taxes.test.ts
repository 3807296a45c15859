/** Prices with tax by the rule in force, the taxes of an order by rate, and the addresses of images. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { clock, embeddedShopApi, type ShopApi } from './support/shop-api.ts';

type Recorded = { name: string; tax: number; lines: (string | number | null)[][] };

/** What EC-CUBE 4.3 wrote: lines of an order, and the order's tax. */
const RECORDED: readonly Recorded[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'support/recorded-order-taxes.json'), 'utf8'),
);
const DAY = 86_400;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    for (const [place, { lines }] of RECORDED.entries()) await addOrder(store, 1001 + place, lines);
  });
  afterAll(() => shop.close());

  const data = async (query: string) => {
    const { data: found, errors } = await shop.ask(query);
    expect(errors).toBeUndefined();
    return found;
  };
  const addRule = (
    id: number,
    more: { rate: number; at: number; rounding?: number; product?: number; one?: number; adjust?: number },
  ) =>
    sql`insert into dtb_tax_rule (id, product_id, product_class_id, tax_rate, tax_adjust, rounding_type_id, apply_date, create_date,
        update_date, discriminator_type)
      values (${id}, ${more.product ?? null}, ${more.one ?? null}, ${more.rate}, ${more.adjust ?? 0}, ${more.rounding ?? 1},
        ${store.kit.dateText(more.at)}, ${store.kit.dateText(more.at)}, ${store.kit.dateText(more.at)}, 'taxrule')`.execute(
      store.db,
    );
  const removeRules = () => sql`delete from dtb_tax_rule where id > 1`.execute(store.db);
  const ownRules = (on: boolean) =>
    sql`update dtb_base_info set option_product_tax_rule = ${on}`.execute(store.db);
  const pricesOf = async (id: number) =>
    (await data(`{ productClasses(ids: [${id}]) { nodes { price01_inc_tax price02_inc_tax tax_rate } } }`))
      .productClasses.nodes[0];

  test.each(RECORDED.map(({ name }, place) => [name, place] as const))(
    'the taxes of %s add up to what EC-CUBE wrote',
    async (_name, place) => {
      const { order } = await data(
        `{ order(id: ${1001 + place}) { TaxByRate { tax_rate reduced total taxable tax } } }`,
      );
      const rates: { tax_rate: number; reduced: boolean; total: number; taxable: number; tax: number }[] =
        order.TaxByRate;
      expect(rates.reduce((sum, { tax }) => sum + tax, 0)).toBe(RECORDED[place]?.tax);
      for (const { tax_rate, reduced, total, taxable, tax } of rates) {
        expect([taxable + tax, reduced]).toEqual([total, tax_rate === 8]);
      }
    },
  );

  test('the record with two rates, in full', async () => {
    const place = RECORDED.findIndex(({ name }) => name === 'order-create-mixed-tax-rates');
    const { order } = await data(
      `{ order(id: ${1001 + place}) { TaxByRate { tax_rate reduced total taxable tax } } }`,
    );
    expect(order.TaxByRate).toEqual([
      { tax_rate: 8, reduced: true, total: 328, taxable: 304, tax: 24 },
      { tax_rate: 10, reduced: false, total: 693, taxable: 630, tax: 63 },
    ]);
  });

  test('the demo shop’s own orders come to their tax; a search that hides lines does not change it', async () => {
    const { orders } = await data('{ orders(limit: 1000) { nodes { id tax TaxByRate { tax } } } }');
    const own = orders.nodes.filter(({ id }: { id: string }) => Number(id) < 1000);
    expect(own.length).toBeGreaterThan(10);
    for (const { tax, TaxByRate } of own)
      expect(TaxByRate.map((one: { tax: number }) => one.tax)).toEqual([tax]);
    const [name] = (await data('{ order(id: 1) { OrderItems { product_name } } }')).order.OrderItems;
    const { orders: some } = await data(
      `{ orders(ids: [1], buy_product_name: "${name.product_name}") { nodes { tax OrderItems { id } TaxByRate { tax } } } }`,
    );
    expect(some.nodes[0].TaxByRate).toEqual([{ tax: some.nodes[0].tax }]);
  });

  test('however many orders and product classes: a few statements', async () => {
    const count = async (query: string) => {
      await data(query);
      shop.statements.length = 0;
      await data(query);
      return shop.statements.length;
    };
    const orders = (limit: number) => `{ orders(limit: ${limit}) { nodes { id TaxByRate { tax } } } }`;
    expect(await count(orders(12))).toBe(await count(orders(1)));
    const products = (limit: number) =>
      `{ products(limit: ${limit}) { nodes { ProductClasses { price01_inc_tax price02_inc_tax tax_rate } } } }`;
    await ownRules(true);
    expect(await count(products(12))).toBe(await count(products(1)));
    await ownRules(false);
  });

  test('the newest rule that already applies taxes all, rounded as it says', async () => {
    const now = clock.now();
    await sql`update dtb_product_class set price01 = null, price02 = 1005 where id = 4`.execute(store.db);
    expect(await pricesOf(4)).toEqual({ price01_inc_tax: null, price02_inc_tax: 1106, tax_rate: 10 });
    await addRule(2, { rate: 12, at: now + DAY });
    await addRule(3, { rate: 11, at: now - DAY, rounding: 2, adjust: 3 });
    expect(await pricesOf(4)).toMatchObject({ price02_inc_tax: 1118, tax_rate: 11 });
    await addRule(4, { rate: 11, at: now - DAY + 1, rounding: 3 });
    expect(await pricesOf(4)).toMatchObject({ price02_inc_tax: 1116 });
    // A rule applies from the second after.
    await addRule(5, { rate: 20, at: now });
    expect(await pricesOf(4)).toMatchObject({ tax_rate: 11 });
    await removeRules();
  });

  test('a product’s own rule counts where the shop says so, the class’s before the product’s', async () => {
    const now = clock.now();
    const { product, other } = await data(
      '{ product(id: 1) { ProductClasses { id } } other: product(id: 2) { ProductClasses { id } } }',
    );
    const numbers = (of: { ProductClasses: { id: string }[] }) =>
      of.ProductClasses.map(({ id }) => Number(id));
    const [first = 0, second = 0] = numbers(product);
    const [stranger = 0] = numbers(other);
    await addRule(2, { rate: 8, at: now - 2 * DAY, product: 1, one: first });
    await addRule(3, { rate: 9, at: now - 2 * DAY, product: 1 });
    await addRule(4, { rate: 5, at: now + DAY, product: 1, one: second });
    const rates = async () => {
      const prices = await Promise.all([first, second, stranger].map(pricesOf));
      return prices.map(({ tax_rate }) => tax_rate);
    };
    expect(await rates()).toEqual([10, 10, 10]);
    await ownRules(true);
    expect(await rates()).toEqual([8, 9, 10]);
    await ownRules(false);
    await removeRules();
  });

  test('a shop without a rule in force has no price with tax', async () => {
    await sql`update dtb_tax_rule set apply_date = ${store.kit.dateText(clock.now() + DAY)}`.execute(
      store.db,
    );
    expect(await pricesOf(1)).toEqual({ price01_inc_tax: null, price02_inc_tax: null, tax_rate: null });
    await sql`update dtb_tax_rule set apply_date = ${store.kit.dateText(clock.now() - 180 * DAY)}`.execute(
      store.db,
    );
  });

  test('an image’s address, whatever its name holds', async () => {
    await sql`delete from dtb_product_image`.execute(store.db);
    await sql`insert into dtb_product_image (product_id, file_name, sort_no, create_date, discriminator_type)
      select id, 'a b/藍#1?.jpg', 1, create_date, 'productimage' from dtb_product where id = 1`.execute(
      store.db,
    );
    const { product } = await data('{ product(id: 1) { ProductImage { url } } }');
    expect(product.ProductImage).toEqual([
      { url: 'https://shop.example/html/upload/save_image/a%20b/%E8%97%8D%231%3F.jpg' },
    ]);
  });
});

/** An order with the lines that were recorded. */
async function addOrder({ db, kit }: Store, id: number, lines: Recorded['lines']): Promise<void> {
  const at = kit.dateText(clock.now() - DAY);
  await sql`insert into dtb_order (id, order_no, name01, name02, order_status_id, create_date, update_date, discriminator_type)
    values (${id}, ${String(id)}, 'a', 'b', 7, ${at}, ${at}, 'order')`.execute(db);
  for (const line of lines) {
    await sql`insert into dtb_order_item (order_id, product_name, discriminator_type, price, tax, quantity, tax_rate, tax_type_id,
        tax_display_type_id, rounding_type_id, order_item_type_id)
      values (${id}, 'x', 'orderitem', ${sql.join(line)})`.execute(db);
  }
}
