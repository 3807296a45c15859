/** What the PHP plugin has left in the shop's database: offered once, taken over with its secret. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { unsealSecret } from '../../src/webhook/secret.ts';
import { listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { hasShortSecret, pluginOffer, takeOver } from '../../src/webhook/take-over.ts';
import { eachDatabase } from '../support/databases.ts';
import { MASTER_KEY, webhookDeps } from './support/deps.ts';

const SECRET = 'the-plugins-own-secret';
const ACTOR = { loginId: 'admin', clientIp: '127.0.0.1', requestId: 'r' };
const BOTH = { clients: false, webhooks: true, plugins: true };

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
    const [boolean, yes, no] = db.name === 'postgres' ? ['boolean', 'true', 'false'] : ['smallint', '1', '0'];
    const run = (statement: string) => sql.raw(statement).execute(store.db);
    await run(`create table plg_api_webhook (id integer primary key, payload_url varchar(1024),
      secret varchar(1024), enabled ${boolean}, discriminator_type varchar(255))`);
    await run(`insert into plg_api_webhook values (1, 'https://erp.example/hook', '${SECRET}', ${yes}, 'webhook'),
      (2, 'http://foo', null, ${no}, 'webhook'), (3, 'ftp://files.example/', null, ${yes}, 'webhook')`);
    await run(
      `insert into plg_api_webhook values (5, 'https://short.example/hook', 'abc123', ${yes}, 'webhook')`,
    );
    await run(`create table dtb_plugin (id integer primary key, code varchar(255), enabled ${boolean})`);
    await run(`insert into dtb_plugin values (1, 'Coupon4', ${yes}), (2, 'Api42', ${yes})`);
  });

  const deps = () => webhookDeps(store, fixedClock(1_775_001_600));

  test('is offered and taken over once, without what nothing can be sent to', async () => {
    const offer = await pluginOffer(deps(), BOTH);
    expect(offer.rows.map(({ payloadUrl }) => payloadUrl)).toEqual([
      'https://erp.example/hook',
      'http://foo',
      'https://short.example/hook',
    ]);
    expect(offer.rows.map(hasShortSecret)).toEqual([false, false, true]);
    expect(offer.unfit.map(({ payloadUrl }) => payloadUrl)).toEqual(['ftp://files.example/']);
    expect(offer.phpPluginEnabled).toBe(true);

    expect(await takeOver(deps(), BOTH, ACTOR)).toBe(3);
    const taken = await listWebhooks(store.db);
    const byUrl = (url: string) => taken.find(({ payloadUrl }) => payloadUrl === url);
    const first = byUrl('https://erp.example/hook');
    expect(first).toMatchObject({ enabled: true, topics: [], orderStatuses: [] });
    expect(first?.secretSealed).not.toContain(SECRET);
    expect(unsealSecret(MASTER_KEY, first?.webhookId ?? '', first?.secretSealed ?? null)).toBe(SECRET);
    const short = byUrl('https://short.example/hook');
    expect(unsealSecret(MASTER_KEY, short?.webhookId ?? '', short?.secretSealed ?? null)).toBe('abc123');
    expect(byUrl('http://foo')).toMatchObject({ enabled: false, secretSealed: null });

    expect(await takeOver(deps(), BOTH, ACTOR)).toBe(0);
    expect(await pluginOffer(deps(), BOTH)).toMatchObject({ rows: [], unfit: [] });
    expect(await listWebhooks(store.db)).toHaveLength(3);
  });

  test('what the plugin gets later is offered again, and a disabled plugin doubles nothing', async () => {
    const off = db.name === 'postgres' ? 'false' : '0';
    await sql
      .raw(`insert into plg_api_webhook values (6, 'https://new.example/', null, ${off}, 'webhook')`)
      .execute(store.db);
    await sql.raw(`update dtb_plugin set enabled = ${off} where code = 'Api42'`).execute(store.db);
    const offer = await pluginOffer(deps(), BOTH);
    expect(offer.rows.map(({ id }) => id)).toEqual([6]);
    expect(offer.phpPluginEnabled).toBe(false);
  });

  test('a shop that never had the plugin is offered nothing', async () => {
    const none = { clients: false, webhooks: false, plugins: false };
    expect(await pluginOffer(deps(), none)).toEqual({ rows: [], unfit: [], phpPluginEnabled: false });
    expect(await takeOver(deps(), none, ACTOR)).toBe(0);
  });
});
