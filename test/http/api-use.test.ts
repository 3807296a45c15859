/** How much the API is used: counted by hour for all, a client and a grant; bounded; without what members try out on our pages. */
import { beforeAll, expect, test } from 'vitest';
import { apiUseRecorder, callsInDay } from '../../src/oauth/api-use.ts';
import { usePerDay } from '../../src/oauth/overview.ts';
import { grantOfJti } from '../../src/oauth/rules/claims.ts';
import { apiUseSince, EVERYBODY, pruneApiUse } from '../../src/oauth/store/api-use.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const HOUR = 3_600;
const DAY = 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let access: string;
  let grantId: string;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    ({ access } = await newTokens(server.it, browser, client, { scope: 'read' }));
    const claims = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString();
    grantId = grantOfJti((JSON.parse(claims) as { jti: string }).jti) ?? '';
  });

  const ask = async (query: string): Promise<number> => {
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    return (await fetch(`${server.it.url}/api`, { method: 'POST', headers, body })).status;
  };
  const flush = () => server.it.services.apiUse.flush();
  const countsOf = async (subject: string) =>
    (await apiUseSince(server.it.services.store.db, subject, 0)).map(({ calls, errors }) => [calls, errors]);

  test('answers, errors in a 200 and refusals are counted for all, the client and the grant', async () => {
    await ask('{ products(limit: 1) { nodes { id } } }');
    await ask('{ product(id: 1) { id } }');
    await ask('{ nothing }');
    await ask('mutation { updateShipped(id: 1) { id } }');
    await flush();
    for (const subject of [EVERYBODY, client.clientId, grantId]) {
      expect([subject, await countsOf(subject)]).toEqual([subject, [[4, 2]]]);
    }
    const [hour] = await apiUseSince(server.it.services.store.db, EVERYBODY, 0);
    expect(hour?.spans.reduce((sum, n) => sum + n, 0)).toBe(4);
  });

  test('a new hour is a new row, and the last day ends after a day', async () => {
    const { services } = server.it;
    server.it.clock.advance(HOUR);
    access = (await newTokens(server.it, browser, client, { scope: 'read' })).access;
    await ask('{ __typename }');
    await flush();
    expect(await countsOf(client.clientId)).toEqual([
      [4, 2],
      [1, 0],
    ]);
    expect(await callsInDay(services, client.clientId)).toBe(5);
    server.it.clock.advance(DAY - HOUR + 1);
    expect(await callsInDay(services, client.clientId)).toBe(1);
  });

  test('two nodes add to one row, and what a database refused is tried again', async () => {
    const { store, clock } = server.it.services;
    const errors: unknown[] = [];
    let down = true;
    const flaky = new Proxy(store, {
      get: (target, key) => {
        if (down && key === 'kit') throw new Error('the database is away');
        return Reflect.get(target, key) as unknown;
      },
    });
    const one = apiUseRecorder({ store: flaky, clock, onError: (error) => errors.push(error) });
    const two = apiUseRecorder({ store, clock, onError: (error) => errors.push(error) });
    const call = { clientId: client.clientId, grantId: 'f'.repeat(32), failed: false, ms: 3 };
    for (let n = 0; n < 20; n += 1) one.recordCall(call);
    for (let n = 0; n < 22; n += 1) two.recordCall({ ...call, ms: 9_999 });
    await Promise.all([one.flush(), two.flush()]);
    down = false;
    await Promise.all([one.close(), two.close()]);
    expect(errors).toHaveLength(1);
    expect(await countsOf(call.grantId)).toEqual([[42, 0]]);
    const [hour] = await apiUseSince(store.db, call.grantId, 0);
    expect([hour?.spans[0], hour?.ms]).toEqual([20, 20 * 3 + 22 * 9_999]);
  });

  test('the home page sums the days of the shop’s calendar', async () => {
    const { services } = server.it;
    const days = await usePerDay({ ...services, timeZone: 'Asia/Tokyo' });
    expect(days).toHaveLength(30);
    expect(days.reduce((sum, { calls }) => sum + calls, 0)).toBe(47);
    expect(days.at(-1)).toMatchObject({ calls: 42, errors: 0 });
  });

  test('is kept as long as a page speaks of it', async () => {
    const { store, clock } = server.it.services;
    server.it.clock.advance(3 * DAY);
    while ((await pruneApiUse(store.db, clock.now(), 2)) > 0);
    expect(await countsOf(grantId)).toEqual([]);
    expect(await countsOf(client.clientId)).not.toEqual([]);
    expect(await countsOf(EVERYBODY)).not.toEqual([]);
    server.it.clock.advance(32 * DAY);
    await pruneApiUse(store.db, clock.now(), 100);
    expect([await countsOf(client.clientId), await countsOf(EVERYBODY)]).toEqual([[], []]);
  });
});
