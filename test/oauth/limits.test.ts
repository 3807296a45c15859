/** How much one address and one client may do a minute, and how they are told. */
import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { newBrowser } from '../support/oauth-browser.ts';
import { type OAuthServer, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, callApi, credentials, expectRefusal, postToken } from '../support/oauth-walks.ts';
import { askAsItself, introspect, ownToken, revoke } from './support/asking.ts';
import { machine } from './support/policy-client.ts';

const SHARE = 5;
const WINDOW_SECONDS = 60;
const FROM_A_PROXY = { TRUSTED_PROXIES: '127.0.0.1' };

const expectWait = (headers: Headers) => {
  const seconds = Number(headers.get('retry-after'));
  expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= WINDOW_SECONDS, String(seconds)).toBe(true);
};

/** Requests that seem to come from `ip`: the test stands where the proxy would. */
const from = (ip: string) => ({ 'x-forwarded-for': ip });

/** How many rows requests to the authorization endpoint have left. */
async function leftBehind({ services: { store } }: OAuthServer): Promise<number> {
  const pending = await store.db.selectFrom('tegata_authorization_request').select('request_id').execute();
  const events = await store.db.selectFrom('tegata_event').select('event_id').execute();
  return pending.length + events.length;
}

eachDatabase((db) => {
  describe('failures at the token endpoints', () => {
    const server = useOAuthServer(db, { TEGATA_FAILURES_PER_MINUTE: String(SHARE), ...FROM_A_PROXY });
    let last = 0;
    const newAddress = () => `198.51.100.${++last}`;
    const fail = (ip: string, fields: Record<string, string> = { client_id: 'x', client_secret: 'y' }) =>
      postToken(server.it, { grant_type: 'client_credentials', ...fields }, from(ip));
    const ask = (client: TestClient, ip: string) =>
      postToken(server.it, { grant_type: 'client_credentials', ...credentials(client) }, from(ip));

    test('an address that fails too often is told to wait, in the form of the endpoint', async () => {
      const ip = newAddress();
      for (let i = 0; i < SHARE; i++) expectRefusal(await fail(ip), 'invalid_client', 401);
      const answer = await fail(ip);
      expectRefusal(answer, 'too_many_requests', 429);
      expectWait(answer.headers);
      for (const path of ['/revoke', '/introspect']) {
        const other = await fetch(`${server.it.url}${path}`, {
          method: 'POST',
          body: new URLSearchParams({ token: 'x' }),
          headers: from(ip),
        });
        expect(other.status).toBe(429);
        expect(await other.json()).toMatchObject({ error: 'too_many_requests' });
        expectWait(other.headers);
      }
    });

    test('nobody else waits with it, and whoever does nothing wrong never waits', async () => {
      const [noisy, quiet] = [newAddress(), newAddress()];
      const client = await machine(server.it);
      for (let i = 0; i <= SHARE; i++) await fail(noisy);
      for (let i = 0; i < 4 * SHARE; i++) expect((await ask(client, quiet)).status).toBe(200);
    });

    test('an IPv6 customer is one address, however many it has', async () => {
      const ip = (n: number) => `2001:db8:7:7:${n.toString(16)}::${n.toString(16)}`;
      for (let i = 1; i <= SHARE; i++) expect((await fail(ip(i))).status).toBe(401);
      expect((await fail(ip(99))).status).toBe(429);
      expect((await fail('2001:db8:7:8::1')).status).toBe(401);
    });

    test('ASVS-6.1.1: whoever knows a client’s id cannot use up its share', async () => {
      const client = await machine(server.it);
      const named = { client_id: client.clientId, client_secret: 'guess' };
      for (let i = 0; i < 3 * SHARE; i++) await fail(newAddress(), named);
      expect((await ask(client, newAddress())).status).toBe(200);
    });

    test('ASVS-6.1.1: nor that of an app that can prove nothing', async () => {
      const app = await server.it.client({ isPublic: true });
      const named = { grant_type: 'authorization_code', code: 'x', client_id: app.clientId };
      for (let i = 0; i < 3 * SHARE; i++) expect((await fail(newAddress(), named)).status).toBe(400);
    });

    test('a client that fails too often by itself waits, from whatever address it comes', async () => {
      const client = await machine(server.it);
      const wrong = { ...credentials(client), scope: 'nothing-of-ours' };
      for (let i = 0; i < SHARE; i++) expect((await fail(newAddress(), wrong)).status).toBe(400);
      const answer = await ask(client, newAddress());
      expectRefusal(answer, 'too_many_requests', 429);
      expectWait(answer.headers);
      expect((await ask(await machine(server.it), newAddress())).status).toBe(200);
    });
  });

  describe('the authorization endpoint', () => {
    const server = useOAuthServer(db, { TEGATA_FAILURES_PER_MINUTE: String(SHARE), ...FROM_A_PROXY });

    test('an address that asks too often gets a page that says so and leaves nothing in the database', async () => {
      const { clientId } = await server.it.client();
      const ask = (id: string, ip: string) => newBrowser(server.it).get(authorizePath(id), from(ip));
      for (const id of [clientId, 'nobody']) {
        const ip = id === clientId ? '198.51.100.1' : '198.51.100.2';
        const expected = id === clientId ? 303 : 400;
        for (let i = 0; i < SHARE; i++) expect((await ask(id, ip)).status).toBe(expected);
        const before = await leftBehind(server.it);
        const answer = await ask(id, ip);
        expect(answer.status).toBe(429);
        expect(answer.body).toContain('試行回数の上限を超過しました。');
        expectWait(answer.headers);
        expect(await leftBehind(server.it)).toBe(before);
        expect((await ask(id, '198.51.100.3')).status).toBe(expected);
      }
    });
  });

  describe('/api', () => {
    const server = useOAuthServer(db, { TEGATA_API_PER_MINUTE: String(SHARE) });

    test('a client that asks too much is told to wait, as GraphQL errors; others are not', async () => {
      const client = await machine(server.it);
      const token = await ownToken(server.it, client);
      const again = await ownToken(server.it, client);
      for (let i = 0; i < SHARE; i++) expect((await callApi(server.it, token)).status).toBe(200);
      for (const one of [token, again]) {
        const answer = await callApi(server.it, one);
        expect(answer.status).toBe(429);
        expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expectWait(answer.headers);
        const { errors } = (await answer.json()) as { errors: { message: string }[] };
        expect(errors).toEqual([
          expect.objectContaining({
            message: expect.any(String),
            extensions: { category: 'throttled', code: 'THROTTLED' },
          }),
        ]);
      }
      const other = await machine(server.it);
      expect((await callApi(server.it, await ownToken(server.it, other))).status).toBe(200);
    });

    test('a token of nobody uses nothing up', async () => {
      const client = await machine(server.it);
      for (let i = 0; i < 2 * SHARE; i++) expect((await callApi(server.it, 'a.b.c')).status).toBe(401);
      expect((await callApi(server.it, await ownToken(server.it, client))).status).toBe(200);
    });
  });

  describe('sizes', () => {
    const server = useOAuthServer(db);
    const status = async (path: string, init: RequestInit) =>
      (await fetch(`${server.it.url}${path}`, init)).status;

    test('a body, a header or an address too large is refused, and the server goes on', async () => {
      const client = await machine(server.it);
      const large = 'x'.repeat(70_000);
      expectRefusal(await askAsItself(server.it, client, { pad: large }), 'invalid_request');
      expect((await revoke(server.it, credentials(client), large)).status).toBe(400);
      expect((await introspect(server.it, credentials(client), large)).status).toBe(400);
      expect(await status('/token', { method: 'POST', headers: { 'x-large': large } })).toBe(431);
      expect(await status(`/${large}`, {})).toBe(431);
      const token = await ownToken(server.it, client);
      const query = `{ __typename } # ${'x'.repeat(1024 * 1024)}`;
      expect((await callApi(server.it, token, query)).status).toBe(413);
      expect((await callApi(server.it, token)).status).toBe(200);
    });
  });
});
