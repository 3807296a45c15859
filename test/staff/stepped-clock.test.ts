/** Somebody sets the clock while the server runs: what is remembered grows old all the same, and no token is judged by a time that may be wrong. */
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { writeSetting } from '../../src/database/settings.ts';
import { secondNode } from '../oauth/support/second-node.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

const HOUR = 3_600;
/** Less than what clocks may differ by. */
const LITTLE = -9;

eachDatabase((db) => {
  const server = useOAuthServer(db);

  test('a token that another node revoked ends, also when the clock was set back meanwhile', async () => {
    const client = await server.it.client();
    const tokens = await newTokens(server.it, await loggedIn(server.it), client);
    expect((await callApi(server.it, tokens.access)).status).toBe(200);
    const other = await secondNode(server.it);
    const fields = { token: tokens.access, client_id: client.clientId, client_secret: client.secret };
    expect((await other.post('/revoke', fields)).statusCode).toBe(200);
    await other.close();
    server.it.clock.step(LITTLE);
    server.it.clock.advance(1);
    expect((await callApi(server.it, tokens.access)).status).toBe(401);
    server.it.clock.step(-LITTLE);
  });

  test('the switch of the Web API is seen too', async () => {
    const { services, clock, url } = server.it;
    const token = () => fetch(`${url}/token`, { method: 'POST' });
    // As another node writes it.
    const turn = (value: string) =>
      services.store.db.transaction().execute((trx) => writeSetting(trx, 'api_enabled', value));
    expect((await token()).status).toBe(400);
    await turn('0');
    clock.step(LITTLE);
    clock.advance(2);
    expect((await token()).status).toBe(404);
    await turn('1');
    clock.step(-LITTLE);
    clock.advance(2);
  });

  const probesFailed = async () => {
    const answer = await fetch(`${server.it.url}/ready`);
    return [answer.status, ((await answer.json()) as { failed?: string[] }).failed];
  };

  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await fetch(`${server.it.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    const body = (await answer.text()) || '{}';
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: JSON.parse(body) };
  };

  test.each([HOUR, -HOUR])('set by %i s, tokens wait until it is taken back', async (seconds) => {
    const { clock } = server.it;
    const client = await server.it.client();
    const own = { client_id: client.clientId, client_secret: client.secret };
    const browser = await loggedIn(server.it);
    const tokens = await newTokens(server.it, browser, client);
    const unwanted = await newTokens(server.it, browser, client);
    const refresh = () =>
      post('/token', { ...own, grant_type: 'refresh_token', refresh_token: tokens.refresh });
    clock.step(seconds);
    expect(await refresh()).toMatchObject({
      status: 503,
      retryAfter: '5',
      body: { error: 'temporarily_unavailable' },
    });
    const refused = await callApi(server.it, tokens.access);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await post('/introspect', { ...own, token: tokens.access })).status).toBe(503);
    expect(await probesFailed()).toEqual([503, ['clock']]);
    expect((await post('/revoke', { ...own, token: unwanted.refresh })).status).toBe(200);
    clock.step(-seconds);
    expect(await probesFailed()).toEqual([200, undefined]);
    expect((await callApi(server.it, tokens.access)).status).toBe(200);
    expect((await callApi(server.it, unwanted.access)).status).toBe(401);
    expect((await refresh()).status).toBe(200);
  });

  test('the new time counts when the database bears it out, or on SQLite has stood for seconds', async () => {
    const { clock } = server.it;
    const client = await server.it.client();
    const tokens = await newTokens(server.it, await loggedIn(server.it), client);
    const seconds = systemClock.now() - clock.now();
    clock.step(seconds);
    expect((await callApi(server.it, tokens.access)).status).toBe(503);
    if (db.name === 'sqlite') clock.advance(5);
    await expect.poll(async () => (await callApi(server.it, tokens.access)).status).toBe(401);
    expect(await probesFailed()).toEqual([200, undefined]);
    clock.step(-HOUR);
    expect((await callApi(server.it, tokens.access)).status).toBe(503);
    clock.step(HOUR);
  });
});
