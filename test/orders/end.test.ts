/** Orders of which a part or all ends, and mails about them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { createMailer } from '../../src/outbound/mailer.ts';
import { clock, embeddedShopApi, type ShopApi, startApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';
import { CHOCOLATE, CUSTOMER, GUEST, JAM, numbers, orderShop } from './order-shop.ts';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  let smtp: SmtpReceiver;
  let at: ReturnType<typeof orderShop>;
  let id: string;
  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    store = await database.openShop();
    shop = await embeddedShopApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`) });
    at = orderShop(store, shop);
  });
  afterAll(async () => {
    await shop.close();
    await smtp.close();
  });
  beforeEach(async () => {
    await at.reset();
    smtp.mails.length = 0;
    smtp.refuse(undefined);
    const made =
      await at.done(`orderCreate(customer_id: ${CUSTOMER}, input: { payment_id: 3, email: "hanako@example.com" }, shippings: [{ delivery_id: 1 }], use_point: 100, items: [
      { product_class_id: ${JAM}, quantity: 2 }, { product_class_id: ${CHOCOLATE}, quantity: 4 }
    ]) { id }`);
    ({ id } = made);
  });
  const status = (to: number) => at.done(`updateOrderStatus(id: ${id}, order_status_id: ${to}) { id }`);

  describe('orderCancelItems', () => {
    const cancel = async (pieces: readonly [place: number, quantity: number][], more = '') => {
      const items = await at.items(id);
      const named = pieces.map(
        ([place, quantity]) => `{ id: ${items[place]?.id ?? 0}, quantity: ${quantity} }`,
      );
      return `orderCancelItems(id: ${id}, items: [${named.join()}]${more}) { id }`;
    };

    test('gives the stock back, and computes everything again; a line without pieces goes', async () => {
      const [times = 0, bought = 0] = await at.summary();
      await at.done(
        await cancel([
          [0, 1],
          [1, 1],
          [1, 3],
        ]),
      );
      const items = await at.items(id);
      expect(items.map((item) => numbers(item, ['order_item_type_id', 'quantity']))).toEqual([
        [1, 1],
        [6, 1],
      ]);
      expect(numbers(await at.order(id), ['subtotal', 'total', 'add_point'])).toEqual([1430, 1330, 12]);
      expect([await at.stock(JAM), await at.stock(CHOCOLATE), await at.points()]).toEqual([99, 7, 900]);
      expect(await at.summary()).toEqual([times, bought - 1430 - 4 * 366]);
    });

    test('with fewer points, when less is left than was paid with them', async () => {
      await at.done(
        await cancel(
          [
            [0, 2],
            [1, 3],
          ],
          ', use_point: 66',
        ),
      );
      expect(numbers(await at.order(id), ['total', 'use_point'])).toEqual([300, 66]);
      expect(await at.points()).toBe(934);
    });

    test.each<[string, [number, number][], string[]]>([
      ['more than there is', [[0, 3]], ['items[0].quantity INVALID']],
      [
        'more than there is, in two',
        [
          [0, 1],
          [0, 2],
        ],
        ['items[1].quantity INVALID'],
      ],
      ['nothing of a line', [[0, 0]], ['items[0].quantity INVALID']],
      ['a line that is no product', [[2, 1]], ['items[0].id NOT_FOUND']],
      ['a line that there is not', [[9, 1]], ['items[0].id NOT_FOUND']],
      [
        'everything',
        [
          [0, 2],
          [1, 4],
        ],
        ['items INVALID'],
      ],
    ])('refuses %s', async (_what, pieces, expected) => {
      expect(await at.faults(await cancel(pieces))).toEqual(expected);
      expect([await at.stock(JAM), await at.stock(CHOCOLATE)]).toEqual([98, 3]);
    });

    test.each([3, 5])('refuses an order in status %s', async (to) => {
      await status(to);
      expect(await at.faults(await cancel([[0, 1]]))).toEqual(['id BAD_TRANSITION']);
    });
  });

  describe('orderDelete', () => {
    const remove = (more = '') => at.done(`orderDelete(id: ${id}${more})`);
    const left = async () => [
      await at.order(id),
      await at.items(id),
      await at.shippings(id),
      await at.rows(`select * from dtb_mail_history where order_id = ${id}`),
    ];
    /** Stock and points after it; a new order had taken 2 and 100. */
    test.each<[string, number[], string, [number, number]]>([
      ['a new order', [], '', [100, 1000]],
      ['a paid order', [6], '', [100, 1000]],
      ['a cancelled one, which has given back already', [3], '', [100, 1000]],
      ['a delivered one: its points, not its stock', [5], '', [98, 1000]],
      ['a returned one', [5, 9], '', [98, 1000]],
      ['without stock', [], ', restoreStock: false', [98, 1000]],
      ['without points', [], ', restorePoints: false', [100, 900]],
      ['with nothing, as EC-CUBE does', [5], ', restoreStock: false, restorePoints: false', [98, 937]],
    ])('%s', async (_what, ways, more, [stock, points]) => {
      for (const to of ways) await status(to);
      expect(await remove(more)).toBe(String(id));
      expect(await left()).toEqual([{}, [], [], []]);
      expect([await at.stock(JAM), await at.points()]).toEqual([stock, points]);
      const { n } = await at.one(
        `select count(*) as n from dtb_order where customer_id = ${CUSTOMER} and order_status_id in (1, 4, 5, 6)`,
      );
      expect((await at.summary())[0]).toBe(Number(n));
    });

    test('takes its mails along, and is done once', async () => {
      await at.done(`sendOrderMail(id: ${id}, subject: "件名", body: "本文") { id }`);
      await remove();
      expect(await left()).toEqual([{}, [], [], []]);
      expect(await at.faults(`orderDelete(id: ${id})`)).toEqual(['id NOT_FOUND']);
    });

    test('not when it has changed meanwhile, and not in a dry run', async () => {
      expect(await at.faults(`orderDelete(id: ${id}, ifVersion: "other")`)).toEqual(['ifVersion CONFLICT']);
      await remove(', validateOnly: true');
      expect((await left())[0]).toMatchObject({ order_no: String(id) });
      expect(await at.stock(JAM)).toBe(98);
    });
  });

  describe('with write:orders alone', () => {
    const ask = async (document: string) => {
      const response = await fetch(shop.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer write:orders' },
        body: JSON.stringify({ query: `mutation { it: ${document} }` }),
      });
      return (await response.json()) as { data?: { it?: object }; errors?: { message: string }[] };
    };
    const place = (customer: string, shown: string) =>
      `orderCreate(${customer} input: { ${GUEST} }, shippings: [{ delivery_id: 1 }], items: [{ product_class_id: ${JAM}, quantity: 1 }]) { ${shown} }`;

    test('orders are written, and told without the people', async () => {
      const { data, errors } = await ask(place('', 'total OrderItems { price }'));
      expect(errors).toBeUndefined();
      expect(data?.it).toEqual({ total: 1430, OrderItems: [{ price: 1300 }] });
      expect((await ask(`orderUpdate(id: ${id}, use_point: 0) { use_point }`)).data?.it).toEqual({
        use_point: 0,
      });
      expect((await ask(place('', 'name01'))).errors?.[0]?.message).toContain('read:orders');
    });

    test('a customer is looked at with a scope for customers only', async () => {
      expect((await ask(place(`customer_id: ${CUSTOMER},`, 'id'))).errors).toHaveLength(1);
    });
  });

  describe('sendOrderMail', () => {
    const mail = (args: string) =>
      `sendOrderMail(id: ${id}, ${args}) { MailHistories { mail_subject mail_body mail_html_body send_date } }`;

    test('goes out from the shop, and is kept', async () => {
      const { shop_name: name, email01 } = await at.one('select shop_name, email01 from dtb_base_info');
      const { MailHistories } = await at.done(
        mail('subject: " 件名です ", body: "本文です\\r\\n二行目 <b>x</b> {{ 1 }}"'),
      );
      expect(MailHistories).toMatchObject([
        {
          mail_subject: `[${name}] 件名です`,
          mail_body: '本文です\r\n二行目 <b>x</b> {{ 1 }}',
          mail_html_body: null,
        },
      ]);
      expect(smtp.mails).toHaveLength(1);
      expect(smtp.mails[0]?.to).toEqual(expect.arrayContaining(['hanako@example.com', email01]));
    });

    test('has the subject of a template', async () => {
      const { mail_subject } = await at.one('select mail_subject from dtb_mail_template where id = 1');
      const { MailHistories } = await at.done(mail('template_id: 1, body: "本文"'));
      expect(MailHistories[0].mail_subject).toMatch(new RegExp(`\\] ${mail_subject}$`));
    });

    test.each<[string, string, string[]]>([
      ['no subject', 'body: "本文"', ['subject INVALID']],
      ['no body', 'subject: "件名", body: " "', ['body INVALID']],
      [
        'a subject that the history cannot hold',
        `subject: "${'あ'.repeat(255)}", body: "本文"`,
        ['subject INVALID'],
      ],
      ['no such template', 'template_id: 99, body: "本文"', ['template_id NOT_FOUND']],
    ])('refuses %s', async (_what, args, expected) => {
      expect(await at.faults(mail(args))).toEqual(expected);
      expect(smtp.mails).toHaveLength(0);
    });

    test('a mail that is not taken is not kept, and neither is one of a dry run', async () => {
      smtp.refuse('RCPT');
      expect(await at.faults(mail('subject: "件名", body: "本文"'))).toEqual(['id MAIL_FAILED']);
      smtp.refuse(undefined);
      const dry = await at.done(mail('subject: "件名", body: "本文", validateOnly: true'));
      expect(dry.MailHistories).toHaveLength(1);
      expect(smtp.mails).toHaveLength(0);
      expect(await at.rows(`select id from dtb_mail_history where order_id = ${id}`)).toEqual([]);
    });

    test('says so when no mail server is named', async () => {
      const quiet = await startApi(store, { clock });
      const { errors } = await quiet.ask(`mutation { ${mail('subject: "件名", body: "本文"')} }`);
      expect(errors?.[0]?.extensions.code).toBe('MAIL_FAILED');
      await quiet.close();
    });
  });
});
