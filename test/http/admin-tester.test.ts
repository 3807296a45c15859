/** 接続テスト by real HTTP: the walk works, shows no secret, leaves nothing behind, and belongs to one session. */
import { beforeAll, expect, test } from 'vitest';
import { listClients } from '../../src/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, decide, type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const TESTER = '/admin/api/tester';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const local = (url: string): string => url.replace(server.it.issuer, '');
  const clients = async () =>
    (await listClients(server.it.services.store.db, { text: '', limit: 9, offset: 0 })).total;

  async function begin(scopes: string): Promise<string> {
    const page = await browser.get(TESTER);
    const body = new URLSearchParams([
      ['scopes', scopes],
      ['_token', hidden(page, '_token')],
    ]).toString();
    const started = await browser.post(TESTER, body);
    const url = /href="([^"]*\/admin\/authorize\?[^"]*)"/.exec(started.body)?.[1] ?? '';
    return local(url.replaceAll('&amp;', '&'));
  }
  const answerTo = async (path: string, decision: 'approve' | 'deny'): Promise<Answer> =>
    decide(browser, await browser.get(path), decision);

  test('walks from consent to data, masked, and removes its client', async () => {
    const approved = await answerTo(await begin('read:products'), 'approve');
    const code = new URL(approved.location).searchParams.get('code') ?? '';
    const result = await browser.get(local(approved.location));
    expect(result.status).toBe(200);
    expect(result.body).toContain('接続できました。');
    expect(result.body).toContain('totalCount');
    expect(result.body).toContain(`${code.slice(0, 4)}…`);
    expect(result.body).not.toContain(code);
    expect(result.body).not.toMatch(/eyJ[\w-]{20}/);
    expect(await clients()).toBe(0);
  });

  test('a refusal is shown, and nothing is left', async () => {
    const denied = await answerTo(await begin('read'), 'deny');
    const result = await browser.get(local(denied.location));
    expect(result.body).toContain('途中で失敗しました。');
    expect(result.body).toContain('access_denied');
    expect(await clients()).toBe(0);
  });

  test('an answer that belongs to another session is not taken', async () => {
    const approved = await answerTo(await begin('read'), 'approve');
    const other = await loggedIn(server.it);
    expect((await other.get(local(approved.location))).status).toBe(400);
    expect((await other.get(`${TESTER}/callback`)).status).toBe(400);
    expect((await browser.get(local(approved.location))).status).toBe(200);
  });

  test('without a scope there is nothing to test', async () => {
    const page = await browser.get(TESTER);
    const answer = await browser.post(TESTER, { _token: hidden(page, '_token') });
    expect([answer.status, await clients()]).toEqual([422, 0]);
  });
});
