/** Somebody sets the clock while the server runs: what is remembered grows old all the same. */
import { expect, test } from 'vitest';
import { writeSetting } from '../../src/database/settings.ts';
import { secondNode } from '../oauth/support/second-node.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

eachDatabase((db) => {
  const server = useOAuthServer(db);

  test('a token that another node revoked ends, also when the clock was set back meanwhile', async () => {
    const client = await server.it.client();
    const tokens = await newTokens(server.it, await loggedIn(server.it), client);
    expect((await callApi(server.it, tokens.access)).status).toBe(200);
    const other = await secondNode(server.it);
    const fields = { token: tokens.access, client_id: client.clientId, client_secret: client.secret };
    expect((await other.post('/revoke', fields)).statusCode).toBe(200);
    await other.close();
    server.it.clock.step(-20);
    server.it.clock.advance(1);
    expect((await callApi(server.it, tokens.access)).status).toBe(401);
  });

  test('the switch of the Web API is seen too', async () => {
    const { services, clock, url } = server.it;
    const token = () => fetch(`${url}/token`, { method: 'POST' });
    // As another node writes it.
    const turn = (value: string) =>
      services.store.db.transaction().execute((trx) => writeSetting(trx, 'api_enabled', value));
    expect((await token()).status).toBe(400);
    await turn('0');
    clock.step(-600);
    clock.advance(2);
    expect((await token()).status).toBe(404);
    await turn('1');
  });
});
