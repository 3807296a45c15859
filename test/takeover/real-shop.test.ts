/** The recorded shop with the plugin's own tables: taken over, used, given back, and its tables are what they were. */
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { openServices } from '../../src/app/services.ts';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { authenticateClient } from '../../src/oauth/token/authenticate-client.ts';
import { issueToken } from '../../src/oauth/token/token.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { realShopLacking, realShopLoaders } from '../graphql/support/real-shop.ts';
import { eachDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { scratchFolder } from '../support/scratch.ts';
import { addPluginWebhook, phpPlugin, SECRET } from './support/plugin.ts';
import { giveShopBack, takeOverShop } from './support/shop.ts';

const NOW = 1_795_449_600;
const CLIENT = 'clientA';

const pluginRows = async ({ db }: Store): Promise<unknown> => ({
  clients: (await sql`select * from oauth2_client order by identifier`.execute(db)).rows,
  webhooks: (await sql`select id, payload_url, secret, enabled from plg_api_webhook order by id`.execute(db))
    .rows,
});

describeUnless(realShopLacking, 'the recorded shop', () => {
  eachDatabase((db) => {
    const closing: (() => Promise<void>)[] = [];
    afterAll(async () => {
      for (const close of closing) await close();
    });

    test('moves and comes back', async () => {
      const load = realShopLoaders[db.name];
      if (!load) return expect(db.name).toBe('sqlite');
      await load(db);
      await db.openMigrated();
      const clock = fixedClock(NOW);
      const dataDir = scratchFolder('tegata-real-');
      const services = await openServices(
        parseConfig({ DATABASE_URL: db.url, TEGATA_DATA_DIR: dataDir }),
        clock,
      );
      closing.push(() => services.close());
      const { store, token, bearer } = services;
      await addPluginWebhook(store, 'https://erp.example/hook', { secret: 'the-plugins-own-secret' });
      const php = phpPlugin(store, () => clock.now());
      const before = await pluginRows(store);
      const [held, other] = [await php.issue({ client: CLIENT }), await php.issue({ client: CLIENT })];

      const ask = async (form: Readonly<Record<string, string>>) => {
        const params = new Map(Object.entries({ client_id: CLIENT, client_secret: SECRET, ...form }));
        const origin = { clientIp: '127.0.0.1', requestId: 'r' };
        const signal = new AbortController().signal;
        const request = { params, resources: [], authorization: undefined, origin, signal };
        return issueToken(token, await authenticateClient(token, request), request);
      };
      expect(await takeOverShop(services)).toMatchObject({ ok: true, isNew: true, webhooks: 1 });
      expect(await bearer.principalOf(`Bearer ${held.access}`)).toMatchObject({
        kind: 'ok',
        principal: { clientId: CLIENT, subject: 'admin', memberId: 1 },
      });
      const answer = await ask({ grant_type: 'refresh_token', refresh_token: held.refresh });
      expect(await bearer.principalOf(`Bearer ${answer.access_token}`)).toMatchObject({ kind: 'ok' });
      const code = await php.code({ client: CLIENT });
      const redirect = { redirect_uri: 'https://erp.example/cb' };
      expect(await ask({ grant_type: 'authorization_code', code, ...redirect })).toMatchObject({
        token_type: 'Bearer',
      });
      await expect(ask({ grant_type: 'authorization_code', code, ...redirect })).rejects.toThrow(
        'invalid_grant',
      );
      expect(await takeoverStatus(services.takeover)).toMatchObject({
        state: 'open',
        plugin: 'Api42',
        waiting: { refresh: 1 },
        honoured: 1,
        progress: 50,
      });

      expect(await giveShopBack(services)).toMatchObject({ ok: true, isNew: true });
      expect(await pluginRows(store)).toEqual(before);
      for (const text of [answer.refresh_token ?? '', other.refresh]) {
        expect(typeof (await php.refresh(text, CLIENT))).toBe('object');
      }
      expect(await php.refresh(held.refresh, CLIENT)).toBe('Token has been revoked');
    });
  });
});
