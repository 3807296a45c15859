/**
 * 接続テスト by real HTTP: the walk works and ends in the explorer with its token, which stands nowhere else; the client goes
 * with the token; the walk belongs to one session. The explorer's own walk is the same one.
 */
import { beforeAll, expect, test } from 'vitest';
import { sampleQueries } from '../../src/admin/explorer/sample-queries.ts';
import { pageOfApps } from '../../src/oauth/apps.ts';
import { pageOfClients } from '../../src/oauth/client-list.ts';
import { removeClient } from '../../src/oauth/clients.ts';
import { sweepWalks, WALK_TOKEN_SECONDS } from '../../src/oauth/flow-test.ts';
import { listClients } from '../../src/oauth/store/client-search.ts';
import { countLiveGrants, countOverview, listLiveGrants } from '../../src/oauth/store/token-overview.ts';
import { clientChoices } from '../../src/security/audit-log.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, decide, type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, isAlive } from '../support/oauth-walks.ts';

const TESTER = '/admin/api/tester';
const EXPLORER = '/admin/api/explorer';
const SWEEPING_SECONDS = 60 * 60;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const local = (url: string): string => url.replace(server.it.issuer, '');
  /** All that there are, the program's own included. */
  const clients = async () => {
    const { db } = server.it.services.store;
    const rows = await db.selectFrom('tegata_client').select('client_id').execute();
    return rows.length;
  };

  const sweep = () => sweepWalks(server.it.services.clients);
  const post = async (page: string, scopes: string): Promise<Answer> => {
    const token = hidden(await browser.get(page), '_token');
    const fields = new URLSearchParams([
      ['scopes', scopes],
      ['_token', token],
    ]);
    return browser.post(page, fields.toString());
  };
  async function begin(scopes: string): Promise<string> {
    const { body } = await post(TESTER, scopes);
    const url = /href="([^"]*\/admin\/authorize\?[^"]*)"/.exec(body)?.[1] ?? '';
    return local(url.replaceAll('&amp;', '&'));
  }
  const answerTo = async (path: string, decision: 'approve' | 'deny'): Promise<Answer> =>
    decide(browser, await browser.get(path), decision);
  const resultOf = async (scopes: string): Promise<Answer> =>
    browser.get(local((await answerTo(await begin(scopes), 'approve')).location));
  const tokenField = ({ body }: Answer): string =>
    /<input type="password"[^>]*id="access_token"[^>]*value="([^"]+)"/.exec(body)?.[1] ?? '';

  test('walks from consent to data, masked, and hands its token to the explorer', async () => {
    const approved = await answerTo(await begin('read:products'), 'approve');
    const code = new URL(approved.location).searchParams.get('code') ?? '';
    const result = await browser.get(local(approved.location));
    expect(result.status).toBe(200);
    expect(result.body).toContain('接続できました。');
    expect(result.body).toContain('totalCount');
    expect(result.body).toContain(`${code.slice(0, 4)}…`);
    expect(result.body).not.toContain(code);
    const token = tokenField(result);
    expect(await isAlive(server.it, token)).toBe(true);
    expect(result.body.split(token)).toHaveLength(2);
    expect(result.body).toContain(`id="graphiql"`);
    expect(result.headers.get('cache-control')).toBe('no-store');
    expect(result.headers.get('set-cookie') ?? '').not.toContain(token);
    const audit = (await browser.get('/admin/api/audit/export')).body;
    expect(audit).toContain('Tegata flow tester');
    expect(audit).not.toContain(token.slice(-20));
  });

  test('its client stays while the token lives, and is swept when it has ended', async () => {
    const token = tokenField(await resultOf('read'));
    const before = await clients();
    server.it.clock.advance(WALK_TOKEN_SECONDS - 60);
    await sweep();
    expect([await clients(), await isAlive(server.it, token)]).toEqual([before, true]);
    server.it.clock.advance(SWEEPING_SECONDS);
    expect(await isAlive(server.it, token)).toBe(false);
    await sweep();
    expect(await clients()).toBe(0);
  });

  test.each([
    ['tester', TESTER],
    ['explorer', EXPLORER],
  ])("the %s's client is nowhere among the shop's own", async (kind, page) => {
    browser = await loggedIn(server.it);
    const begun = kind === 'tester' ? await begin('read') : local((await post(page, 'read')).location);
    const result = await browser.get(local((await answerTo(begun, 'approve')).location));
    const { services } = server.it;
    const { db } = services.store;
    for (const query of ['{ __typename }', '{ nothing }']) {
      expect((await callApi(server.it, tokenField(result), query)).status).toBe(200);
    }
    await services.callLog.flush();
    await services.apiUse.flush();
    for (const table of ['tegata_api_call', 'tegata_api_use'] as const) {
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
    const now = services.clock.now();
    expect(await clients()).toBe(1);
    expect(await pageOfClients(services.token, { text: '', after: undefined })).toMatchObject({
      clients: [],
    });
    expect(await countOverview(db, now)).toEqual({
      clients: { n: 0, more: false },
      liveGrants: { n: 0, more: false },
    });
    expect(await pageOfApps(services.token, { text: '', after: undefined })).toMatchObject({
      total: { n: 0, more: false },
      apps: [],
    });
    expect((await listLiveGrants(db, { now, limit: 9 })).grants).toEqual([]);
    expect(await countLiveGrants(db, now)).toEqual({ n: 0, more: false });
    expect(await clientChoices(services.token)).toEqual([]);
    expect((await browser.get('/admin')).body).toContain('直近30日間にAPIは呼び出されていません。');
    for (const path of [
      '/admin/api/oauth',
      '/admin/api/apps',
      '/admin/api/security',
      '/admin/api/webhook/new',
    ]) {
      expect((await browser.get(path)).body).not.toMatch(/Tegata (flow tester|API explorer)/);
    }
    server.it.clock.advance(SWEEPING_SECONDS);
    await sweep();
    expect(await clients()).toBe(0);
    browser = await loggedIn(server.it);
  });

  test('a walk that begins late keeps its client for as long as its token', async () => {
    browser = await loggedIn(server.it);
    const path = await begin('read');
    server.it.clock.advance(SWEEPING_SECONDS / 2 - 30);
    const result = await browser.get(local((await answerTo(path, 'approve')).location));
    server.it.clock.advance(120);
    await sweep();
    expect(await isAlive(server.it, tokenField(result))).toBe(true);
    server.it.clock.advance(SWEEPING_SECONDS);
    await sweep();
  });

  test('a walk that nobody finishes is swept too, and clients of others never', async () => {
    browser = await loggedIn(server.it);
    await begin('read');
    const { clientId } = await server.it.client({ name: 'Tegata flow tester' });
    server.it.clock.advance(SWEEPING_SECONDS);
    await sweep();
    const { services } = server.it;
    const left = await listClients(services.store.db, { text: '', limit: 9 });
    expect(left.clients.map((client) => client.clientId)).toEqual([clientId]);
    await removeClient(services.clients, clientId, { loginId: null, clientIp: null, requestId: null });
    browser = await loggedIn(server.it);
  });

  test('the explorer walks the same way, straight to the consent', async () => {
    const { location } = await post(EXPLORER, 'read:orders');
    const result = await browser.get(local((await answerTo(local(location), 'approve')).location));
    expect(await isAlive(server.it, tokenField(result))).toBe(true);
    expect(result.body).toContain('orders(limit: 5)');
    const reloaded = await browser.get(EXPLORER);
    expect(tokenField(reloaded)).toBe(tokenField(result));
    expect(reloaded.body).toContain('data-sample="{\n  orders');
    expect(reloaded.body).not.toContain('data-sample="{\n  customers');
    const row = await server.it.services.store.db
      .selectFrom('tegata_session')
      .select('explorer_token')
      .execute();
    expect(JSON.stringify(row)).not.toContain(tokenField(result).slice(-20));
    const stranger = await loggedIn(server.it);
    expect(tokenField(await stranger.get(EXPLORER))).toBe('');
    await browser.post(`${EXPLORER}/forget`, { _token: hidden(reloaded, '_token') });
    expect(await isAlive(server.it, tokenField(result))).toBe(false);
    expect(tokenField(await browser.get(EXPLORER))).toBe('');
    const denied = await answerTo(local((await post(EXPLORER, 'read')).location), 'deny');
    expect((await browser.get(local(denied.location))).body).toContain('トークンを取得できませんでした。');
    server.it.clock.advance(SWEEPING_SECONDS);
    await sweep();
    expect(await clients()).toBe(0);
    browser = await loggedIn(server.it);
  });

  test('a refusal is shown, and nothing is left', async () => {
    const denied = await answerTo(await begin('read'), 'deny');
    const result = await browser.get(local(denied.location));
    expect(result.body).toContain('途中で失敗しました。');
    expect(result.body).toContain('access_denied');
    expect(result.body).not.toContain('id="graphiql"');
    expect(await clients()).toBe(0);
  });

  test('an answer that belongs to another session is not taken', async () => {
    const approved = await answerTo(await begin('read'), 'approve');
    const other = await loggedIn(server.it);
    expect((await other.get(local(approved.location))).status).toBe(400);
    expect((await other.get(`${TESTER}/callback`)).status).toBe(400);
    expect((await browser.get(local(approved.location))).status).toBe(200);
  });

  test('the same answer twice ends what came of it', async () => {
    const approved = await answerTo(await begin('read'), 'approve');
    const token = tokenField(await browser.get(local(approved.location)));
    expect((await browser.get(local(approved.location))).body).toContain('途中で失敗しました。');
    expect(await isAlive(server.it, token)).toBe(false);
  });

  test('a kept token ends when it would, and the sample queries are good', async () => {
    browser = await loggedIn(server.it);
    const { location } = await post(EXPLORER, 'read');
    const result = await browser.get(local((await answerTo(local(location), 'approve')).location));
    for (const { query } of sampleQueries(['read'])) {
      const answer = await fetch(`${server.it.url}/api`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenField(result)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(await answer.json()).toEqual({ data: expect.anything(), extensions: expect.anything() });
    }
    server.it.clock.advance(WALK_TOKEN_SECONDS);
    expect(tokenField(await browser.get(EXPLORER))).toBe('');
    server.it.clock.advance(SWEEPING_SECONDS);
    await sweep();
    browser = await loggedIn(server.it);
  });

  test.each([TESTER, EXPLORER])('without a scope %s does not begin', async (page) => {
    const before = await clients();
    const answer = await browser.post(page, { _token: hidden(await browser.get(page), '_token') });
    expect([answer.status, await clients()]).toEqual([422, before]);
  });
});
