/** New secrets for one client at the same moment, on every database: two live ones at the most, whoever asks. */
import { expect, test } from 'vitest';
import { renewSecret } from '../../src/oauth/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const ROUNDS = 20;
const RIVALS = 8;
const KEEP_SECONDS = 3600;
const NOBODY = { loginId: null, clientIp: null, requestId: null };

eachDatabase((db) => {
  const server = useOAuthServer(db);

  test('of many renewals at once each is answered, and no third secret stays', async () => {
    const { clients, store } = server.it.services;
    for (let round = 0; round < ROUNDS; round++) {
      const { clientId } = await server.it.client();
      const renew = () => renewSecret(clients, clientId, KEEP_SECONDS, NOBODY);
      const made = await Promise.all(Array.from({ length: RIVALS }, renew));
      expect(new Set(made).size).toBe(RIVALS);
      expect(made).not.toContain(undefined);
      const kept = await store.db
        .selectFrom('tegata_client_secret')
        .select('expires_at')
        .where('client_id', '=', clientId)
        .execute();
      expect(kept.map(({ expires_at }) => expires_at !== null).sort()).toEqual([false, true]);
    }
  });
});
