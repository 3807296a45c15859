/**
 * The real plugin's mutations, asked again on the dump of the same shop. The dump was taken at another moment than the
 * recordings, so every case that needs a certain state makes it first; dates of "now" are compared as "now".
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { createMailer } from '../../src/outbound/mailer.ts';
import { eachDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';
import { asPlugin, realShopLacking, realShopLoaders, recording } from './support/real-shop.ts';
import { clock, type ShopApi, startApi } from './support/shop-api.ts';

type Recorded = { label: string; scopes: string[]; body: string; answer: Answer };
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
type Answer = { data?: any; errors?: { message: string; extensions: { category: string } }[] };

/** Label → why Tegata says it otherwise, and what its message holds. */
const DIFFERENT: Readonly<Record<string, readonly [reason: string, says: string]>> = {
  'stock string': ['the words of graphql-js', 'Int cannot represent non-integer value: "5"'],
  'missing code': ['the words of graphql-js', 'updateProductStock'],
  'shipped date only': ['the words of graphql-js around the plugin’s', 'Y-m-d\\TH:i:sP".2026-11-01'],
  'id string': ['the plugin crashed', 'id: No Shipping found;'],
};

/** What the plugin refuses and Tegata takes: JavaScript writes its dates so. */
const TAKEN = 'shipped date with ms';

/** Statuses that the recorded orders had. */
const STATUS: Readonly<Record<number, number>> = { 1: 3, 6: 8, 10: 5, 22: 6, 23: 4 };

describeUnless(realShopLacking, 'recorded mutations of the real plugin', () => {
  eachDatabase((database) => {
    const load = database.name === 'postgres' ? realShopLoaders.postgres : undefined;
    if (!load) {
      test(`were not recorded on ${database.name}`, () => expect(database.name).not.toBe('postgres'));
      return;
    }
    const cases: Recorded[] = realShopLacking ? [] : JSON.parse(recording('mutations-pgsql.json'));
    let store: Store;
    let shop: ShopApi;
    let smtp: SmtpReceiver;
    beforeAll(async () => {
      smtp = await startSmtpReceiver();
      await load(database);
      store = await database.openMigrated();
      shop = await startApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`) });
    });
    afterAll(async () => {
      await shop.close();
      await smtp.close();
    });

    test.each(cases.map((one) => [one.label, one] as const))(
      '%s',
      async (label, { scopes, body, answer }) => {
        await prepare(store, body, answer);
        const response = await fetch(shop.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes.join('-')}` },
          body,
        });
        const given = asPlugin((await response.json()) as Answer);
        const difference = DIFFERENT[label];
        if (label === TAKEN) expect(given).toMatchObject({ data: { updateShipped: {} } });
        else if (difference) {
          expect(given.errors?.[0]?.message).toContain(difference[1]);
          expect(given.data?.updateShipped ?? given.data?.updateProductStock).toBeFalsy();
        } else expect(moments(given)).toEqual(moments(answer));
        expect(shop.log).toEqual([]);
      },
    );

    test('every difference belongs to a recorded case', () => {
      const labels = cases.map(({ label }) => label);
      expect([...Object.keys(DIFFERENT), TAKEN].filter((label) => !labels.includes(label))).toEqual([]);
    });
  });
});

/** The order and the parcel as they were when the answer was recorded. */
async function prepare(store: Store, body: string, { data, errors }: Answer): Promise<void> {
  const id = Number(/updateShipped\(id:(\d+)/.exec(body)?.[1] ?? 0);
  if (id === 0) return;
  const shipped = data?.updateShipped;
  const status = STATUS[id] ?? 1;
  await sql`update dtb_order set order_status_id = ${status}
    where id = (select order_id from dtb_shipping where id = ${id})`.execute(store.db);
  await sql`update dtb_shipping set shipping_date = null, mail_send_date = null, tracking_number = null, note = null
    where order_id = (select order_id from dtb_shipping where id = ${id})`.execute(store.db);
  if (errors || !shipped) return;
  await sql`update dtb_shipping set delivery_name = ${shipped.shipping_delivery_name} where id = ${id}`.execute(
    store.db,
  );
}

/** Dates as moments, and those of the recording's day or of the test's clock as "now". */
function moments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moments);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moments(inner)]));
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const at = Date.parse(value) / 1000;
  return value.startsWith('2026-11-22T') || at === clock.now() ? 'now' : at;
}
