/** A server that is told to stop: connections are asked to go elsewhere, later requests put off in the form of each door. */
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let access: string;
  beforeAll(async () => {
    const client = await server.it.client();
    access = (await newTokens(server.it, await loggedIn(server.it), client)).access;
  });

  test('while it drains everything is served, and no connection kept open', async () => {
    const { stop } = server.it.services;
    stop.draining = true;
    const answer = await callApi(server.it, access);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    const ready = await fetch(`${server.it.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', failed: ['stopping'] },
    ]);
    stop.draining = false;
    expect((await callApi(server.it, access)).headers.get('connection')).not.toBe('close');
  });

  test('once it closes, each door says so in its own form', async () => {
    const { stop } = server.it.services;
    stop.closing = true;
    const answers = {
      oauth: await fetch(`${server.it.url}/token`, { method: 'POST' }),
      api: await callApi(server.it, access),
      changes: await fetch(`${server.it.url}/api/changes`),
    };
    const page = await newBrowser(server.it).get('/admin/login');
    const nothing = await newBrowser(server.it).get('/nothing');
    const health = await fetch(`${server.it.url}/health`);
    stop.closing = false;
    for (const answer of Object.values(answers)) {
      expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
    }
    expect(await answers.oauth.json()).toMatchObject({ error: 'temporarily_unavailable' });
    for (const answer of [answers.api, answers.changes]) {
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { category: 'unavailable' } }] });
    }
    expect([page.status, page.body.includes('しばらくお待ちいただき')]).toEqual([503, true]);
    expect(JSON.parse(nothing.body)).toMatchObject({ error: 'temporarily_unavailable' });
    expect(health.status).toBe(200);
  });
});
