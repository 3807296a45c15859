/** Where the plugin's rows are written on a connection of their own (MySQL): without the right to, and dead between two commits. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { failureLine } from '../../src/cli/failure.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { applyTakeover } from '../../src/takeover/apply.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { undoTakeover } from '../../src/takeover/undo.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { addPluginWebhook, installPlugin, pluginHooks } from './support/plugin.ts';
import { giveShopBack, KEYS, NOBODY, takeOverShop, WISH } from './support/shop.ts';

const PLAIN = { enabled: true, description: '', topics: [], orderStatuses: [] };
const [OLD, NEW] = ['https://old.example/hook', 'https://new.example/hook'];

/** Its transactions do all their work, and the program ends before they are committed. */
function dyingAtCommit(store: Store): Store {
  const transaction = () => ({
    execute: (work: (tx: Store['db']) => Promise<unknown>) =>
      store.db.transaction().execute(async (tx) => {
        await work(tx);
        throw new Error('killed');
      }),
  });
  const db = new Proxy(store.db, {
    get(own, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(own, name, own);
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
  return { ...store, db };
}

eachDatabase((db) => {
  describe('the plugin’s rows on another connection', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    const user = `tg_${randomBytes(5).toString('hex')}`;
    afterAll(async () => {
      if (db.name === 'mysql')
        await sql.raw(`drop user if exists '${user}'@'%'`).execute(server.it.services.store.db);
    });

    test('an undo that dies before its last commit makes no row of the plugin twice, however often it is begun', async () => {
      const { services } = server.it;
      const { store, takeover, webhooks } = services;
      await addPluginWebhook(store, OLD);
      await takeOverShop(services);
      // Two of one address are two rows; one that somebody adds at the plugin with another secret is none of them.
      await registerEndpoint(webhooks, { ...PLAIN, payloadUrl: NEW });
      await registerEndpoint(webhooks, { ...PLAIN, payloadUrl: NEW });
      await addPluginWebhook(store, NEW, { secret: 'of somebody else', enabled: false });
      for (const _time of [1, 2]) {
        const dying = { ...takeover, store: dyingAtCommit(store) };
        await expect(undoTakeover(dying, NOBODY)).rejects.toThrow('killed');
      }
      expect(await giveShopBack(services)).toMatchObject({ ok: true, isNew: true });
      const rows = await pluginHooks(store);
      expect(rows.map(({ payload_url, secret, enabled }) => [payload_url, secret, enabled])).toEqual([
        [OLD, null, true],
        [NEW, 'of somebody else', false],
        [NEW, null, true],
        [NEW, null, true],
      ]);
    });

    test.skipIf(db.name !== 'mysql')(
      'a user who may not lock tables is told what to grant in one line, and nothing has happened',
      async () => {
        const { store, takeover, config } = server.it.services;
        const before = await pluginHooks(store);
        const url = new URL(config.databaseUrl);
        const schema = url.pathname.slice(1);
        await sql.raw(`create user '${user}'@'%' identified by 'p'`).execute(store.db);
        const rights = 'select, insert, update, delete, create, index, alter, drop, references, trigger';
        await sql.raw(`grant ${rights} on \`${schema}\`.* to '${user}'@'%'`).execute(store.db);
        [url.username, url.password] = [user, 'p'];
        const openBeside = () => openStore(url.href, { poolSize: 1, statementTimeoutSeconds: 10 });
        const lesser = openBeside();
        try {
          const applied = applyTakeover({ ...takeover, store: lesser, openBeside }, KEYS, WISH, NOBODY);
          const line = failureLine(await applied.catch((error: unknown) => error));
          expect(line).toContain(`GRANT LOCK TABLES ON \`${schema}\`.* TO '${user}'@'%'`);
          expect(line).not.toContain('\n');
          expect((await takeoverStatus(takeover)).state).toBe('returned');
          expect(await pluginHooks(store)).toEqual(before);
        } finally {
          await lesser.close();
        }
      },
    );
  });
});
