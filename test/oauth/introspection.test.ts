/** POST /introspect (RFC 7662): what it tells, and to whom it tells nothing. */
import { beforeAll, describe, expect, test } from 'vitest';
import { switchClient } from '../../src/oauth/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { credentials, newCode, newTokens, refresh, type Tokens, tokensOf } from '../support/oauth-walks.ts';
import { claimsOf, introspect, introspected, ownToken, revoke } from './support/asking.ts';
import { machine, NOBODY, policyClient } from './support/policy-client.ts';

const INACTIVE = { active: false };

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  let resourceServer: TestClient;
  let tokens: Tokens;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    other = await server.it.client({ name: '別のアプリ' });
    resourceServer = await machine(server.it, { name: '倉庫API', policies: { resourceServer: true } });
    tokens = await newTokens(server.it, browser, client, { scope: 'read' });
  });

  const seenBy = (who: TestClient, token: string) => introspected(server.it, who, token);

  describe('a live token, to its client and to a resource server', () => {
    test.each(['client', 'resource server'])('its access token, to its %s', async (who) => {
      const { iss, aud, sub, jti, iat, nbf, exp } = claimsOf(tokens.access);
      expect(await seenBy(who === 'client' ? client : resourceServer, tokens.access)).toEqual({
        active: true,
        scope: 'read',
        client_id: client.clientId,
        username: ADMIN.loginId,
        token_type: 'Bearer',
        ...{ iss, aud, sub, jti, iat, nbf, exp },
      });
    });

    test.each(['client', 'resource server'])('its refresh token, to its %s', async (who) => {
      const seen = await seenBy(who === 'client' ? client : resourceServer, tokens.refresh);
      expect(seen).toMatchObject({
        active: true,
        client_id: client.clientId,
        scope: 'read',
        username: ADMIN.loginId,
        sub: ADMIN.loginId,
      });
      expect(seen.exp).toBeGreaterThan(server.it.clock.now());
      expect(seen).not.toHaveProperty('jti');
    });

    test('a token of a client that acts as itself', async () => {
      const own = await machine(server.it);
      const token = await ownToken(server.it, own);
      const { sub } = claimsOf(token);
      const seen = await seenBy(resourceServer, token);
      expect(seen).toMatchObject({ active: true, sub, client_id: own.clientId });
      expect(seen).not.toHaveProperty('username');
    });
  });

  describe('ASVS-10.1.1: to anybody else, a token is not there', () => {
    test.each(['access', 'refresh'] as const)('the %s token of another client', async (kind) => {
      expect(await seenBy(other, tokens[kind])).toEqual(INACTIVE);
    });

    test('a public client learns nothing, not even of its own', async () => {
      const app = await server.it.client({ isPublic: true });
      for (const token of [tokens.access, 'unknown']) {
        const answer = await introspect(server.it, { client_id: app.clientId }, token);
        expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
          401,
          'invalid_client',
        ]);
      }
    });

    test('a public client cannot be a resource server', async () => {
      const made = await policyClient(server.it, { isPublic: true, policies: { resourceServer: true } });
      expect((await introspect(server.it, { client_id: made.clientId }, tokens.access)).status).toBe(401);
    });
  });

  describe('what is not live is only said to be inactive', () => {
    const inactive = (title: string, make: () => Promise<string> | string) =>
      test(title, async () => {
        const token = await make();
        for (const who of [client, resourceServer]) expect(await seenBy(who, token)).toEqual(INACTIVE);
      });
    inactive('unknown', () => 'x');
    inactive('a code', () => newCode(browser, client));
    inactive('a secret', () => client.secret);
    inactive('a changed token', () => `${tokens.access.slice(0, -6)}AAAAAA`);
    inactive('alg none', () => {
      const head = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      return `${head}.${tokens.access.split('.')[1]}.`;
    });
    inactive('a rotated refresh token', async () => {
      const first = await newTokens(server.it, browser, client);
      tokensOf(await refresh(server.it, client, first.refresh));
      return first.refresh;
    });
    inactive('revoked by its refresh token', async () => {
      const pair = await newTokens(server.it, browser, client);
      await revoke(server.it, credentials(client), pair.refresh);
      return pair.access;
    });
    inactive('a refresh token revoked by its access token', async () => {
      const pair = await newTokens(server.it, browser, client);
      await revoke(server.it, credentials(client), pair.access);
      return pair.refresh;
    });
    inactive('expired', async () => {
      const pair = await newTokens(server.it, browser, client);
      server.it.clock.advance(3600);
      browser = await loggedIn(server.it);
      return pair.access;
    });

    test.each(['access', 'refresh'] as const)(
      'the %s token of a member who may no longer act',
      async (kind) => {
        const pair = await newTokens(server.it, browser, client);
        await server.it.setWorking(ADMIN.loginId, false);
        try {
          expect(await seenBy(resourceServer, pair[kind])).toEqual(INACTIVE);
        } finally {
          await server.it.setWorking(ADMIN.loginId, true);
        }
        browser = await loggedIn(server.it);
      },
    );

    test.each(['access', 'refresh'] as const)(
      'the %s token of a client that is switched off',
      async (kind) => {
        const off = await server.it.client();
        const pair = await newTokens(server.it, browser, off);
        await switchClient(server.it.services.clients, off.clientId, false, NOBODY);
        expect(await seenBy(resourceServer, pair[kind])).toEqual(INACTIVE);
      },
    );
  });
});
