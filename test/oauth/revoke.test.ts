/** POST /revoke (RFC 7009) and client_credentials, as far as other servers have got them wrong. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  credentials,
  expectRefusal,
  isAlive,
  newTokens,
  postToken,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    other = await server.it.client({ name: '別のアプリ' });
  });

  const revoke = (who: Record<string, string>, token: string) =>
    fetch(`${server.it.url}/revoke`, { method: 'POST', body: new URLSearchParams({ ...who, token }) });

  test('ADV-13: a client cannot end the tokens of another', async () => {
    const tokens = await newTokens(server.it, browser, client);
    for (const token of [tokens.access, tokens.refresh]) {
      expect((await revoke(credentials(other), token)).status).not.toBe(500);
    }
    expect(await isAlive(server.it, tokens.access)).toBe(true);
    expect(tokensOf(await refresh(server.it, client, tokens.refresh)).access).not.toBe('');
  });

  test('ADV-13: without the secret nothing is revoked', async () => {
    const tokens = await newTokens(server.it, browser, client);
    for (const who of [{}, { client_id: client.clientId }, { ...credentials(client), client_secret: 'x' }]) {
      expect((await revoke(who, tokens.refresh)).status).toBe(401);
    }
    expect(await isAlive(server.it, tokens.access)).toBe(true);
  });

  test.each(['access', 'refresh'] as const)(
    'ADV-14: revoking one token ends the whole grant: the %s token',
    async (kind) => {
      const tokens = await newTokens(server.it, browser, client);
      const neighbour = await newTokens(server.it, browser, client);
      expect((await revoke(credentials(client), tokens[kind])).status).toBe(200);
      expect(await isAlive(server.it, tokens.access)).toBe(false);
      expectRefusal(await refresh(server.it, client, tokens.refresh), 'invalid_grant');
      expect(await isAlive(server.it, neighbour.access)).toBe(true);
    },
  );

  test('ADV-30: a token that nobody signed ends nothing', async () => {
    const tokens = await newTokens(server.it, browser, client);
    const [head, payload] = tokens.access.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const forged of [`${head}.${payload}.AAAA`, `${none}.${payload}.`, 'x', 'a.b.c']) {
      expect((await revoke(credentials(client), forged)).status).toBe(200);
    }
    expect(await isAlive(server.it, tokens.access)).toBe(true);
  });

  test('ADV-25: when the database fails, revocation does not say that it succeeded', async () => {
    const tokens = await newTokens(server.it, browser, client);
    const { schema } = server.it.services.store.db;
    await schema.alterTable('tegata_event').renameTo('tegata_event_gone').execute();
    try {
      expect((await revoke(credentials(client), tokens.refresh)).status).toBe(500);
    } finally {
      await schema.alterTable('tegata_event_gone').renameTo('tegata_event').execute();
    }
    expect(await isAlive(server.it, tokens.access)).toBe(true);
    expect((await revoke(credentials(client), tokens.refresh)).status).toBe(200);
    expect(await isAlive(server.it, tokens.access)).toBe(false);
  });

  describe('client_credentials', () => {
    const ask = (who: TestClient, scope?: string) =>
      postToken(server.it, {
        grant_type: 'client_credentials',
        ...credentials(who),
        ...(scope === undefined ? {} : { scope }),
      });

    test('ADV-10: a client gets no scope that it is not registered for', async () => {
      const machine = await server.it.client({ grantTypes: ['client_credentials'], scopes: ['read'] });
      for (const scope of ['write', 'read admin', 'admin', 'read\twrite']) {
        expectRefusal(await ask(machine, scope), 'invalid_scope');
      }
      for (const scope of ['read write', ' read', 'read  write ']) {
        expect(tokensOf(await ask(machine, scope)).scope).toBe('read');
      }
      expect(tokensOf(await ask(machine)).scope).toBe('read');
      expect(tokensOf(await ask(machine, 'read')).refresh).toBe('');
    });

    test('ADV-10: a client that is not registered for it, or cannot keep a secret, gets nothing', async () => {
      expectRefusal(await ask(client), 'unauthorized_client');
      const app = await server.it.client({ isPublic: true });
      expectRefusal(await ask(app), 'unauthorized_client');
    });
  });
});
