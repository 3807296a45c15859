/**
 * The recorded shop with the plugin's own tables: taken over and given back while integrations refresh and exchange codes
 * without a pause; the fate of each token; and its tables are what they were. (load.test.ts does it on a shop of our own.)
 */
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

    test('moves and comes back under load', { timeout: 240_000 }, async () => {
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
      const [revoked, expired] = [
        await php.issue({ client: CLIENT }),
        await php.issue({ client: CLIENT, refreshLife: -1, accessLife: -1 }),
      ];
      await php.revokeRefresh(revoked.refresh);
      const [held, other] = [await php.issue({ client: CLIENT }), await php.issue({ client: CLIENT })];

      const ask = async (form: Readonly<Record<string, string>>) => {
        const params = new Map(Object.entries({ client_id: CLIENT, client_secret: SECRET, ...form }));
        const origin = { clientIp: '127.0.0.1', requestId: 'r' };
        const request = {
          params,
          resources: [],
          authorization: undefined,
          origin,
          patience: { beforeCommit: () => {} },
        };
        return issueToken(token, await authenticateClient(token, request), request);
      };
      const redirect = { redirect_uri: 'https://erp.example/cb' };
      let leads: 'php' | 'tegata' = 'php';
      let isOver = false;
      const turns = [0, 0];
      const faults: unknown[] = [];
      /** An integration that never stops: who leads answers it, and its next turn begins with what it got. */
      const integration = async (place: number): Promise<string> => {
        let { refresh } = await php.issue({ client: CLIENT });
        for (; !isOver; turns[place] = (turns[place] ?? 0) + 1) {
          if (leads === 'php') {
            const pair = await php.refresh(refresh, CLIENT);
            if (typeof pair === 'string') faults.push(pair);
            else refresh = pair.refresh;
          } else {
            const answer = await ask({ grant_type: 'refresh_token', refresh_token: refresh });
            refresh = answer.refresh_token ?? '';
            const code = await php.code({ client: CLIENT });
            await ask({ grant_type: 'authorization_code', code, ...redirect });
          }
        }
        return refresh;
      };
      const working = Promise.all(
        turns.map((_none, place) => integration(place).catch((error) => faults.push(error))),
      );
      const everyoneTurned = () => {
        const least = turns.map((turn) => turn + 2);
        return expect
          .poll(() => turns.every((turn, i) => turn >= (least[i] ?? 0)) || faults.length > 0, {
            timeout: 60_000,
          })
          .toBe(true);
      };
      await everyoneTurned();
      expect(await takeOverShop(services)).toMatchObject({ ok: true, isNew: true, webhooks: 1 });
      await everyoneTurned();
      leads = 'tegata';
      await everyoneTurned();
      for (const { refresh } of [revoked, expired]) {
        await expect(ask({ grant_type: 'refresh_token', refresh_token: refresh })).rejects.toThrow(
          'invalid_grant',
        );
      }
      expect(await bearer.principalOf(`Bearer ${expired.access}`)).not.toMatchObject({ kind: 'ok' });
      expect(await bearer.principalOf(`Bearer ${held.access}`)).toMatchObject({
        kind: 'ok',
        principal: { clientId: CLIENT, subject: 'admin', memberId: 1 },
      });
      const answer = await ask({ grant_type: 'refresh_token', refresh_token: held.refresh });
      expect(await bearer.principalOf(`Bearer ${answer.access_token}`)).toMatchObject({ kind: 'ok' });
      const code = await php.code({ client: CLIENT });
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
      });

      expect(await giveShopBack(services)).toMatchObject({ ok: true, isNew: true });
      await everyoneTurned();
      leads = 'php';
      await everyoneTurned();
      isOver = true;
      const last = await working;
      expect(faults).toEqual([]);
      expect(await pluginRows(store)).toEqual(before);
      for (const text of last) expect(typeof (await php.refresh(String(text), CLIENT))).toBe('object');
      for (const text of [answer.refresh_token ?? '', other.refresh]) {
        expect(typeof (await php.refresh(text, CLIENT))).toBe('object');
      }
      expect(await php.refresh(held.refresh, CLIENT)).toBe('Token has been revoked');
    });
  });
});
