/**
 * Two commands of the program, each a process of its own, at the same moment, while integrations go on at the plugin: one of them
 * does it, the other says that it was done.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { takeoverStatus } from '../../src/takeover/status.ts';
import { listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, refresh, tokensOf } from '../support/oauth-walks.ts';
import { commandEnv } from '../support/program.ts';
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
import { ERP } from './support/shop.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');
const MEETING = join(import.meta.dirname, '../support/meet-at.ts');
const BETWEEN_MS = 20; // two answers of the plugin to one integration
const LIMIT = { timeout: 120_000 };

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

eachDatabase((db) => {
  describe('two commands at once', () => {
    const server = useOAuthServer(db, {}, installPlugin);
    const places = scratchFolder('tegata-at-once-');
    let php: PhpPlugin;
    const store = () => server.it.services.store;

    beforeAll(async () => {
      php = phpPlugin(store(), () => server.it.clock.now());
      await addPluginClient(store(), 'erp');
      await addPluginWebhook(store(), 'https://erp.example/hook');
    });

    async function run(command: string, place: string): Promise<Ended> {
      const { dataDir, databaseUrl } = server.it.services.config;
      const env = commandEnv({
        DATABASE_URL: databaseUrl,
        TEGATA_DATA_DIR: dataDir,
        ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY: PUBLIC_PEM,
        MEET_FROM: 'tegata_takeover',
        MEET_FOLDER: place,
      });
      const child = spawn(process.execPath, ['--import', MEETING, MAIN, 'takeover', command], { env });
      const [out, err] = [text(child.stdout), text(child.stderr)];
      const [code] = (await once(child, 'exit')) as [number | null];
      return { code, out: await out, err: await err };
    }

    /** Both go on together from where each looks for the takeover. */
    async function atOnce(one: string, other: string): Promise<Ended[]> {
      const place = join(places, `${one}-${other}`);
      mkdirSync(place);
      return Promise.all([run(one, place), run(other, place)]);
    }

    const now = async () => {
      const { state } = await takeoverStatus(server.it.services.takeover);
      const plugins = (await pluginHooks(store())).map(({ enabled }) => enabled);
      const own = (await listWebhooks(store().db)).filter(({ feedUntil }) => feedUntil === null).length;
      const { rows } = { rows: await store().db.selectFrom('tegata_event').select('kind').execute() };
      const events = rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('takeover'));
      return { state, plugins, own, events };
    };

    test(
      'apply: one takes over, and what the plugin issues meanwhile is neither lost nor doubled',
      LIMIT,
      async () => {
        const held = [await php.issue(), await php.issue(), await php.issue()];
        let isOver = false;
        const faults: string[] = [];
        const working = held.map(async (_one, i) => {
          while (!isOver) {
            const pair = await php.refresh(held[i]?.refresh ?? '');
            if (typeof pair === 'string') faults.push(pair);
            else held[i] = pair;
            await sleep(BETWEEN_MS);
          }
        });
        const ended = await atOnce('apply', 'apply');
        isOver = true;
        await Promise.all(working);
        expect(faults).toEqual([]);
        expect(ended.map(({ code, err }) => [code, err])).toEqual([
          [0, ''],
          [0, ''],
        ]);
        const said = ended.map(({ out }) => out.trimEnd().split('\n').at(-1)?.slice(0, 10)).sort();
        expect(said).toEqual(['it was tak', 'taken over']);
        expect(await now()).toEqual({
          state: 'open',
          plugins: [false],
          own: 1,
          events: ['takeover_applied'],
        });
        for (const { access } of held) expect(await isAlive(server.it, access)).toBe(true);
        for (const { refresh: token } of held) tokensOf(await refresh(server.it, ERP, token));
        expect(await php.liveRefresh()).toBe(held.length);
      },
    );

    test('undo and finish: the shop is given back, or the way back is closed', LIMIT, async () => {
      const [undo, finish] = await atOnce('undo', 'finish');
      const { state, plugins, own } = await now();
      if (undo?.code === 0) {
        // Behind it, finish closes the way here, or waits for what is still to be told.
        expect([state, plugins, own]).toEqual([finish?.code === 0 ? 'ended' : 'returned', [true], 0]);
      } else {
        expect([undo?.code, undo?.err]).toEqual([1, expect.stringContaining('the way back was closed')]);
        expect([finish?.code, state, plugins, own]).toEqual([0, 'finished', [false], 1]);
      }
    });
  });
});
