/** POST /revoke (RFC 7009) beyond what others have got wrong: hints, foreign and unknown tokens, and every node. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  basic,
  callApi,
  credentials,
  expectRefusal,
  makePkce,
  newCode,
  newTokens,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';
import { introspected, ownToken, revoke } from './support/asking.ts';
import { machine } from './support/policy-client.ts';
import { type Node, secondNode } from './support/second-node.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  let node: Node;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    other = await server.it.client({ name: '別のアプリ' });
    node = await secondNode(server.it);
  });
  afterAll(() => node?.close());

  const tokens = () => newTokens(server.it, browser, client);
  const api = async (token: string) => (await callApi(server.it, token)).status;

  describe('what this node remembers of tokens', () => {
    const forgotten = async (act: () => Promise<unknown>): Promise<number> => {
      const { alive } = server.it.services.token;
      const before = alive.forgettings();
      await act();
      return alive.forgettings() - before;
    };

    test('is forgotten by no request that ends nothing', async () => {
      const pair = await tokens();
      const acts = [
        () => redeem(server.it, client, 'no-such-code'),
        () => redeem(server.it, { ...client, secret: 'wrong' }, 'no-such-code'),
        () => refresh(server.it, client, 'no-such-token'),
        () => refresh(server.it, other, pair.refresh),
        () => revoke(server.it, credentials(client), 'no-such-token'),
        () => revoke(server.it, credentials(other), pair.access),
      ];
      for (const act of acts) expect(await forgotten(act)).toBe(0);
    });

    test('is forgotten once by a replay, a reuse and a revocation, not by the same again', async () => {
      const { verifier, challenge } = makePkce();
      const code = await newCode(browser, client, challenge);
      const replay = () => redeem(server.it, client, code, { code_verifier: verifier });
      const pair = tokensOf(await replay());
      expect(await forgotten(replay)).toBe(1);
      expect(await api(pair.access)).toBe(401);
      expect(await forgotten(replay)).toBe(0);

      const { refresh: first } = await tokens();
      const second = tokensOf(await refresh(server.it, client, first)).refresh;
      await refresh(server.it, client, second);
      const reuse = () => refresh(server.it, client, first);
      expect(await forgotten(reuse)).toBe(1);
      expect(await forgotten(reuse)).toBe(0);

      const { access } = await tokens();
      const end = () => revoke(server.it, credentials(client), access);
      expect(await forgotten(end)).toBe(1);
      expect(await forgotten(end)).toBe(0);
    });
  });

  describe('how it answers', () => {
    test.each(['', 'unknown', 'a'.repeat(43), 'a.b.c', 'a'.repeat(10_000), 'ä', '😀.😀.😀'])(
      'a token that nobody knows is as good as revoked: %.20j',
      async (token) => {
        const answer = await revoke(server.it, credentials(client), token);
        expect(answer.status).toBe(token === '' ? 400 : 200);
        if (token !== '') expect(await answer.json()).toEqual({});
        expect(answer.headers.get('cache-control')).toBe('no-store');
      },
    );

    test.each(['access_token', 'refresh_token', 'id_token', 'nonsense'])(
      'the hint %s does not mislead it',
      async (token_type_hint) => {
        for (const kind of ['access', 'refresh'] as const) {
          const pair = await tokens();
          const answer = await revoke(server.it, credentials(client), pair[kind], { token_type_hint });
          expect(answer.status).toBe(200);
          expect(await api(pair.access)).toBe(401);
          expectRefusal(await refresh(server.it, client, pair.refresh), 'invalid_grant');
        }
      },
    );

    test('twice is as good as once', async () => {
      const { refresh: token } = await tokens();
      expect((await revoke(server.it, credentials(client), token)).status).toBe(200);
      expect((await revoke(server.it, credentials(client), token)).status).toBe(200);
    });

    test('ADV-13: the token of another client is refused and lives on', async () => {
      const pair = await tokens();
      for (const token of [pair.access, pair.refresh]) {
        const answer = await revoke(server.it, credentials(other), token);
        expect([answer.status, (await answer.json()) as object]).toEqual([
          400,
          expect.objectContaining({ error: 'invalid_grant' }),
        ]);
      }
      expect(await api(pair.access)).toBe(200);
    });

    test('a public client revokes by its name', async () => {
      const app = await server.it.client({ isPublic: true });
      const pkce = makePkce();
      const code = await newCode(browser, app, pkce.challenge);
      const pair = tokensOf(await redeem(server.it, app, code, { code_verifier: pkce.verifier }));
      expect((await revoke(server.it, { client_id: app.clientId }, pair.refresh)).status).toBe(200);
      expect(await api(pair.access)).toBe(401);
    });
  });

  describe('ASVS-8.3.2: a revoked token is refused at once here, and within a second on every other node', () => {
    test.each(['access', 'refresh'] as const)('by its %s token', async (kind) => {
      const pair = await tokens();
      expect(await api(pair.access)).toBe(200);
      expect(await node.api(pair.access)).toBe(200);
      await revoke(server.it, credentials(client), pair[kind]);
      expect(await api(pair.access)).toBe(401);
      server.it.clock.advance(1);
      expect(await node.api(pair.access)).toBe(401);
      const answer = await node.post('/token', {
        grant_type: 'refresh_token',
        refresh_token: pair.refresh,
        ...credentials(client),
      });
      expect(answer.json()).toMatchObject({ error: 'invalid_grant' });
    });

    test('a token of a client that acts as itself', async () => {
      const own = await machine(server.it);
      const [ended, kept] = [await ownToken(server.it, own), await ownToken(server.it, own)];
      for (const token of [ended, kept]) expect(await node.api(token)).toBe(200);
      await revoke(server.it, credentials(own), ended);
      server.it.clock.advance(1);
      expect([await node.api(ended), await node.api(kept)]).toEqual([401, 200]);
      expect((await introspected(server.it, own, ended)).active).toBe(false);
      expect((await introspected(server.it, own, kept)).active).toBe(true);
    });
  });

  describe('ASVS-10.4.10: who can authenticate has to, at every endpoint', () => {
    test.each(['/token', '/revoke', '/introspect'])('%s', async (path) => {
      const pair = await tokens();
      const fields = { grant_type: 'refresh_token', refresh_token: pair.refresh, token: pair.access };
      const ask = (who: Record<string, string>, headers: Record<string, string> = {}) =>
        fetch(`${server.it.url}${path}`, {
          method: 'POST',
          body: new URLSearchParams({ ...fields, ...who }),
          headers,
        });
      for (const [who, headers] of [
        [{}, {}],
        [{ client_id: client.clientId }, {}],
        [{ client_id: client.clientId, client_secret: other.secret }, {}],
        [{ client_id: client.clientId, client_secret: '' }, {}],
        [{}, basic(client.clientId, 'wrong')],
        [{}, { authorization: `Bearer ${pair.access}` }],
      ] as const) {
        const answer = await ask(who, headers);
        expect(answer.status, JSON.stringify(who)).toBe(401);
        expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
      expect(await api(pair.access)).toBe(200);
      expect((await ask({}, basic(client.clientId, client.secret))).status).toBe(200);
    });
  });
});
