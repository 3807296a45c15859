/**
 * Integrations that never stop, while their shop moves to Tegata and back: none is refused once, none is answered twice. Where
 * the world's requests go is what a proxy decides, so that stands here for the proxy.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { secondNode } from '../oauth/support/second-node.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, redeem, refresh } from '../support/oauth-walks.ts';
import {
  addPluginClient,
  addPluginWebhook,
  installPlugin,
  type PhpPlugin,
  phpPlugin,
} from './support/plugin.ts';
import { ERP, giveShopBack, takeOverShop, URI } from './support/shop.ts';

const INTEGRATIONS = 4;
const TURNS = 2; // refreshes of each, in each state

eachDatabase((db) => {
  describe('integrations at work', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    let php: PhpPlugin;
    let leads: 'php' | 'tegata' = 'php';
    const faults: string[] = [];

    beforeAll(async () => {
      const { store } = server.it.services;
      php = phpPlugin(store, () => server.it.clock.now());
      await addPluginClient(store, 'erp');
      await addPluginWebhook(store, 'https://erp.example/hook');
    });

    /** One refresh, by whoever leads; the access token is remembered with the one who issued it. */
    async function turn(integration: Integration): Promise<void> {
      const by = leads;
      if (by === 'php') {
        const pair = await php.refresh(integration.refresh);
        if (typeof pair === 'string') faults.push(`php: ${pair}`);
        else Object.assign(integration, pair, { by });
      } else {
        const { status, body } = await refresh(server.it, ERP, integration.refresh);
        if (status === 200) {
          Object.assign(integration, { refresh: body.refresh_token, access: body.access_token, by });
        } else faults.push(`tegata: ${JSON.stringify(body)}`);
      }
      integration.turns += 1;
    }

    async function exchangeCode(): Promise<void> {
      const code = await php.code();
      const { status, body } = await redeem(server.it, ERP, code, URI);
      if (status !== 200) faults.push(`code: ${JSON.stringify(body)}`);
    }

    test('no integration notices the way there, nor the way back', { timeout: 60_000 }, async () => {
      const all: Integration[] = [];
      for (let i = 0; i < INTEGRATIONS; i += 1) {
        all.push({ ...(await php.issue()), by: 'php', turns: 0 });
      }
      let isOver = false;
      const working = all.map(async (integration) => {
        while (!isOver) await turn(integration);
      });
      const everyoneTurned = () => {
        const before = all.map(({ turns }) => turns);
        return expect
          .poll(() => all.every(({ turns }, i) => turns >= (before[i] ?? 0) + TURNS), {
            interval: 5,
            timeout: 20_000,
          })
          .toBe(true);
      };
      await everyoneTurned();
      expect(await takeOverShop(server.it.services)).toMatchObject({ ok: true, isNew: true });
      await everyoneTurned(); // the proxy still leads to EC-CUBE
      leads = 'tegata';
      await everyoneTurned();
      for (let i = 0; i < TURNS; i += 1) await exchangeCode();
      expect((await takeoverStatus(server.it.services.takeover)).waiting.refresh).toBe(0);
      expect(await giveShopBack(server.it.services)).toMatchObject({ ok: true, isNew: true });
      await everyoneTurned(); // and still to Tegata
      leads = 'php';
      await everyoneTurned();
      expect(await takeOverShop(server.it.services)).toMatchObject({ ok: true, isNew: true });
      leads = 'tegata';
      await everyoneTurned();
      isOver = true;
      await Promise.all(working);
      expect(faults).toEqual([]);
      for (const { access } of all) expect(await isAlive(server.it, access)).toBe(true);
      // One live refresh token for each integration and each code: none was answered twice.
      expect(await php.liveRefresh()).toBe(INTEGRATIONS + TURNS);
    });

    // Two connections of one process to one SQLite file would wait for each other in one thread.
    test.skipIf(db.name === 'sqlite')('two nodes that take over at the same moment do it once', async () => {
      const other = await secondNode(server.it);
      try {
        await giveShopBack(server.it.services);
        const results = await Promise.all([takeOverShop(server.it.services), takeOverShop(other.services)]);
        expect(results.map((result) => result.ok && result.isNew).sort()).toEqual([false, true]);
        const undone = await Promise.all([giveShopBack(server.it.services), giveShopBack(other.services)]);
        expect(undone.map((result) => result.ok && result.isNew).sort()).toEqual([false, true]);
        const { db: shop } = server.it.services.store;
        const events = await shop
          .selectFrom('tegata_event')
          .select('kind')
          .where('kind', 'like', 'takeover%')
          .execute();
        expect(events.map(({ kind }) => kind).sort()).toEqual([
          ...Array(3).fill('takeover_applied'),
          ...Array(3).fill('takeover_undone'),
        ]);
        expect(await shop.selectFrom('tegata_webhook').select('webhook_id').execute()).toHaveLength(1);
      } finally {
        await other.close();
      }
    });
  });
});

type Integration = {
  refresh: string;
  access: string;
  by: 'php' | 'tegata';
  turns: number;
};
