/** Parcels and order statuses: the state machine with its effects on real rows, and the mail over real SMTP. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import type { ErrorCode } from '../../src/graphql/errors.ts';
import { createMailer } from '../../src/outbound/mailer.ts';
import { ORDER_STATUS, TRANSITIONS, transitionBetween } from '../../src/shop/order-status.ts';
import { eachDatabase } from '../support/databases.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';
import { invalidArgument } from './support/faults.ts';
import { clock, embeddedShopApi, type Result, type ShopApi, startApi } from './support/shop-api.ts';

const message = (result: Result): string | undefined => result.errors?.[0]?.message;

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  let smtp: SmtpReceiver;

  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    store = await database.openShop();
    shop = await embeddedShopApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`) });
  });
  afterAll(async () => {
    await shop.close();
    await smtp.close();
  });
  beforeEach(() => {
    smtp.mails.length = 0;
    smtp.refuse(undefined);
    shop.log.length = 0;
  });

  const one = async (text: string): Promise<Record<string, unknown>> =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows[0] ?? {};
  const run = (text: string) => sql`${sql.raw(text)}`.execute(store.db);
  const number = async (text: string): Promise<number> => Number(Object.values(await one(text))[0]);
  const statusOf = (id: number) => number(`select order_status_id from dtb_order where id = ${id}`);
  const pointsOf = (orderId: number) =>
    number(
      `select point from dtb_customer where id = (select customer_id from dtb_order where id = ${orderId})`,
    );
  const ship = (args: string) =>
    shop.ask(`mutation { updateShipped(${args}) {
      id shipping_date shipping_delivery_name tracking_number note mail_send_date update_date
      Creator { id } Order { id update_date OrderStatus { id name } MailHistories { mail_subject mail_body mail_html_body send_date Creator { id } } }
    } }`);
  const change = (id: number, to: number) =>
    shop.ask(
      `mutation { updateOrderStatus(id: ${id}, order_status_id: ${to}) { id payment_date OrderStatus { id } } }`,
    );

  describe('updateShipped', () => {
    test('writes the shipping, moves the order, gives the points', async () => {
      const before = await pointsOf(11);
      const addPoint = await number('select add_point from dtb_order where id = 11');
      const { data, errors } = await ship(
        'id: 11, shipping_date: "2026-11-01T10:20:30+09:00", shipping_delivery_name: "ヤマト運輸", tracking_number: "1234-5678", note: "メモ"',
      );
      expect(errors).toBeUndefined();
      expect(data.updateShipped).toMatchObject({
        id: '11',
        shipping_date: '2026-11-01T10:20:30+09:00',
        shipping_delivery_name: 'ヤマト運輸',
        tracking_number: '1234-5678',
        note: 'メモ',
        mail_send_date: null,
        update_date: new Date((clock.now() + 9 * 3600) * 1000).toISOString().replace('.000Z', '+09:00'),
        Creator: { id: '1' },
        Order: { id: '11', OrderStatus: { id: '5', name: '発送済み' } },
      });
      expect(addPoint).toBeGreaterThan(0);
      expect(await pointsOf(11)).toBe(before + addPoint);
      expect(smtp.mails).toEqual([]);
    });

    test.each<[string, string, ...ErrorCode[]]>([
      ['id: 0', '[id]: This value should be greater than 0.;'],
      ['id: "-3"', '[id]: This value should be greater than 0.;'],
      ['id: "abc"', 'id: No Shipping found;', 'NOT_FOUND'],
      ['id: 99999999999', 'id: No Shipping found;', 'NOT_FOUND'],
      ['id: 999', 'id: No Shipping found;', 'NOT_FOUND'],
      ['id: 1', 'id: Already shipped;', 'BAD_TRANSITION'],
      ['id: 7', 'id: The associated order cannot be shipped;', 'BAD_TRANSITION'],
      ['id: 20', 'id: The associated order cannot be shipped;', 'BAD_TRANSITION'],
      ['id: 21', 'id: The associated order cannot be shipped;', 'BAD_TRANSITION'],
      [
        `id: 12, note: "${'あ'.repeat(3001)}"`,
        '[note]: This value is too long. It should have 3000 characters or less.;',
      ],
      [
        `id: 0, shipping_delivery_name: "${'a'.repeat(201)}", tracking_number: "${'9'.repeat(201)}"`,
        '[id]: This value should be greater than 0.;' +
          '[shipping_delivery_name]: This value is too long. It should have 200 characters or less.;' +
          '[tracking_number]: This value is too long. It should have 200 characters or less.;',
        'INVALID',
        'INVALID',
        'BAD_TRACKING_NUMBER',
      ],
      [
        'id: 12, shipping_date: "0999-12-31T00:00:00Z"',
        '[shipping_date]: This value is not a valid datetime.;',
      ],
      [
        'id: 12, shipping_date: "9999-12-31T23:59:59-12:00"',
        '[shipping_date]: This value is not a valid datetime.;',
      ],
    ])('%s is refused', async (args, text, ...codes) => {
      const result = await ship(args);
      expect(message(result)).toBe(text);
      expect(result.errors?.[0].extensions).toEqual(invalidArgument(text, ...codes));
      expect(result.data).toEqual({ updateShipped: null });
      expect(await statusOf(12)).toBe(ORDER_STATUS.inProgress);
    });

    test('characters are counted, not bytes; null empties a text, what is absent stays', async () => {
      const { data } = await ship(
        `id: 12, shipping_delivery_name: "${'𠮷'.repeat(200)}", tracking_number: null`,
      );
      expect(data.updateShipped).toMatchObject({
        shipping_delivery_name: '𠮷'.repeat(200),
        tracking_number: null,
        note: null,
      });
    });

    // EC-CUBE's forms take `^[0-9a-zA-Z-]+$`: with anything else staff could not save the order any more.
    test.each(['1234 5678', '追跡1', '12/34', '<b>', '1_2', '12\\n', 'ー１'])(
      'the tracking number %j is refused',
      async (number) => {
        const result = await ship(`id: 19, tracking_number: "${number}"`);
        expect(message(result)).toBe('[tracking_number]: Only letters, digits and hyphens are allowed.;');
        expect(result.data).toEqual({ updateShipped: null });
        expect(await one('select shipping_date, tracking_number from dtb_shipping where id = 19')).toEqual({
          shipping_date: null,
          tracking_number: null,
        });
      },
    );

    test('full-width letters of a tracking number are folded, as EC-CUBE’s order list folds them', async () => {
      const { data } = await shop.ask(
        'mutation { updateShipped(id: 15, tracking_number: "ＡＢ－１２３") { tracking_number } }',
      );
      expect(data.updateShipped).toEqual({ tracking_number: 'AB-123' });
      await run('update dtb_shipping set shipping_date = null, tracking_number = null where id = 15');
      await run(`update dtb_order set order_status_id = 1
        where id = (select order_id from dtb_shipping where id = 15)`);
    });

    test('a mail is not promised where none can be sent', async () => {
      const silent = await startApi(store, { mailer: createMailer('null://null') });
      const before = await one('select * from dtb_shipping where id = 19');
      const result = await silent.ask('mutation { updateShipped(id: 19, is_send_mail: true) { id } }');
      expect(message(result)).toBe('is_send_mail: No mail can be sent: MAILER_DSN names no mail server;');
      expect(await one('select * from dtb_shipping where id = 19')).toEqual(before);
      await silent.close();
    });

    test('the order waits for its last parcel', async () => {
      const before = await pointsOf(16);
      expect((await ship('id: 16')).data.updateShipped.Order.OrderStatus.id).toBe('6');
      expect(await pointsOf(16)).toBe(before);
      expect((await ship('id: 17')).data.updateShipped.Order.OrderStatus.id).toBe('5');
      expect(await pointsOf(16)).toBeGreaterThan(before);
    });

    test('the two last parcels at once: the order follows, the points come once', async () => {
      await run('update dtb_shipping set shipping_date = null where order_id = 16');
      await run('update dtb_order set order_status_id = 6 where id = 16');
      const before = await pointsOf(16);
      const addPoint = await number('select add_point from dtb_order where id = 16');
      const results = await Promise.all([ship('id: 16'), ship('id: 17'), ship('id: 16'), ship('id: 17')]);
      expect(results.map(message).sort()).toEqual([
        'id: Already shipped;',
        'id: Already shipped;',
        undefined,
        undefined,
      ]);
      expect(await statusOf(16)).toBe(5);
      expect(await pointsOf(16)).toBe(before + addPoint);
    });

    test('a returned order whose parcel has no date is shipped again', async () => {
      await run('update dtb_shipping set shipping_date = null where order_id = 3');
      const { data } = await ship('id: 3');
      expect(data.updateShipped.Order.OrderStatus.id).toBe('5');
    });

    test('a guest has no points', async () => {
      const sum = () => number('select sum(point) from dtb_customer');
      const before = await sum();
      expect((await ship('id: 15')).data.updateShipped.Order.OrderStatus.id).toBe('5');
      expect(await sum()).toBe(before);
    });

    test('named by its caller, the same again is no error and sends no second mail', async () => {
      const args = 'id: 14, is_send_mail: true, clientMutationId: "parcel 14"';
      const first = await ship(args);
      expect(first.errors).toBeUndefined();
      expect(await ship(args)).toEqual(first);
      expect(smtp.mails).toHaveLength(1);
      expect(message(await ship('id: 14'))).toBe('id: Already shipped;');
    });
  });

  describe('the shipping mail', () => {
    test('goes to the customer and into the history', async () => {
      await run(`update dtb_order set name01 = '<b>山&田', email = 'yamada@example.com' where id = 13`);
      const { data, errors } = await ship('id: 13, tracking_number: "1111-2222", is_send_mail: true');
      expect(errors).toBeUndefined();
      const [mail] = smtp.mails;
      const headers = new Map(mail?.headers);
      expect(mail?.from).toBe('bounce@example.com');
      expect(mail?.to).toEqual(['yamada@example.com', 'shop@example.com']);
      expect(headers.get('from')).toBe('手形商店 <shop@example.com>');
      expect(headers.get('reply-to')).toBe('support@example.com');
      expect(headers.get('subject')).toBe('[手形商店] 商品出荷のお知らせ');

      const text = mail?.parts.get('text/plain') ?? '';
      for (const said of [
        '<b>山&田',
        'お問い合わせ番号：1111-2222',
        'お問い合わせURL：https://delivery.example.com/track',
        '商品コード：TNG-01-BN',
        '商品名：手形染め手ぬぐい 紅',
        '数量：2',
        '配送方法：手形便',
        'お届け日：指定なし',
        'メールアドレス：yamada@example.com',
      ]) {
        expect(text).toContain(said);
      }
      const html = mail?.parts.get('text/html') ?? '';
      expect(html).toContain('&lt;b&gt;山&amp;田');
      expect(html).not.toContain('<b>山');
      expect(html).toContain('<a href="https://delivery.example.com/track">');

      const { mail_send_date, Order } = data.updateShipped;
      expect(mail_send_date).not.toBeNull();
      const history = Order.MailHistories.find(
        ({ mail_html_body }: { mail_html_body: string | null }) => mail_html_body !== null,
      );
      expect(history).toMatchObject({
        mail_subject: '[手形商店] 商品出荷のお知らせ',
        send_date: mail_send_date,
        Creator: { id: '1' },
      });
      expect(history.mail_body).toContain('お問い合わせ番号：1111-2222');
      expect(
        await one(
          'select discriminator_type as kind from dtb_mail_history where mail_html_body is not null and order_id = 13',
        ),
      ).toEqual({ kind: 'mailhistory' });
    });

    test('leaves out what is not there, and writes the wished day in the shop’s time', async () => {
      await run(
        `update dtb_shipping set delivery_date = '2026-11-30 15:00:00', delivery_time = '午前', tracking_number = null where id = 18`,
      );
      await ship('id: 18, is_send_mail: true');
      const text = smtp.mails[0]?.parts.get('text/plain') ?? '';
      expect(text).not.toContain('お問い合わせ番号');
      expect(text).toContain('お届け日：2026/12/01');
      expect(text).toContain('お届け時間：午前');
    });

    test.each([
      ['the order has no address', () => run(`update dtb_order set email = null where id = 18`)],
      [
        'the address would add a header',
        () => run(`update dtb_order set email = 'a@example.com\nBcc: b@example.com' where id = 18`),
      ],
      ['the template is gone', () => run('delete from dtb_mail_template where id = 8')],
    ])('when %s nothing is saved', async (_cause, spoil) => {
      await spoil();
      const before = await one('select * from dtb_shipping where id = 19');
      const points = await pointsOf(18);
      const histories = await number('select count(*) from dtb_mail_history');
      const result = await ship('id: 19, tracking_number: "9", is_send_mail: true, clientMutationId: "x"');
      expect(message(result)).toBe('is_send_mail: Error sending email;');
      expect(result.data).toEqual({ updateShipped: null });
      expect(await one('select * from dtb_shipping where id = 19')).toEqual(before);
      expect(await statusOf(18)).toBe(1);
      expect(await pointsOf(18)).toBe(points);
      expect(await number('select count(*) from dtb_mail_history')).toBe(histories);
      expect(smtp.mails).toEqual([]);
      expect(shop.log).toHaveLength(1);
      expect(JSON.stringify(shop.log)).not.toContain('@');
    });
  });

  describe('updateOrderStatus', () => {
    const ORDER = 17; // one 手形商店 T shirt and two pairs of chopsticks, by a customer
    const stocks = async (): Promise<number[][]> => {
      const { rows } = await sql<{ first: unknown; second: unknown; quantity: unknown }>`
        select pc.stock as first, ps.stock as second, oi.quantity as quantity from dtb_order_item oi
        join dtb_product_class pc on pc.id = oi.product_class_id join dtb_product_stock ps on ps.product_class_id = pc.id
        where oi.order_id = ${ORDER} and oi.order_item_type_id = 1 and pc.stock_unlimited = ${false}
        order by pc.id`.execute(store.db);
      return rows.map(({ first, second, quantity }) => [Number(first), Number(second), Number(quantity)]);
    };
    const prepare = async (status: number) => {
      await run(
        `update dtb_order set order_status_id = ${status}, use_point = 7, add_point = 100, payment_date = null where id = ${ORDER}`,
      );
      await run(`update dtb_shipping set shipping_date = null where order_id = ${ORDER}`);
    };

    const ids = Object.values(ORDER_STATUS);
    const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to] as const));

    test.each(pairs)('%i → %i', async (from, to) => {
      await prepare(from);
      const [points, before] = [await pointsOf(ORDER), await stocks()];
      const result = await change(ORDER, to);
      const transition = transitionBetween(from, to);
      if (!transition) {
        expect(message(result)).toBe(`order_status_id: The order cannot change from ${from} to ${to};`);
        expect(await statusOf(ORDER)).toBe(from);
        return;
      }
      expect(result.errors).toBeUndefined();
      expect(await statusOf(ORDER)).toBe(to);
      const {
        usedPoints = 0,
        earnedPoints = 0,
        stock = 0,
      } = transition as { [effect in 'usedPoints' | 'earnedPoints' | 'stock']?: number };
      expect(await pointsOf(ORDER)).toBe(points + usedPoints * 7 + earnedPoints * 100);
      expect(await stocks()).toEqual(
        before.map(([first = 0, second = 0, quantity = 0]) => [
          first + stock * quantity,
          second + stock * quantity,
          quantity,
        ]),
      );
      expect(result.data.updateOrderStatus.payment_date !== null).toBe(transition.name === 'pay');
      const unshipped = await number(
        `select count(*) from dtb_shipping where order_id = ${ORDER} and shipping_date is null`,
      );
      expect(unshipped).toBe(to === ORDER_STATUS.delivered ? 0 : 1);
    });

    test('every transition was among the pairs', () => {
      expect(pairs.filter(([from, to]) => transitionBetween(from, to))).toHaveLength(
        TRANSITIONS.flatMap(({ from }) => from).length,
      );
    });

    /** The same sums by other means: row by row. */
    const summaryOf = async (customerId: number) => {
      const { rows } = await sql<{ total: unknown; order_date: unknown }>`
        select total, order_date from dtb_order where customer_id = ${customerId}
        and order_status_id in (1, 4, 5, 6) order by id`.execute(store.db);
      return {
        times: rows.length,
        total: rows.reduce((sum, { total }) => sum + Math.round(Number(total) * 100), 0) / 100,
        first: rows[0]?.order_date ?? null,
        last: rows.at(-1)?.order_date ?? null,
      };
    };
    const storedSummary = async (customerId: number) => {
      const row = await one(`select * from dtb_customer where id = ${customerId}`);
      return {
        times: Number(row.buy_times),
        total: Number(row.buy_total),
        first: row.first_buy_date,
        last: row.last_buy_date,
      };
    };
    const customerOf = (orderId: number) => number(`select customer_id from dtb_order where id = ${orderId}`);

    test.each(pairs.filter(([from, to]) => transitionBetween(from, to)))(
      '%i → %i counts the customer’s purchases again, and dates the row even when nothing changed',
      async (from, to) => {
        await prepare(from);
        const customerId = await customerOf(ORDER);
        await run(`update dtb_customer set buy_times = 77, buy_total = 1, first_buy_date = null,
          last_buy_date = null, update_date = '2020-01-01 00:00:00' where id = ${customerId}`);
        expect((await change(ORDER, to)).errors).toBeUndefined();
        expect(await storedSummary(customerId)).toEqual(await summaryOf(customerId));
        const { update_date } = await one(`select update_date from dtb_customer where id = ${customerId}`);
        expect(Date.parse(`${String(update_date).slice(0, 19).replace(' ', 'T')}Z`) / 1000).toBe(clock.now());
      },
    );

    test('a customer whose last purchase is called off has none', async () => {
      await prepare(ORDER_STATUS.new);
      const customerId = await customerOf(ORDER);
      const others = `customer_id = ${customerId} and id <> ${ORDER}`;
      await run(`update dtb_order set customer_id = null where ${others}`);
      expect((await change(ORDER, ORDER_STATUS.cancelled)).errors).toBeUndefined();
      expect(await storedSummary(customerId)).toEqual({ times: 0, total: 0, first: null, last: null });
    });

    test('a shop without points gives no used ones back and takes earned ones off, as EC-CUBE does', async () => {
      await prepare(ORDER_STATUS.delivered);
      const points = await pointsOf(ORDER);
      await run(`update dtb_base_info set option_point = ${database.name === 'postgres' ? 'false' : '0'}`);
      expect((await change(ORDER, ORDER_STATUS.returned)).errors).toBeUndefined();
      await run(`update dtb_base_info set option_point = ${database.name === 'postgres' ? 'true' : '1'}`);
      expect(await pointsOf(ORDER)).toBe(points - 100);
    });

    test('a status that the order already has changes nothing', async () => {
      await prepare(ORDER_STATUS.paid);
      await run(`update dtb_order set update_date = '2026-01-01 00:00:00' where id = ${ORDER}`);
      const before = await one(`select * from dtb_order where id = ${ORDER}`);
      expect((await change(ORDER, ORDER_STATUS.paid)).errors).toBeUndefined();
      expect(await one(`select * from dtb_order where id = ${ORDER}`)).toEqual(before);
    });

    test('goods that are sold out cannot be asked for again', async () => {
      await prepare(ORDER_STATUS.cancelled);
      const [points, before] = [await pointsOf(ORDER), await stocks()];
      await run(`update dtb_product_class set stock = 0 where product_code = 'TSH-01-S-KN'`);
      await run(`update dtb_product_stock set stock = 0 where product_class_id =
        (select id from dtb_product_class where product_code = 'TSH-01-S-KN')`);
      expect(message(await change(ORDER, ORDER_STATUS.inProgress))).toBe(
        'order_status_id: There is not enough stock of TSH-01-S-KN;',
      );
      expect(await statusOf(ORDER)).toBe(ORDER_STATUS.cancelled);
      expect(await pointsOf(ORDER)).toBe(points);
      expect((await stocks()).map(([first]) => first)).toEqual(before.map(() => 0));
    });

    test.each([
      ['id: 999, order_status_id: 5', 'id: No Order found;'],
      ['id: "x", order_status_id: 5', 'id: No Order found;'],
      ['id: 17, order_status_id: 2', 'order_status_id: The order cannot change from 3 to 2;'],
      ['id: 17, order_status_id: "x"', 'order_status_id: The order cannot change from 3 to 0;'],
    ])('%s is refused', async (args, text) => {
      await prepare(ORDER_STATUS.cancelled);
      expect(message(await shop.ask(`mutation { updateOrderStatus(${args}) { id } }`))).toBe(text);
    });

    test('fifty changes at once: one way at a time, stock and points add up', async () => {
      await prepare(ORDER_STATUS.inProgress);
      const [points, before] = [await pointsOf(ORDER), await stocks()];
      const wishes = Array.from({ length: 50 }, (_, n) =>
        change(ORDER, n % 2 === 0 ? ORDER_STATUS.cancelled : ORDER_STATUS.inProgress),
      );
      const stock = shop.ask(`mutation { bulkUpdateProductStock(items: [
        { code: "TNG-01-AI", stock: 1, stock_unlimited: false } { code: "TNG-01-BN", stock: 1, stock_unlimited: false }
      ]) { ok } }`);
      const results = await Promise.all([...wishes, stock]);
      const unexpected = results.map(message).filter((text) => text && !text.includes('not enough stock'));
      expect(unexpected).toEqual([]);
      const back = (await statusOf(ORDER)) === ORDER_STATUS.cancelled;
      expect(await pointsOf(ORDER)).toBe(points + (back ? 7 : 0));
      expect(await stocks()).toEqual(
        before.map(([first = 0, second = 0, quantity = 0]) => [
          first + (back ? quantity : 0),
          second + (back ? quantity : 0),
          quantity,
        ]),
      );
    });
  });

  test('the clock of the writes is the API’s', async () => {
    clock.advance(60);
    await run('update dtb_order set order_status_id = 1 where id = 17');
    const { data } = await change(17, ORDER_STATUS.paid);
    expect(Date.parse(data.updateOrderStatus.payment_date) / 1000).toBe(clock.now());
  });
});
