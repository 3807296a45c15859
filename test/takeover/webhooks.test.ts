/** Webhooks change hands at one moment: what happened before is the plugin's to tell, what comes after is Tegata's, and back. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uninstall } from '../../src/app/uninstall.ts';
import { isLeaving } from '../../src/database/nodes/leave.ts';
import type { Db } from '../../src/database/open.ts';
import { finishTakeover } from '../../src/takeover/finish.ts';
import { planTakeover } from '../../src/takeover/plan.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { type Receiver, startReceiver } from '../webhook/support/receiver.ts';
import { addPluginWebhook, installPlugin, pluginHooks } from './support/plugin.ts';
import { giveShopBack, KEYS, NOBODY, takeOverShop, WISH } from './support/shop.ts';

const SECRET = 'the-plugins-own-secret';
const PLAIN = { enabled: true, description: '', topics: [], orderStatuses: [] };

eachDatabase((db) => {
  describe('webhooks', () => {
    const server = useOAuthServer(db, { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' }, installPlugin);
    let receiver: Receiver;
    let worker: WebhookWorker;
    /** A product is changed by the shop. */
    const touch = (name: string) =>
      sql`update dtb_product set name = ${name} where id = 1`.execute(server.it.services.store.db);
    /** What was received since, after everything was given time. */
    const heard = async () => {
      await worker.tick();
      server.it.clock.advance(60);
      await worker.tick();
      return receiver.received.splice(0);
    };
    /** Tegata cannot be taken away, whatever is wished, and goes on as before. */
    const expectNoWayOut = async (takeover: 'open' | 'telling') => {
      const { store, clock } = server.it.services;
      const refused = { ok: false, reason: 'takeover', takeover };
      expect(await uninstall(server.it.services, { keys: true })).toEqual(refused);
      expect(await isLeaving(store.db, clock.now())).toBe(false);
    };
    const told = async (): Promise<number> => (await heard()).length;
    beforeAll(async () => {
      receiver = await startReceiver();
      const { store, webhooks } = server.it.services;
      worker = startWebhookWorker(webhooks, { loop: false });
      await addPluginWebhook(store, receiver.url, { secret: SECRET });
      await addPluginWebhook(store, 'https://off.example/hook', { enabled: false });
      await addPluginWebhook(store, 'ftp://files.example/');
    });
    afterAll(async () => {
      await worker.stop();
      await receiver.close();
    });

    test('the plan tells what comes, what stays, and changes nothing', async () => {
      const { webhooks, unfitUrls, feed } = await planTakeover(server.it.services.takeover, KEYS, WISH);
      expect(webhooks).toEqual([
        { payloadUrl: receiver.url, enabled: true, hasShortSecret: false, leads: 'good' },
        expect.objectContaining({ payloadUrl: 'https://off.example/hook', enabled: false }),
      ]);
      expect([unfitUrls, feed]).toEqual([['ftp://files.example/'], 'absent']);
      expect((await pluginHooks(server.it.services.store)).map(({ enabled }) => enabled)).toEqual([
        true,
        false,
        true,
      ]);
    });

    test('from the takeover on Tegata tells, signed with the same secret, and the plugin is silent', async () => {
      await touch('before');
      expect(await takeOverShop(server.it.services)).toMatchObject({ ok: true, webhooks: 1 });
      const { store } = server.it.services;
      expect((await pluginHooks(store)).map(({ enabled }) => enabled)).toEqual([false, false, true]);
      expect(await told()).toBe(0);
      await expectNoWayOut('open');
      await touch('after');
      const [one, ...more] = await heard();
      expect([one?.headers['x-eccube-signature'], more.length]).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
        0,
      ]);
    });

    test('a second takeover brings nothing twice', async () => {
      const before = await listWebhooks(server.it.services.store.db);
      expect(await takeOverShop(server.it.services)).toMatchObject({ ok: true, isNew: false, webhooks: 0 });
      expect(await listWebhooks(server.it.services.store.db)).toEqual(before);
      await touch('once');
      expect(await told()).toBe(1);
    });

    test('given back, what came before is told from here and the rest is the plugin’s', async () => {
      const { store, webhooks } = server.it.services;
      await registerEndpoint(webhooks, { ...PLAIN, payloadUrl: 'https://new.example/hook' });
      await touch('still ours');
      const back = await giveShopBack(server.it.services);
      expect(back.ok && new Map(back.webhooks.map((one) => [one.payloadUrl, one.outcome]))).toEqual(
        new Map([
          [receiver.url, 'given'],
          ['https://off.example/hook', 'given'],
          ['https://new.example/hook', 'given'],
        ]),
      );
      await touch('the plugin’s');
      expect(await pluginHooks(store)).toEqual([
        { payload_url: receiver.url, secret: SECRET, enabled: true },
        { payload_url: 'https://off.example/hook', secret: null, enabled: false },
        { payload_url: 'ftp://files.example/', secret: null, enabled: true },
        { payload_url: 'https://new.example/hook', secret: null, enabled: true },
      ]);
      expect(await takeoverStatus(server.it.services.takeover)).toMatchObject({ webhooksBehind: 1 + 1 });
      expect(await finishTakeover(server.it.services.takeover, NOBODY)).toEqual({
        ok: false,
        reason: 'still_telling',
      });
      await expectNoWayOut('telling');
      expect(await told()).toBe(1);
      await touch('the plugin’s again');
      expect(await told()).toBe(0);
    });

    // SQLite has one writer, who reads the webhooks as such.
    describe.skipIf(db.name === 'sqlite')('a request of the shop that has read the webhooks', () => {
      /** What the plugin does in a request, as it stands when `deed` begins, which waits for the request's end. */
      const limit = { timeout: 60_000 };
      async function beside<T>(name: string, deed: () => Promise<T>): Promise<T> {
        const shop = db.open();
        let done: Promise<T> | undefined;
        await shop.db.transaction().execute(async (request) => {
          await sql`update dtb_product set name = ${name} where id = 1`.execute(request);
          await sql`select payload_url from plg_api_webhook where enabled = true`.execute(request);
          done = deed();
          await expect.poll(() => waiters(shop.db, db.name)).toBe(1);
        });
        return done as Promise<T>;
      }

      test('is waited for by the takeover: the plugin has told it', limit, async () => {
        const { store } = server.it.services;
        await store.db
          .deleteFrom('tegata_webhook')
          .where('payload_url', '=', 'https://new.example/hook')
          .execute();
        const result = await beside('sent by the plugin', () => takeOverShop(server.it.services));
        expect(result).toMatchObject({ ok: true, isNew: true });
        expect(await told()).toBe(0);
        await touch('ours');
        expect(await told()).toBe(1);
      });

      test('is waited for by the return: the plugin was silent, Tegata tells it', limit, async () => {
        const result = await beside('silent at the plugin', () => giveShopBack(server.it.services));
        expect(result).toMatchObject({ ok: true, isNew: true });
        expect(await told()).toBe(1);
        await touch('the plugin’s');
        expect(await told()).toBe(0);
      });
    });
  });
});

/** Those who want the table for themselves, and do not have it yet. */
async function waiters(shop: Db, name: string): Promise<number> {
  const { rows } =
    name === 'postgres'
      ? await sql<{ n: number | string }>`select count(*) as n from pg_locks
          where not granted and relation = 'plg_api_webhook'::regclass`.execute(shop)
      : await sql<{ n: number | string }>`select count(*) as n from information_schema.processlist
          where db = database() and state like 'Waiting for table metadata lock'`.execute(shop);
  return Number(rows[0]?.n);
}
