/** Two live secrets: a client is given a new one while the old one goes on for a while. */
import { describe, expect, test } from 'vitest';
import { renewSecret } from '../../src/oauth/clients.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { expectRefusal } from '../support/oauth-walks.ts';
import { askAsItself } from './support/asking.ts';
import { clientKey, keySet } from './support/assertions.ts';
import { machine, NOBODY } from './support/policy-client.ts';

const DAY = 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const renew = async ({ clientId }: TestClient, keepOldSeconds: number): Promise<TestClient> => {
    const secret = await renewSecret(server.it.services.clients, clientId, keepOldSeconds, NOBODY);
    return { clientId, secret: secret ?? '' };
  };
  const works = async (client: TestClient) => (await askAsItself(server.it, client)).status === 200;
  const stored = async ({ clientId }: TestClient) =>
    (await findClient(server.it.services.store.db, clientId))?.secrets ?? [];

  describe('ASVS-13.3.4: a secret is replaced without downtime, and ends when it was said', () => {
    test('old and new work until the old one’s last second', async () => {
      const old = await machine(server.it);
      const fresh = await renew(old, DAY);
      expect(await works(old)).toBe(true);
      expect(await works(fresh)).toBe(true);
      server.it.clock.advance(DAY - 1);
      expect(await works(old)).toBe(true);
      server.it.clock.advance(1);
      expectRefusal(await askAsItself(server.it, old), 'invalid_client', 401);
      expect(await works(fresh)).toBe(true);
    });

    test('without a time for the old one, it ends at once', async () => {
      const old = await machine(server.it);
      const fresh = await renew(old, 0);
      expectRefusal(await askAsItself(server.it, old), 'invalid_client', 401);
      expect(await works(fresh)).toBe(true);
      expect(await stored(old)).toHaveLength(1);
    });

    test('there are never more than two: a third ends the first', async () => {
      const first = await machine(server.it);
      const second = await renew(first, DAY);
      const third = await renew(first, DAY);
      expect(await works(first)).toBe(false);
      expect(await works(second)).toBe(true);
      expect(await works(third)).toBe(true);
      expect(await stored(first)).toHaveLength(2);
    });

    test('rotation never gives an old secret more time than it had', async () => {
      const first = await machine(server.it);
      const second = await renew(first, 60);
      const third = await renew(second, 7 * DAY);
      expect(await works(first)).toBe(false);
      expect(await works(third)).toBe(true);
    });
  });

  test('each secret says when it was last used', async () => {
    const old = await machine(server.it);
    const made = server.it.clock.now();
    server.it.clock.advance(3600);
    const fresh = await renew(old, DAY);
    await askAsItself(server.it, fresh);
    const [newer, older] = await stored(old);
    expect([newer?.lastUsedAt, older?.lastUsedAt]).toEqual([made + 3600, null]);
    server.it.clock.advance(3600);
    await askAsItself(server.it, old);
    expect((await stored(old)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([made + 3600, made + 7200]);
  });

  test('ASVS-11.5.1: a secret has 256 random bits, and only its hash is kept', async () => {
    const client = await machine(server.it);
    expect(Buffer.from(client.secret, 'base64url')).toHaveLength(32);
    expect(client.secret).not.toBe((await machine(server.it)).secret);
    expect(JSON.stringify(await stored(client))).not.toContain(client.secret);
  });

  test('a client held to assertions has no secret, and none can be made', async () => {
    const policies = { authMethods: ['private_key_jwt'], jwks: keySet(await clientKey('EdDSA')) };
    const client = await machine(server.it, { policies });
    expect(client.secret).toBe('');
    expect((await renew(client, 0)).secret).toBe('');
    expect(await stored(client)).toEqual([]);
  });
});
