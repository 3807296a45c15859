/** Grant type `client_credentials`: a system acts as itself, capped by what it is registered for. */
import { describe, expect, test } from 'vitest';
import { endGrantsOfClient, switchClient } from '../../src/oauth/clients.ts';
import { SCOPES } from '../../src/oauth/rules/scope.ts';
import { isLoginId } from '../../src/staff/rules/login-id.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, credentials, expectRefusal, isAlive, postToken, tokensOf } from '../support/oauth-walks.ts';
import { askAsItself, claimsOf, ownToken, revoke } from './support/asking.ts';
import { machine, NOBODY, policyClient, resettle } from './support/policy-client.ts';

const PRODUCTS = '{ products(limit: 1) { totalCount } }';
const ORDERS = '{ orders(limit: 1) { totalCount } }';

eachDatabase((db) => {
  const server = useOAuthServer(db);

  describe('what comes of it', () => {
    test('an access token in the client’s own name, and nothing to refresh it with', async () => {
      const client = await machine(server.it, { scopes: ['read'] });
      const { status, body } = await askAsItself(server.it, client);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
      expect(body).toMatchObject({ token_type: 'Bearer', scope: 'read', expires_in: 3600 });
      const { sub, client_id } = claimsOf(String(body.access_token));
      expect([client_id, isLoginId(String(sub))]).toEqual([client.clientId, false]);
      expect(String(sub)).toMatch(new RegExp(`:${client.clientId}$`));
    });

    test('it opens /api, as far as the scope goes', async () => {
      const client = await machine(server.it, { scopes: ['read:products'] });
      const token = await ownToken(server.it, client);
      expect((await callApi(server.it, token, PRODUCTS)).status).toBe(200);
      expect((await callApi(server.it, token, ORDERS)).status).toBe(403);
    });

    test('ASVS-10.4.11: it gets what it asks for, of what it is registered for', async () => {
      const client = await machine(server.it, { scopes: ['read:products', 'read:orders'] });
      const narrow = tokensOf(await askAsItself(server.it, client, { scope: 'read:products' }));
      expect(narrow.scope).toBe('read:products');
      expect((await callApi(server.it, narrow.access, ORDERS)).status).toBe(403);
      // RFC 6749 §3.3: what it may not have is left out, and the answer says so.
      for (const scope of [
        'read:products read:customers',
        SCOPES.filter((one) => !one.startsWith('read:orders')).join(' '),
      ]) {
        expect(tokensOf(await askAsItself(server.it, client, { scope })).scope).toBe('read:products');
      }
      for (const scope of ['read', 'read:customers', 'write:stock', 'read:products admin', ' ', 'x"']) {
        expectRefusal(await askAsItself(server.it, client, { scope }), 'invalid_scope');
      }
      await resettle(server.it, client, {
        grantTypes: ['client_credentials'],
        redirectUris: [],
        scopes: ['read:products'],
      });
      expect(tokensOf(await askAsItself(server.it, client)).scope).toBe('read:products');
      expectRefusal(await askAsItself(server.it, client, { scope: 'read:orders' }), 'invalid_scope');
    });

    test('tokens live side by side; revoking one leaves the others', async () => {
      const client = await machine(server.it);
      const [first, second] = [await ownToken(server.it, client), await ownToken(server.it, client)];
      expect((await revoke(server.it, credentials(client), first)).status).toBe(200);
      expect((await callApi(server.it, first)).status).toBe(401);
      expect(await isAlive(server.it, second)).toBe(true);
    });

    test('many first requests at once all get good tokens', async () => {
      const client = await machine(server.it);
      const answers = await Promise.all(Array.from({ length: 20 }, () => ownToken(server.it, client)));
      for (const token of answers) expect(await isAlive(server.it, token)).toBe(true);
    });
  });

  describe('what ends it', () => {
    test('ASVS-8.3.2: a client that is switched off is out at once, and in again when it is on', async () => {
      const client = await machine(server.it);
      const token = await ownToken(server.it, client);
      expect((await callApi(server.it, token)).status).toBe(200);
      await switchClient(server.it.services.clients, client.clientId, false, NOBODY);
      expect((await callApi(server.it, token)).status).toBe(401);
      expectRefusal(await askAsItself(server.it, client), 'invalid_client', 401);
      await switchClient(server.it.services.clients, client.clientId, true, NOBODY);
      expect((await callApi(server.it, token)).status).toBe(200);
    });

    test('ending its grants ends its tokens; it can ask for new ones', async () => {
      const client = await machine(server.it);
      const token = await ownToken(server.it, client);
      await endGrantsOfClient(server.it.services.clients, client.clientId, NOBODY);
      expect((await callApi(server.it, token)).status).toBe(401);
      expect((await callApi(server.it, await ownToken(server.it, client))).status).toBe(200);
    });
  });

  describe('ASVS-10.4.4: a grant that a client is not registered for is refused', () => {
    const fields = { code: 'x', redirect_uri: 'https://client.example/callback', refresh_token: 'x' };
    test.each([
      ['client_credentials', ['authorization_code', 'refresh_token']],
      ['authorization_code', ['client_credentials']],
      ['refresh_token', ['authorization_code']],
      ['refresh_token', ['client_credentials']],
    ])('%s of a client for %j', async (grant_type, grantTypes) => {
      const client = await policyClient(server.it, { grantTypes });
      const asked = { grant_type, ...fields, ...credentials(client) };
      expectRefusal(await postToken(server.it, asked), 'unauthorized_client');
    });
  });
});
