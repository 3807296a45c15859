/** The outbox of shipping mails: what is promised is sent once, however the mail server behaves, and no row waits for it. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { transact } from '../../src/database/transact.ts';
import { shippingMails } from '../../src/graphql/mails/shipping-mails.ts';
import { createMailer, type Mailer } from '../../src/outbound/mailer.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { embeddedShopApi, type Result, type ShopApi, startApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';

const ORDER = 13;
const SHIPPING = 13;
const NOW = 1_790_000_000;

eachDatabase((database) => {
  let store: Store;
  let smtp: SmtpReceiver;
  let shop: ShopApi;
  /** What `send` tells, and what it waits for, so that a test may look while a mail is under way. */
  let begun: () => void;
  let gate: Promise<void>;
  const clock = fixedClock(NOW);

  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    store = await database.openShop();
    const real = createMailer(`smtp://127.0.0.1:${smtp.port}`);
    const send: Mailer['send'] = async (message) => {
      begun();
      await gate;
      return real.send(message);
    };
    const mailer: Mailer = { ...real, send };
    shop = await embeddedShopApi(store, { mailer, clock });
  });
  afterAll(async () => {
    await shop.close();
    await smtp.close();
  });
  beforeEach(async () => {
    begun = () => {};
    gate = Promise.resolve();
    smtp.mails.length = 0;
    smtp.refuse(undefined);
    shop.log.length = 0;
    await run('delete from tegata_mail_outbox');
    await run(`delete from dtb_mail_history where order_id = ${ORDER}`);
    await run(`update dtb_order set order_status_id = 4 where id = ${ORDER}`);
    await run(
      `update dtb_shipping set shipping_date = null, mail_send_date = null where order_id = ${ORDER}`,
    );
  });
  afterEach(() => smtp.refuse(undefined));

  const run = (text: string) => sql`${sql.raw(text)}`.execute(store.db);
  const one = async (text: string): Promise<Record<string, unknown>> =>
    (await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db)).rows[0] ?? {};
  const count = async (table: string) =>
    Number(Object.values(await one(`select count(*) as n from ${table}`))[0]);
  const histories = () => count(`dtb_mail_history where order_id = ${ORDER}`);
  const shipping = () => one(`select shipping_date, mail_send_date from dtb_shipping where id = ${SHIPPING}`);
  const outbox = () => one('select * from tegata_mail_outbox');
  const ship = (args = '') =>
    shop.ask(`mutation { updateShipped(id: ${SHIPPING}, is_send_mail: true${args}) { id mail_send_date } }`);
  /** Returns while the mail server has not answered; `resolve` lets it. */
  const shipUntilSending = async () => {
    const sending = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    [begun, gate] = [sending.resolve, held.promise];
    const shipped = ship();
    await sending.promise;
    return { shipped, resolve: held.resolve };
  };
  const fault = ({ errors }: Result) => ({ message: errors?.[0]?.message, ...errors?.[0]?.extensions });

  test('what was sent is noted, and nothing is left in the outbox', async () => {
    const { data, errors } = await ship();
    expect(errors).toBeUndefined();
    expect(data.updateShipped.mail_send_date).not.toBeNull();
    expect(smtp.mails).toHaveLength(1);
    expect(await histories()).toBe(1);
    expect(await count('tegata_mail_outbox')).toBe(0);
    expect(await shop.api.sendDueMails()).toBe(0);
  });

  test('while a mail is under way its rows are free', async () => {
    const { resolve, shipped } = await shipUntilSending();
    // A second writer needs the same order; on SQLite it needs the only writer's turn.
    const { errors } = await shop.ask(
      `mutation { updateOrder(id: ${ORDER}, note: "${database.name}") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect((await shipping()).mail_send_date).toBeNull();
    resolve();
    expect((await shipped).errors).toBeUndefined();
    expect((await shipping()).mail_send_date).not.toBeNull();
  });

  test('a mail that the server refuses for now is told as not sent; the parcel is shipped, the mail follows', async () => {
    smtp.refuse('come back later');
    const result = await ship(', clientMutationId: "later"');
    expect(fault(result)).toMatchObject({
      message: 'is_send_mail: Error sending email;',
      category: 'Invalid argument',
      code: 'MAIL_FAILED',
      field: 'is_send_mail',
      saved: true,
    });
    expect((await shipping()).shipping_date).not.toBeNull();
    expect((await shipping()).mail_send_date).toBeNull();
    expect(await histories()).toBe(0);
    expect(await outbox()).toMatchObject({ given_up_at: null });
    expect(shop.log).toHaveLength(1);
    expect(JSON.stringify(shop.log)).not.toContain('@');
    // The same again is told that it is shipped, and sends nothing of its own.
    expect((await ship(', clientMutationId: "later"')).errors).toBeUndefined();
    expect(await count('tegata_mail_outbox')).toBe(1);

    expect(await shop.api.sendDueMails()).toBe(0); // not yet
    smtp.refuse(undefined);
    clock.advance(60);
    await run(`update dtb_shipping set tracking_number = 'LATER-1' where id = ${SHIPPING}`);
    expect(await shop.api.sendDueMails()).toBe(1);
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]?.parts.get('text/plain')).toContain('お問い合わせ番号：LATER-1');
    expect((await shipping()).mail_send_date).not.toBeNull();
    expect(await histories()).toBe(1);
    expect(await count('tegata_mail_outbox')).toBe(0);
  });

  test('of two processes that look at the same time one sends', async () => {
    smtp.refuse('later');
    await ship();
    smtp.refuse(undefined);
    clock.advance(60);
    const other = await startApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`), clock });
    const tried = await Promise.all([shop, other, shop, other].map(({ api }) => api.sendDueMails()));
    expect(tried.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(smtp.mails).toHaveLength(1);
    expect(await histories()).toBe(1);
    await other.close();
  });

  test('a process that died before its first attempt leaves the mail to others', async () => {
    const { resolve, shipped: hanging } = await shipUntilSending();
    const other = await startApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`), clock });
    expect(await other.api.sendDueMails()).toBe(0); // it is still being tried
    clock.advance(60);
    expect(await other.api.sendDueMails()).toBe(1);
    expect(await histories()).toBe(1);
    resolve(); // it was only slow: what it sends has the same Message-ID, and it notes nothing
    await hanging;
    const ids = smtp.mails.map(({ headers }) => new Map(headers).get('message-id'));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await histories()).toBe(1);
    await other.close();
  });

  test('a mail that staff have sent meanwhile is not sent again', async () => {
    smtp.refuse('later');
    await ship();
    smtp.refuse(undefined);
    clock.advance(60);
    await run(
      `update dtb_shipping set mail_send_date = '${store.kit.dateText(clock.now())}' where id = ${SHIPPING}`,
    );
    await shop.api.sendDueMails();
    expect(smtp.mails).toEqual([]);
    expect(await count('tegata_mail_outbox')).toBe(0);
  });

  test('what fails for more than a day is given up, and forgotten a month later', async () => {
    smtp.refuse('never');
    await ship();
    for (let tries = 0; tries < 6; tries += 1) {
      clock.advance(54_000);
      expect(await shop.api.sendDueMails()).toBe(1);
    }
    clock.advance(54_000);
    expect(await shop.api.sendDueMails()).toBe(0);
    expect(await outbox()).toMatchObject({ last_error: expect.stringContaining('450') });
    expect((await outbox()).given_up_at).not.toBeNull();
    clock.advance(31 * 86_400);
    await shop.api.sendDueMails();
    expect(await count('tegata_mail_outbox')).toBe(0);
    expect((await shipping()).mail_send_date).toBeNull();
  });

  test('many parcels: each says of its mail whether it was sent', async () => {
    await run(`update dtb_order set email = 'no address' where id = 12`);
    await run(`update dtb_order set order_status_id = 4 where id in (11, 12)`);
    await run('update dtb_shipping set shipping_date = null where order_id in (11, 12)');
    const { data, errors } = await shop.ask(`mutation { bulkUpdateShipped(items: [
      { id: ${SHIPPING}, is_send_mail: true } { id: 12, is_send_mail: true } { id: 11 }
    ]) { ok code field message Shipping { id mail_send_date } } }`);
    expect(errors).toBeUndefined();
    expect(data.bulkUpdateShipped).toMatchObject([
      { ok: true, code: null, Shipping: { mail_send_date: expect.any(String) } },
      { ok: false, code: 'MAIL_FAILED', field: 'items[1].is_send_mail', Shipping: null },
      { ok: true, code: null, Shipping: { mail_send_date: null } },
    ]);
    expect(smtp.mails).toHaveLength(1);
    smtp.refuse('later');
    await run(`update dtb_order set order_status_id = 4 where id = 11`);
    await run('update dtb_shipping set shipping_date = null where order_id = 11');
    const later = await shop.ask(
      'mutation { bulkUpdateShipped(items: [{ id: 11, is_send_mail: true }]) { ok code message Shipping { id } } }',
    );
    expect(later.data.bulkUpdateShipped).toEqual([
      {
        ok: true,
        code: 'MAIL_FAILED',
        message: 'is_send_mail: Error sending email;',
        Shipping: { id: '11' },
      },
    ]);
  });

  test('a mail that waited so long for its turn that another process has sent it is not sent again', async () => {
    const deps = {
      ...{ store, clock, mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`) },
      ...{ registry: buildRegistry(coreEntities), timeZone: 'Asia/Tokyo', currency: 'JPY' },
      mailFailed: () => {},
    };
    const mails = shippingMails(deps);
    const writing = { ...deps, kit: store.kit, now: clock.now(), memberId: null };
    const queued = await transact(store, (db) => mails.queue({ ...writing, db }, ORDER, SHIPPING));
    clock.step(61);
    expect(await shippingMails(deps).sendDue()).toBe(1);
    expect(await mails.attempt(queued, 'r')).toBe(true);
    expect(smtp.mails).toHaveLength(1);
    expect(await histories()).toBe(1);
  });
});
