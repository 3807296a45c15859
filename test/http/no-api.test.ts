/** A shop of which no API can be made, as in the middle of a restored dump: `/ready` says so, `/api` in its own form; tokens go on. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { postToken } from '../support/oauth-walks.ts';

onSqlite((db) => {
  const server = useOAuthServer(
    db,
    {},
    async (store) => void (await sql`alter table dtb_product_class rename to gone`.execute(store.db)),
  );
  let client: TestClient;
  let token: string;
  const ready = async () => {
    const answer = await fetch(`${server.it.url}/ready`);
    return [answer.status, ((await answer.json()) as { failed?: string[] }).failed];
  };
  beforeAll(async () => {
    client = await server.it.client({ grantTypes: ['client_credentials'] });
    const { body } = await postToken(server.it, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.secret,
    });
    token = body.access_token as string;
  });

  test('it is ready until the API is asked for', async () => {
    expect(await ready()).toEqual([200, undefined]);
  });

  test('each question is answered in the form of the API, and then it is not ready', async () => {
    for (let asked = 0; asked < 2; asked += 1) {
      const answer = await fetch(`${server.it.url}/api`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: '{"query":"{ __typename }"}',
      });
      expect(answer.status).toBe(500);
      const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
      expect(errors[0]).toMatchObject({ message: 'Internal server error', extensions: { code: 'INTERNAL' } });
    }
    expect(await ready()).toEqual([503, ['api']]);
    expect(server.it.log()).toContain('there is no GraphQL type ProductClass');
  });
});
