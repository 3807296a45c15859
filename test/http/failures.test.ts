/** When something inside fails: every door stays shut, nobody outside learns why, and the log does. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, callApi, newCode, newTokens, redeem, type Tokens } from '../support/oauth-walks.ts';

const INSIDE = /tegata_|sql|kysely|node_modules|\.ts\b|no such table|relation|doesn't exist/i;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let tokens: Tokens;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    tokens = await newTokens(server.it, browser, client);
  });

  /** While `table` is not there. */
  async function without<T>(table: string, act: () => Promise<T>): Promise<T> {
    const { schema } = server.it.services.store.db;
    await schema.alterTable(table).renameTo(`${table}_gone`).execute();
    try {
      return await act();
    } finally {
      await schema.alterTable(`${table}_gone`).renameTo(table).execute();
    }
  }

  test('ASVS-16.5.1, ASVS-16.3.4: a page that fails shows a number, and the log has the rest under it', async () => {
    const page = await without('tegata_client', () => browser.get('/admin/api/oauth'));
    expect(page.status).toBe(500);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.body.replaceAll(/(?:href|src|action)="[^"]*"/g, '')).not.toMatch(INSIDE);
    const id = page.headers.get('x-request-id') ?? 'none';
    expect(page.body).toContain(id);
    const [line = '{}'] = server.it
      .log()
      .split('\n')
      .filter((one) => one.includes(id) && one.includes('page failed'));
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      err: { stack: expect.stringContaining('tegata_client') },
    });
  });

  describe('ASVS-16.5.3: what cannot be checked is refused', () => {
    test('no login when the attempts cannot be counted, or the event not be written', async () => {
      for (const table of ['tegata_throttle', 'tegata_event', 'tegata_session']) {
        const tab = newBrowser(server.it);
        const page = await tab.get('/admin/login');
        const answer = await without(table, () => submitLogin(tab, page));
        expect(answer.status, table).toBe(500);
        expect(tab.cookie('tegata_session'), table).toBeUndefined();
        expect((await tab.get('/admin')).location, table).toBe('/admin/login');
      }
    });

    test('no page for a session that cannot be looked up', async () => {
      const answer = await without('tegata_session', () => browser.get('/admin'));
      expect(answer.status).toBe(500);
      expect(answer.body).not.toContain('ログアウト');
      expect((await browser.get('/admin')).status).toBe(200);
    });

    test('no data for a token whose revocation cannot be looked up', async () => {
      server.it.clock.advance(1);
      const answer = await without('tegata_grant', () =>
        callApi(server.it, tokens.access, '{ products { totalCount } }'),
      );
      expect(answer.status).toBe(500);
      const body = (await answer.json()) as { data?: unknown };
      expect(body.data ?? null).toBeNull();
      expect(JSON.stringify(body)).not.toMatch(INSIDE);
      server.it.clock.advance(1);
      expect((await callApi(server.it, tokens.access)).status).toBe(200);
    });

    test('no token for a code whose use cannot be written, and the code stays good', async () => {
      const code = await newCode(browser, client);
      for (const table of ['tegata_access_token', 'tegata_refresh_token', 'tegata_event']) {
        const failed = await without(table, () => redeem(server.it, client, code));
        expect(failed.status, table).toBe(500);
        expect(failed.body).not.toHaveProperty('access_token');
      }
      expect((await redeem(server.it, client, code)).status).toBe(200);
    });

    test('no code for a consent that cannot be written', async () => {
      const page = await browser.get(authorizePath(client.clientId));
      const fields = {
        request: hidden(page, 'request'),
        _token: hidden(page, '_token'),
        decision: 'approve',
      };
      for (const table of ['tegata_code', 'tegata_event']) {
        const answer = await without(table, () => browser.post('/admin/authorize', fields));
        expect([answer.status, answer.location], table).toEqual([500, '']);
      }
      expect((await browser.post('/admin/authorize', fields)).location).toContain('code=');
    });
  });

  test('ASVS-16.5.2: without the shop’s tables the server says so, answers on, and lets nobody in', async () => {
    const { url } = server.it;
    await without('dtb_member', async () => {
      const stranger = newBrowser(server.it);
      expect((await submitLogin(stranger, await stranger.get('/admin/login'))).status).toBe(500);
      expect((await browser.get('/admin')).status).toBe(500);
      server.it.clock.advance(1);
      expect([401, 500]).toContain((await callApi(server.it, tokens.access)).status);
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200);
    });
    expect((await browser.get('/admin')).status).toBe(200);
  });
});
