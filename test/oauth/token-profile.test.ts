/** Access tokens of RFC 9068 for clients that ask for them, and resource indicators (RFC 8707). */
import { beforeAll, describe, expect, test } from 'vitest';
import { signJwt } from '../../src/oauth/keys/jwt.ts';
import { currentKey } from '../../src/oauth/keys/keyring.ts';
import { eachDatabase } from '../support/databases.ts';
import { answerOf, type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  authorizePath,
  callApi,
  expectRefusal,
  newCode,
  newTokens,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';
import { askAsItself, claimsOf, headerOf, introspected, ownToken } from './support/asking.ts';
import { machine, policyClient } from './support/policy-client.ts';

const PROFILE = { policies: { tokenProfile: 'rfc9068' } };

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await policyClient(server.it, PROFILE);
  });
  const resource = () => `${server.it.issuer}/api`;
  const api = async (token: string) => (await callApi(server.it, token)).status;

  describe('the profile rfc9068', () => {
    test('ASVS-9.2.2, ASVS-9.2.3: its tokens say what they are and for whom (RFC 9068 §2)', async () => {
      const { access } = await newTokens(server.it, browser, client, { scope: 'read' });
      const now = server.it.clock.now();
      expect(headerOf(access)).toMatchObject({ typ: 'at+jwt', alg: 'RS256', kid: expect.any(String) });
      expect(claimsOf(access)).toEqual({
        iss: server.it.issuer,
        aud: resource(),
        sub: ADMIN.loginId,
        client_id: client.clientId,
        iat: now,
        nbf: now,
        exp: now + 3600,
        jti: expect.any(String),
        scope: 'read',
      });
      expect(await api(access)).toBe(200);
      expect(await introspected(server.it, client, access)).toMatchObject({ active: true, aud: resource() });
    });

    test('of a client that acts as itself too', async () => {
      const own = await machine(server.it, PROFILE);
      const token = await ownToken(server.it, own);
      expect([headerOf(token).typ, claimsOf(token).aud]).toEqual(['at+jwt', resource()]);
      expect(await api(token)).toBe(200);
    });

    test('who asks for nothing has the claims of the plugin', async () => {
      const plain = await server.it.client();
      const { access } = await newTokens(server.it, browser, plain);
      expect(headerOf(access).typ).toBe('JWT');
      expect(claimsOf(access)).toMatchObject({ aud: plain.clientId, scopes: ['read', 'write'] });
    });
  });

  describe('ASVS-10.3.1, ASVS-9.2.3, ASVS-9.2.4: /api takes tokens for itself only', () => {
    /** Well signed by our own key; only what is said here is wrong. */
    const forged = async (changes: Record<string, unknown>, typ = 'at+jwt') => {
      const { access } = await newTokens(server.it, browser, client);
      const key = currentKey(server.it.services.keyFiles.keys());
      return signJwt(key, typ, { ...claimsOf(access), ...changes });
    };
    const refuses = (title: string, make: () => Promise<string>) =>
      test(title, async () => expect(await api(await make())).toBe(401));
    refuses('the issuer as audience', () => forged({ aud: server.it.issuer }));
    refuses('another resource', () => forged({ aud: 'https://other.example/api' }));
    refuses('several audiences', () => forged({ aud: [resource(), 'https://other.example/api'] }));
    refuses('the client as audience', () => forged({ aud: client.clientId }));
    refuses('the audience with a slash', () => forged({ aud: `${resource()}/` }));
    refuses('the resource as audience of the plugin’s kind', () => forged({}, 'JWT'));
    refuses('another client in its name', () =>
      forged({ client_id: 'f'.repeat(32), aud: 'f'.repeat(32) }, 'JWT'),
    );
  });

  describe('ASVS-9.2.2: a JWT of another type is no access token', () => {
    test.each(['id+jwt', 'logout+jwt', 'dpop+jwt', 'at+JWT', 'application/at+jwt', '', 'jwt'])(
      '%j',
      async (typ) => {
        const { access } = await newTokens(server.it, browser, client);
        const key = currentKey(server.it.services.keyFiles.keys());
        expect(await api(await signJwt(key, typ, claimsOf(access)))).toBe(401);
      },
    );
  });

  describe('resource indicators (RFC 8707)', () => {
    test('our own may be named, at both steps and when refreshing', async () => {
      const code = await newCode(browser, client, { resource: resource() });
      const tokens = tokensOf(await redeem(server.it, client, code, { resource: resource() }));
      expect(claimsOf(tokens.access).aud).toBe(resource());
      const fresh = tokensOf(await refresh(server.it, client, tokens.refresh, { resource: resource() }));
      expect(claimsOf(fresh.access).aud).toBe(resource());
    });

    test('without a value it counts as left out (RFC 6749 §3.1)', async () => {
      const own = await machine(server.it, PROFILE);
      expect(tokensOf(await askAsItself(server.it, own, { resource: '' })).access).not.toBe('');
    });

    const strange = ['https://elsewhere.example/api', 'api', 'x y', '/', 'https://elsewhere.example#x'];
    test.each(strange)('%j is an invalid_target at the authorization endpoint', async (asked) => {
      const answer = await browser.get(authorizePath(client.clientId, { resource: asked }));
      expect(answer.status).toBe(303);
      expect(answerOf(answer).get('error')).toBe('invalid_target');
    });

    test.each(strange)('%j is an invalid_target at the token endpoint, and spends nothing', async (asked) => {
      const own = await machine(server.it, PROFILE);
      expectRefusal(await askAsItself(server.it, own, { resource: asked }), 'invalid_target');
      const code = await newCode(browser, client);
      expectRefusal(await redeem(server.it, client, code, { resource: asked }), 'invalid_target');
      const tokens = tokensOf(await redeem(server.it, client, code));
      expectRefusal(await refresh(server.it, client, tokens.refresh, { resource: asked }), 'invalid_target');
      expect((await refresh(server.it, client, tokens.refresh)).status).toBe(200);
    });
  });
});
