/** Parcels as order managers write them: many at once, corrected afterwards, and the order that polls see moves with them. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { embeddedShopApi, type Result, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';

const SHIPPING = 18; // the one parcel of order 17
const ORDER = 17;

eachDatabase((database) => {
  const clock = fixedClock(1_790_000_000);
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { clock });
    const hidden = database.name === 'postgres' ? 'false' : '0';
    await run(`insert into dtb_delivery (id, name, service_name, visible, create_date, update_date, discriminator_type)
      values (90, '別便', '別便', ${hidden}, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'delivery')`);
    for (const [id, delivery, text] of [
      [90, 90, '夜間'],
      [91, 1, '早朝'],
    ]) {
      await run(`insert into dtb_delivery_time (id, delivery_id, delivery_time, sort_no, visible, create_date, update_date, discriminator_type)
        values (${id}, ${delivery}, '${text}', 1, ${hidden}, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'deliverytime')`);
    }
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    clock.advance(60);
    await run(`update dtb_order set order_status_id = 4, note = null where id = ${ORDER}`);
    await run(`update dtb_shipping set shipping_date = null, delivery_id = 1, delivery_name = '手形便', time_id = 91,
      delivery_time = '早朝', delivery_date = null, tracking_number = null, note = null where id = ${SHIPPING}`);
  });

  const run = (text: string) => sql`${sql.raw(text)}`.execute(store.db);
  const one = async (text: string): Promise<Record<string, unknown>> =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows[0] ?? {};
  const shipping = () =>
    one(
      `select delivery_id, delivery_name, time_id, delivery_time, tracking_number, note from dtb_shipping where id = ${SHIPPING}`,
    );
  const orderDate = async (id = ORDER): Promise<string> =>
    String((await one(`select update_date from dtb_order where id = ${id}`)).update_date).slice(0, 19);
  const now = () => store.kit.dateText(clock.now()).slice(0, 19);
  const update = (args: string, id = SHIPPING) =>
    shop.ask(`mutation { updateShipping(id: ${id}, ${args}) {
      id tracking_number shipping_delivery_name shipping_delivery_date shipping_delivery_time time_id note Delivery { id }
    } }`);
  const fault = ({ errors }: Result) => ({ message: errors?.[0]?.message, ...errors?.[0]?.extensions });

  describe('updateShipping', () => {
    test('writes number, carrier with its name, day, slot and memo, and dates the order', async () => {
      const { data, errors } = await update(
        'tracking_number: "ＡＢ－１２３", delivery_id: 90, time_id: 90, shipping_delivery_date: "2026-12-24T10:20:30+09:00", note: "メモ"',
      );
      expect(errors).toBeUndefined();
      expect(data.updateShipping).toEqual({
        id: String(SHIPPING),
        tracking_number: 'AB-123',
        Delivery: { id: '90' },
        shipping_delivery_name: '別便',
        shipping_delivery_date: '2026-12-24T00:00:00+09:00',
        time_id: 90,
        shipping_delivery_time: '夜間',
        note: 'メモ',
      });
      expect(await orderDate()).toBe(now());
    });

    test.each([1, 3, 4, 5, 6, 9])('at status %i', async (status) => {
      await run(`update dtb_order set order_status_id = ${status} where id = ${ORDER}`);
      expect((await update(`tracking_number: "S-${status}"`)).errors).toBeUndefined();
      expect(await one(`select order_status_id as s from dtb_order where id = ${ORDER}`)).toMatchObject({
        s: status,
      });
    });

    test.each([7, 8])('not at status %i', async (status) => {
      await run(`update dtb_order set order_status_id = ${status} where id = ${ORDER}`);
      expect(fault(await update('tracking_number: "X"'))).toMatchObject({
        code: 'BAD_TRANSITION',
        field: 'id',
      });
    });

    test('another carrier empties the slot of the former one; null empties what may be empty', async () => {
      await update('delivery_id: 90');
      expect(await shipping()).toMatchObject({ delivery_name: '別便', time_id: null, delivery_time: null });
      await update('time_id: 90');
      await update('time_id: null, tracking_number: null, note: ""');
      expect(await shipping()).toMatchObject({
        time_id: null,
        delivery_time: null,
        tracking_number: null,
        note: null,
      });
    });

    test('what is so already changes nothing', async () => {
      await update('tracking_number: "SAME", shipping_delivery_date: "2026-12-24T00:00:00+09:00"');
      const before = await orderDate();
      clock.advance(60);
      const again =
        'tracking_number: "SAME", shipping_delivery_date: "2026-12-24T23:00:00+09:00", delivery_id: 1';
      expect((await update(again)).errors).toBeUndefined();
      expect(await orderDate()).toBe(before);
    });

    test.each([
      ['tracking_number: "追跡"', 'tracking_number', 'BAD_TRACKING_NUMBER'],
      [`tracking_number: "${'9'.repeat(201)}"`, 'tracking_number', 'BAD_TRACKING_NUMBER'],
      ['delivery_id: 999', 'delivery_id', 'NOT_FOUND'],
      ['delivery_id: null', 'delivery_id', 'INVALID'],
      ['time_id: 90', 'time_id', 'NOT_FOUND'], // of another carrier
      ['time_id: 999', 'time_id', 'NOT_FOUND'],
      ['shipping_delivery_date: "0999-01-01T00:00:00Z"', 'shipping_delivery_date', 'INVALID'],
      [`note: "${'あ'.repeat(3001)}"`, 'note', 'INVALID'],
      ['note: "x", ifVersion: "other"', 'ifVersion', 'CONFLICT'],
    ])('%s is refused', async (args, field, code) => {
      const before = await shipping();
      expect(fault(await update(args))).toMatchObject({ field, code });
      expect(await shipping()).toEqual(before);
    });

    test('a parcel that there is not is told so', async () => {
      expect(fault(await update('note: "x"', 99_999))).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
    });

    test('a dry run answers as if, and changes nothing', async () => {
      const before = await shipping();
      const { data, errors } = await update('tracking_number: "DRY-1", validateOnly: true');
      expect(errors).toBeUndefined();
      expect(data.updateShipping.tracking_number).toBe('DRY-1');
      expect(await shipping()).toEqual(before);
    });
  });

  describe('bulkUpdateShipped', () => {
    const PARCELS = [16, 17]; // of order 16
    const bulk = (items: string) =>
      shop.ask(`mutation { bulkUpdateShipped(items: [${items}]) {
        ok message code field Shipping { id tracking_number Order { OrderStatus { id } } }
      } }`);
    beforeEach(async () => {
      await run('update dtb_order set order_status_id = 6 where id = 16');
      await run('update dtb_shipping set shipping_date = null, tracking_number = null where order_id = 16');
    });

    test('each parcel has its own outcome, and the order of the first of two is dated', async () => {
      const { data, errors } = await bulk(
        `{ id: 16, tracking_number: "N-16" } { id: 99999 } { id: 16 } { id: ${SHIPPING}, tracking_number: "x y" } { id: ${SHIPPING} }`,
      );
      expect(errors).toBeUndefined();
      expect(data.bulkUpdateShipped).toMatchObject([
        {
          ok: true,
          code: null,
          Shipping: { id: '16', tracking_number: 'N-16', Order: { OrderStatus: { id: '6' } } },
        },
        { ok: false, code: 'NOT_FOUND', field: 'items[1].id', Shipping: null },
        { ok: false, code: 'BAD_TRANSITION', field: 'items[2].id', message: 'id: Already shipped;' },
        { ok: false, code: 'BAD_TRACKING_NUMBER', field: expect.stringMatching(/^items\[3\]/) },
        { ok: true, Shipping: { id: String(SHIPPING), Order: { OrderStatus: { id: '5' } } } },
      ]);
      expect(await orderDate(16)).toBe(now());
    });

    test('two lists that cross ship each parcel once', async () => {
      const all = [...PARCELS, SHIPPING].map((id) => `{ id: ${id} }`);
      const results = await Promise.all([bulk(all.join(' ')), bulk([...all].reverse().join(' '))]);
      expect(results.flatMap(({ errors }) => errors ?? [])).toEqual([]);
      const rows = results.flatMap(({ data }) => data.bulkUpdateShipped);
      expect(rows.filter(({ ok }: { ok: boolean }) => ok)).toHaveLength(3);
      expect(await one('select order_status_id as s from dtb_order where id = 16')).toMatchObject({ s: 5 });
    });

    test('at most 200', async () => {
      const result = await bulk(Array.from({ length: 201 }, () => '{ id: 1 }').join(' '));
      expect(fault(result)).toMatchObject({ code: 'LIMIT', field: 'items' });
    });
  });

  test('the first parcel of two dates the order, though its status stays', async () => {
    await run(`update dtb_order set order_status_id = 6, update_date = '2026-01-01 00:00:00' where id = 16`);
    await run('update dtb_shipping set shipping_date = null where order_id = 16');
    expect((await shop.ask('mutation { updateShipped(id: 16) { id } }')).errors).toBeUndefined();
    expect(await orderDate(16)).toBe(now());
  });

  describe('updateOrder', () => {
    const memo = (args: string) => shop.ask(`mutation { updateOrder(id: ${ORDER}, ${args}) { note } }`);

    test('writes the memo and dates the order; an empty one is none', async () => {
      expect((await memo('note: "至急"')).data.updateOrder).toEqual({ note: '至急' });
      expect(await orderDate()).toBe(now());
      expect((await memo('note: ""')).data.updateOrder).toEqual({ note: null });
    });

    test('refuses a long one, another order, and one that is not placed', async () => {
      expect(fault(await memo(`note: "${'あ'.repeat(3001)}"`))).toMatchObject({
        code: 'INVALID',
        field: 'note',
      });
      expect(fault(await shop.ask('mutation { updateOrder(id: 99999, note: "x") { id } }'))).toMatchObject({
        code: 'NOT_FOUND',
      });
      await run(`update dtb_order set order_status_id = 8 where id = ${ORDER}`);
      expect(fault(await memo('note: "x"'))).toMatchObject({ code: 'BAD_TRANSITION' });
    });
  });
});
