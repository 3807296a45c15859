/** The embedded shop, made on every database. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import type { Store } from '../../src/database/open.ts';
import { columnName } from '../../src/shop/entity.ts';
import { masterRows } from '../../src/shop/master/master-rows.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop, embeddedShopExists } from '../../src/shop/store/embedded-shop.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = 1_790_000_000;
const registry = buildRegistry(coreEntities);
const shop = {
  registry,
  clock: fixedClock(NOW),
  currency: 'JPY',
  admin: { loginId: 'admin', name: '管理者', passwordHash: 'hash-of-a-password' },
};

eachDatabase((database) => {
  let store: Store;
  const rows = async (text: string): Promise<Record<string, unknown>[]> =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows;
  const number = async (text: string): Promise<number> =>
    Number(Object.values((await rows(text))[0] ?? {})[0]);
  const numbers = async (text: string): Promise<number[][]> =>
    (await rows(text)).map((row) => Object.values(row).map(Number));

  beforeAll(async () => {
    store = database.open();
    expect(await embeddedShopExists(store)).toBe(false);
    expect(await createEmbeddedShop(store, shop)).toBe(true);
  });

  test('every table has exactly the declared columns', async () => {
    const live = await readLiveSchema(store);
    for (const entity of registry.entities) {
      const declared = [
        ...Object.entries(entity.columns).map(([field, column]) => columnName(field, column)),
        ...Object.values(entity.relations).flatMap((relation) =>
          relation.kind === 'one' ? [relation.column] : [],
        ),
        'discriminator_type',
      ];
      expect([...(live.get(entity.table) ?? [])].sort()).toEqual([...new Set(declared)].sort());
    }
  });

  test('a second call changes nothing', async () => {
    expect(await embeddedShopExists(store)).toBe(true);
    expect(await createEmbeddedShop(store, { ...shop, clock: fixedClock(NOW + 999) })).toBe(false);
    expect(await number('select count(*) from dtb_member')).toBe(1);
    expect(await number('select count(*) from dtb_order')).toBe(20);
  });

  test('every row carries the discriminator that EC-CUBE filters by', async () => {
    for (const { table, discriminator } of registry.entities) {
      const others = `select count(*) from ${table} where discriminator_type <> '${discriminator}'`;
      expect([table, await number(others)]).toEqual([table, 0]);
    }
  });

  test('the master rows are there', async () => {
    for (const [entity, expected] of Object.entries(masterRows)) {
      expect(await number(`select count(*) from ${registry.entity(entity).table}`)).toBe(expected.length);
    }
    expect(await rows('select name from mtb_pref where id = 13')).toEqual([{ name: '東京都' }]);
    expect(await rows('select id from mtb_order_status where id = 2')).toEqual([]);
  });

  test('ASVS-6.3.2: there is one administrator, at work, with the hash that was given', async () => {
    const members = await rows('select login_id, name, password, authority_id, work_id from dtb_member');
    const { loginId, name, passwordHash } = shop.admin;
    expect(members).toEqual([
      { login_id: loginId, name, password: passwordHash, authority_id: 0, work_id: 1 },
    ]);
  });

  test('the shop is as big as promised', async () => {
    expect(await number('select count(*) from dtb_product')).toBeGreaterThanOrEqual(12);
    expect(await number('select count(*) from dtb_customer')).toBe(8);
    const statuses = await numbers('select distinct order_status_id from dtb_order order by order_status_id');
    expect(statuses.flat()).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
    expect(await rows(`select name, file_name, mail_subject from dtb_mail_template where id = 8`)).toEqual([
      {
        name: '出荷通知メール',
        file_name: 'Mail/shipping_notify.twig',
        mail_subject: '商品出荷のお知らせ',
      },
    ]);
  });

  test('both stocks agree, and null means unlimited', async () => {
    const classes = await rows(
      `select c.stock, c.stock_unlimited, s.stock as other from dtb_product_class c
         left join dtb_product_stock s on s.product_class_id = c.id`,
    );
    expect(classes.length).toBe(await number('select count(*) from dtb_product_stock'));
    for (const { stock, stock_unlimited, other } of classes) {
      expect(other).toEqual(stock);
      expect(Boolean(stock_unlimited)).toBe(stock === null);
    }
  });

  test('a product with options has a hidden base class', async () => {
    const hidden = await numbers(
      `select count(*) from dtb_product p where 1 <> (select count(*) from dtb_product_class c
           where c.product_id = p.id and c.class_category_id1 is null)`,
    );
    expect(hidden).toEqual([[0]]);
    const visible = store.kit.name === 'postgres' ? 'not visible' : 'visible = 0';
    expect(
      await number(`select count(*) from dtb_product_class where ${visible} and product_code is null`),
    ).toBe(
      await number(
        `select count(distinct product_id) from dtb_product_class where class_category_id1 is not null`,
      ),
    );
  });

  test('totals of orders add up', async () => {
    const orders = await numbers(
      'select id, subtotal, delivery_fee_total, charge, discount, use_point, total, payment_total, tax from dtb_order',
    );
    expect(orders).toHaveLength(20);
    for (const [id, subtotal, fee, charge, discount, point, total, paid, tax] of orders as [
      number,
      ...number[],
    ][]) {
      const items = await numbers(
        `select order_item_type_id, tax_display_type_id, price, tax, quantity from dtb_order_item where order_id = ${id}`,
      );
      const sum = (type: number) =>
        items
          .filter((item) => item[0] === type)
          .reduce((all, [, display = 0, price = 0, itemTax = 0, quantity = 0]) => {
            return all + (display === 1 ? price + itemTax : price) * quantity;
          }, 0);
      expect([id, sum(1), sum(2), sum(3), sum(4), sum(6)]).toEqual([
        id,
        subtotal,
        fee,
        charge,
        0 - discount!,
        0 - point!,
      ]);
      expect(total).toBe(subtotal! + fee! + charge! - discount! - point!);
      expect(paid).toBe(total);
      expect(Math.abs(tax! * 11 - total!)).toBeLessThanOrEqual(5.5);
    }
  });

  test('every item of goods and every fee belongs to a shipping of its order', async () => {
    const strays = `select count(*) from dtb_order_item i left join dtb_shipping s on s.id = i.shipping_id
        where i.order_item_type_id in (1, 2) and (s.order_id is null or s.order_id <> i.order_id)`;
    expect(await number(strays)).toBe(0);
    const two = 'select order_id from dtb_shipping group by order_id having count(*) = 2';
    expect(await rows(two)).toHaveLength(1);
  });

  test('dates are UTC text, birthdays are midnight in Japan', async () => {
    const [row] = await rows('select birth, secret_key from dtb_customer where id = 1');
    expect(String(row?.birth)).toMatch(/^1984-05-11 15:00:00/);
    const [member] = await rows('select create_date from dtb_member');
    expect(String(member?.create_date).slice(0, 19)).toBe('2026-09-21 14:13:20');
  });

  test('the next generated id follows the highest', async () => {
    const highest = await number('select max(id) from dtb_tag');
    await rows(`insert into dtb_tag (name, sort_no, discriminator_type) values ('次のタグ', 9, 'tag')`);
    expect(await number('select max(id) from dtb_tag')).toBe(highest + 1);
    await rows(`delete from dtb_tag where name = '次のタグ'`);
  });

  test('foreign keys lead somewhere', async () => {
    for (const entity of registry.entities) {
      for (const [field, relation] of Object.entries(entity.relations)) {
        if (relation.kind !== 'one') continue;
        const target = registry.target(relation).table;
        const lost = `select count(*) from ${entity.table} a left join ${target} b on b.id = a.${relation.column}
            where a.${relation.column} is not null and b.id is null`;
        expect([`${entity.name}.${field}`, await number(lost)]).toEqual([`${entity.name}.${field}`, 0]);
      }
    }
  });
});
