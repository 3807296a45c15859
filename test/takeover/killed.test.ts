/** kill -9 in the middle of a takeover and of a return: nothing of it is left, and the next run does all of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/open.ts';
import { pluginClients } from '../../src/oauth/store/plugin-clients.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { refresh, tokensOf } from '../support/oauth-walks.ts';
import { runProgram } from '../support/program.ts';
import {
  addPluginClient,
  addPluginWebhook,
  installPlugin,
  PUBLIC_PEM,
  phpPlugin,
  pluginHooks,
} from './support/plugin.ts';
import { ERP } from './support/shop.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

eachDatabase((db) => {
  // SQLite has no second writer that could hold the program up in the middle; its transactions are one file's.
  describe.skipIf(db.name === 'sqlite')('killed', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    const env = () => {
      const { dataDir, databaseUrl } = server.it.services.config;
      return {
        DATABASE_URL: databaseUrl,
        TEGATA_DATA_DIR: dataDir,
        ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY: PUBLIC_PEM,
      };
    };
    const store = () => server.it.services.store;
    const status = () => takeoverStatus(server.it.services.takeover);
    const hooks = async () => (await pluginHooks(store())).map(({ enabled }) => enabled);

    beforeAll(async () => {
      await addPluginClient(store(), 'erp');
      await addPluginWebhook(store(), 'https://erp.example/hook');
    });

    /** Starts the command while a request of the shop holds the webhooks, and kills it where it waits for them. */
    async function killInTheMiddle(command: string): Promise<void> {
      const rival = db.open();
      let child: ChildProcess | undefined;
      await rival.db.transaction().execute(async (request) => {
        await sql`select id from plg_api_webhook for update`.execute(request);
        child = spawn(process.execPath, [MAIN, 'takeover', command], {
          env: { ...process.env, ...env() },
          stdio: 'ignore',
        });
        await expect.poll(() => waiting(store().db, db.name), { timeout: 20_000 }).toBeGreaterThan(0);
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      });
      await expect.poll(() => waiting(store().db, db.name), { timeout: 20_000 }).toBe(0);
      expect(child?.signalCode).toBe('SIGKILL');
    }

    const run = async (command: string) => {
      const { code, stdout, stderr } = await runProgram(['takeover', command, '--json'], env());
      expect([code, stderr]).toEqual([0, '']);
      return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    };

    test('in the middle of apply: nothing is taken over, and the next apply takes all', {
      timeout: 120_000,
    }, async () => {
      await killInTheMiddle('apply');
      expect((await status()).state).toBe('none');
      expect(await store().db.selectFrom('tegata_client').select('client_id').execute()).toEqual([]);
      expect(await hooks()).toEqual([true]);
      expect(await run('apply')).toMatchObject({ new: true, webhooks: 1, clients: [{ outcome: 'created' }] });
      expect(await run('apply')).toMatchObject({ new: false, webhooks: 0, clients: [{ outcome: 'exists' }] });
      expect(await hooks()).toEqual([false]);
    });

    test('in the middle of undo: Tegata leads as before, and the next undo gives all back', {
      timeout: 120_000,
    }, async () => {
      const php = phpPlugin(store(), () => server.it.clock.now());
      const held = tokensOf(await refresh(server.it, ERP, (await php.issue()).refresh));
      await store().db.updateTable('tegata_client').set({ disabled_at: 1 }).execute();
      await killInTheMiddle('undo');
      expect([(await status()).state, await hooks()]).toEqual(['open', [false]]);
      expect((await pluginClients(store().db)).map(({ active }) => active)).toEqual([true]);
      await store().db.updateTable('tegata_client').set({ disabled_at: null }).execute();
      expect(await run('undo')).toMatchObject({ new: true, webhooks: [{ outcome: 'given' }] });
      expect([(await status()).state, await hooks()]).toEqual(['returned', [true]]);
      expect(typeof (await php.refresh(held.refresh))).toBe('object');
    });
  });
});

/** Transactions that wait for the plugin's webhooks. */
async function waiting(shop: Db, name: string): Promise<number> {
  const { rows } =
    name === 'postgres'
      ? await sql<{ n: number | string }>`select count(*) as n from pg_locks
          where not granted and relation = 'plg_api_webhook'::regclass`.execute(shop)
      : await sql<{ n: number | string }>`select count(*) as n from information_schema.processlist
          where db = database() and info like 'update plg_api_webhook%'`.execute(shop);
  return Number(rows[0]?.n);
}
