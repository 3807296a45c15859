/** プラグインからの切り替え by real HTTP: what it shows, what it asks, the way there, back, and to the end. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onMysql } from '../support/database-servers.ts';
import { eachDatabase, onSqlite } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, refresh } from '../support/oauth-walks.ts';
import { scratchFolder } from '../support/scratch.ts';
import {
  addPluginClient,
  addPluginWebhook,
  installPlugin,
  PUBLIC_PEM,
  phpPlugin,
  pluginHooks,
} from '../takeover/support/plugin.ts';
import { ERP } from '../takeover/support/shop.ts';

const PAGE = '/admin/api/takeover';
const KEY_FILE = join(scratchFolder('tegata-plugin-key-'), 'public.key');
writeFileSync(KEY_FILE, PUBLIC_PEM);

onSqlite((db) => {
  describe('the page', () => {
    const env = { ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY: KEY_FILE };
    const server = useOAuthServer(db, env, installPlugin);
    let browser: HttpBrowser;
    beforeAll(async () => {
      const { store } = server.it.services;
      await addPluginClient(store, 'erp');
      await addPluginWebhook(store, 'https://erp.example/hook');
      browser = await loggedIn(server.it);
    });

    const shown = async () => (await browser.get(PAGE)).body;
    const say = async (step: string, password: string = ADMIN.password) =>
      browser.post(`${PAGE}/${step}`, {
        _token: hidden(await browser.get(`${PAGE}/${step}`), '_token'),
        password,
      });

    test('the plugins page leads there, and the plan stands in numbers', async () => {
      expect((await browser.get('/admin/store/plugin')).body).toContain(`href="${PAGE}"`);
      const page = await shown();
      expect(page).toContain('新しく登録：1件');
      expect(page).toContain(KEY_FILE);
      expect(page).not.toContain('<progress');
      const asked = (await browser.get(`${PAGE}/apply`)).body;
      expect(asked).toContain('クライアント1件を、IDとシークレットを変えずに登録します。');
      expect(asked).toContain('WebHook1件の送信を引き継ぎます。');
    });

    test('taken over, the bar tells how much has come, and what the plugin issued counts', async () => {
      const php = phpPlugin(server.it.services.store, () => server.it.clock.now());
      const [one, other] = [await php.issue(), await php.issue()];
      expect((await say('apply')).status).toBe(303);
      expect(await shown()).toContain('Tegataが受け付けています。');
      expect((await refresh(server.it, ERP, one.refresh)).status).toBe(200);
      expect(await isAlive(server.it, other.access)).toBe(true);
      expect(await shown()).toMatch(/<progress[^>]* value="50" max="100"/);
    });

    test('given back, taken over again, completed: each after the question', async () => {
      expect((await browser.get(`${PAGE}/undo`)).body).toContain(
        'WebHook1件の送信を、プラグインに戻します。',
      );
      await say('undo');
      expect(await shown()).toContain('PHP版のプラグインに戻しました。');
      await say('apply');
      expect((await browser.get(`${PAGE}/finish`)).body).toContain('この操作は取り消せません。');
      await say('finish');
      const page = await shown();
      expect(page).toContain('切り替えは完了しました。');
      expect(page).not.toContain(`href="${PAGE}/undo"`);
      expect((await browser.get(`${PAGE}/undo`)).status).toBe(303);
      const audit = (await browser.get('/admin/api/audit/export')).body;
      for (const kind of ['applied', 'undone', 'finished']) expect(audit).toContain(`takeover_${kind}`);
    });
  });
});

eachDatabase((db) => {
  describe.skipIf(db.name !== 'mysql')('a database user who may not lock tables', () => {
    const user = `tg_${randomBytes(5).toString('hex')}`;
    const lesserUrl = () => {
      const url = new URL(db.url);
      [url.username, url.password] = [user, 'p'];
      return url.href;
    };
    const env = {
      ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY: KEY_FILE,
      get DATABASE_URL() {
        return lesserUrl();
      },
    };
    const schema = () => new URL(db.url).pathname.slice(1);
    const server = useOAuthServer(db, env, async (store) => {
      await installPlugin(store);
      await addPluginClient(store, 'erp');
      await addPluginWebhook(store, 'https://erp.example/hook');
      await sql.raw(`create user '${user}'@'%' identified by 'p'`).execute(store.db);
      const rights = 'select, insert, update, delete, create, index, alter, drop, references, trigger';
      await sql.raw(`grant ${rights} on \`${schema()}\`.* to '${user}'@'%'`).execute(store.db);
    });
    const grant = async (right: string) => onMysql(`grant ${right} on \`${schema()}\`.* to '${user}'@'%'`);
    afterAll(() => onMysql(`drop user if exists '${user}'@'%'`));

    test('the page says what to grant, and nothing has happened; with it the shop is taken over', async () => {
      const browser = await loggedIn(server.it);
      const say = async () =>
        browser.post(`${PAGE}/apply`, {
          _token: hidden(await browser.get(`${PAGE}/apply`), '_token'),
          password: ADMIN.password,
        });
      const answer = await say();
      expect(answer.status).toBe(409);
      expect(answer.body).toContain('必要な権限がありません');
      expect(answer.body).toContain(`GRANT LOCK TABLES ON \`${schema()}\`.* TO '${user}'@'%'`);
      expect(answer.body).toContain('PHP版のプラグインからTegataに切り替えてよろしいですか？');
      expect(await pluginHooks(server.it.services.store)).toMatchObject([{ enabled: true }]);
      await grant('lock tables');
      expect((await say()).status).toBe(303);
      expect(await pluginHooks(server.it.services.store)).toMatchObject([{ enabled: false }]);
    });
  });
});
