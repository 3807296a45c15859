/**
 * kill -9 at any step of apply, undo and finish: what is left is the state before or the one after, the command is repeated,
 * and the integrations go on. `TEGATA_TEST_KILLS=100` tries a hundred steps of each instead of a few.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { finishTakeover } from '../../src/takeover/finish.ts';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { refresh, tokensOf } from '../support/oauth-walks.ts';
import { scratchFolder } from '../support/scratch.ts';
import {
  addPluginClient,
  addPluginWebhook,
  installPlugin,
  type PhpPlugin,
  PUBLIC_PEM,
  phpPlugin,
  pluginHooks,
} from './support/plugin.ts';
import { ERP, giveShopBack, NOBODY, takeOverShop } from './support/shop.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
const DYING = join(import.meta.dirname, '../support/die-at.ts');
const KILLS = Number(process.env.TEGATA_TEST_KILLS ?? 3);
const LIMIT = { timeout: 120_000 + KILLS * 20_000 };

eachDatabase((db) => {
  describe('killed', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    const count = join(scratchFolder('tegata-killed-'), 'count');
    let php: PhpPlugin;
    const store = () => server.it.services.store;

    beforeAll(async () => {
      php = phpPlugin(store(), () => server.it.clock.now());
      await addPluginClient(store(), 'erp');
      await addPluginWebhook(store(), 'https://erp.example/hook');
      // The first time takes more steps: the feed's triggers come.
      await takeOverShop(server.it.services);
      await giveShopBack(server.it.services);
    });

    /** Runs the command until its n-th word to the database; 0 = to its end. */
    async function run(command: string, n: number): Promise<void> {
      const { dataDir, databaseUrl } = server.it.services.config;
      const child = spawn(process.execPath, ['--import', DYING, MAIN, 'takeover', command, '--json'], {
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          DATABASE_URL: databaseUrl,
          TEGATA_DATA_DIR: dataDir,
          ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY: PUBLIC_PEM,
          DIE_AT: String(n),
          DIE_FROM: 'tegata_takeover',
          DIE_COUNT: n === 0 ? count : '',
        },
        stdio: 'ignore',
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      // It may have come to its end a step or two earlier than the last time.
      const ends =
        n === 0
          ? [[0, null]]
          : [
              [null, 'SIGKILL'],
              [0, null],
            ];
      expect(ends, `${command} at ${n}`).toContainEqual([code, signal]);
    }

    /** The steps at which to kill it, spread over the whole of it; it has run once then. */
    async function stepsOf(command: string): Promise<number[]> {
      await run(command, 0);
      const whole = Number(readFileSync(count, 'utf8'));
      expect(whole).toBeGreaterThan(10);
      if (KILLS >= whole) return Array.from({ length: whole }, (_none, i) => i + 1);
      return Array.from({ length: KILLS }, (_none, i) => Math.ceil(((i + 0.7) * whole) / KILLS));
    }

    const now = async () => {
      const { state } = await takeoverStatus(server.it.services.takeover);
      const hooks = (await pluginHooks(store())).map(({ enabled }) => enabled);
      const own = (await listWebhooks(store().db)).filter(({ feedUntil }) => feedUntil === null);
      return { state, hooks, own: own.length };
    };
    const PLUGINS = { hooks: [true], own: 0 };
    const OURS = { hooks: [false], own: 1 };
    /** On MySQL two connections commit one after the other: between them both tell, never neither. */
    const BOTH = { hooks: [true], own: 1 };

    /** The command dies at each of its steps in turn, is repeated, and taken back for the next. */
    async function killEverywhere(
      command: 'apply' | 'undo' | 'finish',
      { before, after, repeat, back }: Walk,
    ): Promise<void> {
      const steps = await stepsOf(command);
      for (const step of steps) {
        await back();
        await run(command, step);
        expect(allowed(before, after), `${command} killed at ${step}`).toContainEqual(await now());
        await repeat();
        expect(await now()).toEqual(after);
      }
    }
    const allowed = (before: Place, after: Place): Place[] =>
      db.name === 'mysql' ? [before, after, { ...before, ...BOTH }, { ...after, ...BOTH }] : [before, after];

    test('apply: the plugin leads, or Tegata does; applied again, all has come', LIMIT, async () => {
      const held = await php.issue();
      await killEverywhere('apply', {
        before: { state: 'returned', ...PLUGINS },
        after: { state: 'open', ...OURS },
        repeat: () => takeOverShop(server.it.services),
        back: () => giveShopBack(server.it.services),
      });
      tokensOf(await refresh(server.it, ERP, held.refresh));
    });

    test('undo: Tegata leads, or the plugin does; undone again, it has all', LIMIT, async () => {
      const held = tokensOf(await refresh(server.it, ERP, (await php.issue()).refresh));
      await killEverywhere('undo', {
        before: { state: 'open', ...OURS },
        after: { state: 'returned', ...PLUGINS },
        repeat: () => giveShopBack(server.it.services),
        back: () => takeOverShop(server.it.services),
      });
      expect(typeof (await php.refresh(held.refresh))).toBe('object');
    });

    test('finish, after a return: the way here is open, or closed', LIMIT, async () => {
      await killEverywhere('finish', {
        before: { state: 'returned', ...PLUGINS },
        after: { state: 'ended', ...PLUGINS },
        repeat: () => finishTakeover(server.it.services.takeover, NOBODY),
        back: async () => {
          await takeOverShop(server.it.services);
          await giveShopBack(server.it.services);
        },
      });
    });
  });
});

type Place = { readonly state: string; readonly hooks: boolean[]; readonly own: number };
type Walk = {
  readonly before: Place;
  readonly after: Place;
  readonly repeat: () => Promise<unknown>;
  readonly back: () => Promise<unknown>;
};
