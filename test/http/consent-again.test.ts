/** The click on the consent page judges the request again: what was withdrawn since it was shown is not given. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changeClient, switchClient } from '../../src/oauth/clients.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, answerOf, decide, type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath } from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };
const SHOP_OWNER = 1; // 店舗オーナー in mtb_authority
const OTHER = 'https://other.example/callback';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const codes = async (clientId: string) => {
    const { db: own } = server.it.services.store;
    return (await own.selectFrom('tegata_code').selectAll().where('client_id', '=', clientId).execute())
      .length;
  };
  type Changes = Partial<Parameters<typeof changeClient>[2]>;
  const change = async (clientId: string, changes: Changes) => {
    const { clients, store } = server.it.services;
    const client = await findClient(store.db, clientId);
    if (!client) throw new Error('no client');
    await changeClient(clients, clientId, { ...client, ...changes }, NOBODY);
  };
  /** A consent page of a client that is changed before the click. */
  const shown = async (query: Record<string, string> = {}) => {
    const { clientId } = await server.it.client({ redirectUris: [CALLBACK, OTHER] });
    const page = await browser.get(authorizePath(clientId, query));
    expect(page.status).toBe(200);
    return { clientId, page };
  };
  /** Not an answer to the client: the request is judged anew, as if it came now. */
  const anew = async (answer: Answer): Promise<Answer> => {
    expect(answer.location).toMatch(/^\/admin\/authorize\?/);
    return browser.get(answer.location);
  };

  describe('a yes', () => {
    test('to a redirect URI that is not registered any more goes nowhere', async () => {
      const { clientId, page } = await shown();
      await change(clientId, { redirectUris: [OTHER] });
      const again = await anew(await decide(browser, page, 'approve'));
      expect([again.status, again.location]).toEqual([400, '']);
      expect(await codes(clientId)).toBe(0);
    });

    test('to a scope that the client has lost shows what is left, and asks again', async () => {
      const { clientId, page } = await shown({ scope: 'read write' });
      await change(clientId, { scopes: ['read'] });
      const again = await anew(await decide(browser, page, 'approve'));
      expect(again.status).toBe(200);
      expect(await codes(clientId)).toBe(0);
      expect(answerOf(await decide(browser, again, 'approve')).has('code')).toBe(true);
      const { db: own } = server.it.services.store;
      const made = own.selectFrom('tegata_code').select('scope').where('client_id', '=', clientId);
      expect(await made.execute()).toEqual([{ scope: 'read' }]);
    });

    test('to all scopes of a client stands for those that were shown', async () => {
      const { clientId, page } = await shown();
      await change(clientId, { scopes: ['read'] });
      const again = await anew(await decide(browser, page, 'approve'));
      expect(again.status).toBe(200);
      expect(await codes(clientId)).toBe(0);
      expect(answerOf(await decide(browser, again, 'approve')).has('code')).toBe(true);
    });

    test('to a client without the grant type gives no code', async () => {
      const { clientId, page } = await shown();
      await change(clientId, { grantTypes: ['client_credentials'] });
      const again = await anew(await decide(browser, page, 'approve'));
      expect(answerOf(again).get('error')).toBe('unauthorized_client');
      expect(await codes(clientId)).toBe(0);
    });

    test('to a client that needs PKCE by now gives no code without', async () => {
      const { clientId, page } = await shown();
      await change(clientId, { pkce: 'required' });
      const again = await anew(await decide(browser, page, 'approve'));
      expect(answerOf(again).get('error')).toBe('invalid_request');
      expect(await codes(clientId)).toBe(0);
    });

    test('once more, after the redirect URI went, does not repeat the code', async () => {
      const { clientId, page } = await shown();
      expect(answerOf(await decide(browser, page, 'approve')).has('code')).toBe(true);
      await change(clientId, { redirectUris: [OTHER] });
      expect((await decide(browser, page, 'approve')).location).not.toContain('code=');
      await switchClient(server.it.services.clients, clientId, false, NOBODY);
      expect((await decide(browser, page, 'approve')).location).not.toContain('code=');
    });

    test('of a member who has lost the authority gives no code', async () => {
      await server.it.member('moto-kanri', 0);
      const tab = await loggedIn(server.it, 'moto-kanri');
      const { clientId } = await server.it.client();
      const page = await tab.get(authorizePath(clientId));
      await staffTables(server.it.services.store)
        .updateTable('dtb_member')
        .set({ authority_id: SHOP_OWNER })
        .where('login_id', '=', 'moto-kanri')
        .execute();
      const answer = await decide(tab, page, 'approve');
      expect([answer.status, answer.location]).toEqual([403, '']);
      expect(await codes(clientId)).toBe(0);
    });
  });

  describe('a no', () => {
    test('goes to no redirect URI that is not registered any more', async () => {
      const { clientId, page } = await shown();
      await change(clientId, { redirectUris: [OTHER] });
      const again = await anew(await decide(browser, page, 'deny'));
      expect([again.status, again.location]).toEqual([400, '']);
    });

    test('reaches the client whatever else it has lost', async () => {
      const { clientId, page } = await shown({ scope: 'read write' });
      await change(clientId, { scopes: ['read'] });
      const answer = await decide(browser, page, 'deny');
      expect(answer.location.startsWith(`${CALLBACK}?`)).toBe(true);
      expect(answerOf(answer).get('error')).toBe('access_denied');
    });
  });
});
