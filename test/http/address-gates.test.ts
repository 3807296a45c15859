/** EC-CUBE's lists of addresses that may and may not reach the admin and the rest. */
import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { newBrowser } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const OURS = '["127.0.0.0/8"]';
const REFUSED_PAGE = 'お使いのネットワークからは、この管理画面を利用できません。';

eachDatabase((db) => {
  describe('the admin', () => {
    const server = useOAuthServer(db, { ECCUBE_ADMIN_DENY_HOSTS: OURS });

    test('tells an address that is refused so, by a page, however the path is written', async () => {
      for (const path of ['/admin', '/admin/login', '/%61dmin/login', '/admin/nothing']) {
        const { status, body, headers } = await newBrowser(server.it).get(path);
        expect([status, body.includes(REFUSED_PAGE)], path).toEqual([403, true]);
        expect(body).toContain(headers.get('x-request-id'));
      }
      expect((await fetch(`${server.it.url}/admin`, { method: 'PUT' })).status).toBe(403);
    });

    test('is not what the rest is', async () => {
      expect((await fetch(`${server.it.url}/token`, { method: 'POST' })).status).not.toBe(403);
    });
  });

  describe('the rest', () => {
    const server = useOAuthServer(db, { ECCUBE_FRONT_DENY_HOSTS: OURS });

    test('refuses in JSON, and the admin is reached', async () => {
      const answer = await fetch(`${server.it.url}/token`, { method: 'POST' });
      expect([answer.status, (await answer.json()).error]).toEqual([403, 'forbidden']);
      expect((await newBrowser(server.it).get('/admin/login')).status).toBe(200);
    });
  });
});
