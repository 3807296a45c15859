/** A client that is removed: useless at once, its grants and tokens gone in batches, a crash in between made good later. */
import { beforeAll, expect, test } from 'vitest';
import { removeClient } from '../../src/oauth/clients.ts';
import { deleteClient } from '../../src/oauth/store/clients.ts';
import { sweeper } from '../../src/oauth/sweep.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { isAlive, newTokens, refresh } from '../support/oauth-walks.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };
const MANY = 5_600; // beyond what one request removes itself

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const store = () => server.it.services.store;
  const tables = ['tegata_grant', 'tegata_access_token', 'tegata_refresh_token'] as const;
  const left = async ({ clientId }: TestClient) => {
    const counts: number[] = [];
    for (const table of tables) {
      const { n } = await store()
        .db.selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();
      counts.push(Number(n));
    }
    return counts;
  };
  const sweep = () => {
    server.it.clock.advance(60); // the turn of the process before is over
    return sweeper(
      { store: store(), clock: server.it.clock, auditDays: 400, requestLogDays: 30 },
      async () => {},
    ).sweep();
  };

  async function manyGrants({ clientId }: TestClient): Promise<void> {
    const created_at = server.it.clock.now();
    for (let from = 0; from < MANY; from += 400) {
      const rows = Array.from({ length: 400 }, (_, index) => ({
        grant_id: `${clientId.slice(0, 20)}${from + index}`,
        client_id: clientId,
        member_id: 1,
        login_id: 'admin',
        scope: 'read',
        created_at,
      }));
      await store().db.insertInto('tegata_grant').values(rows).execute();
    }
  }

  test('nothing of it works from the first moment on, and the sweep finishes what a crash has left', async () => {
    const client = await server.it.client();
    const other = await server.it.client();
    const tokens = await newTokens(server.it, browser, client);
    const kept = await newTokens(server.it, browser, other);
    await store()
      .db.transaction()
      .execute((tx) => deleteClient(tx, client.clientId));
    expect(await left(client)).toEqual([1, 1, 1]);
    expect(await isAlive(server.it, tokens.access)).toBe(false);
    expect((await refresh(server.it, client, tokens.refresh)).status).toBe(401);
    expect((await browser.get('/admin/api/apps')).body).not.toContain(client.clientId);
    await sweep();
    expect(await left(client)).toEqual([0, 0, 0]);
    expect(await left(other)).toEqual([1, 1, 1]);
    expect(await isAlive(server.it, kept.access)).toBe(true);
  });

  test('what it kept about rows of the shop goes too, also when no grant of it is left', async () => {
    const [gone, crashed, other] = [
      await server.it.client(),
      await server.it.client(),
      await server.it.client(),
    ];
    const rows = [gone, crashed, other].flatMap(({ clientId }) =>
      ['Product', 'Order'].map((entity) => ({
        client_id: clientId,
        entity,
        row_id: 1,
        row_created_at: 0,
        external_id: 'X-1',
        metadata: null,
      })),
    );
    await store().db.insertInto('tegata_client_data').values(rows).execute();
    const kept = async () => {
      const found = await store().db.selectFrom('tegata_client_data').select('client_id').execute();
      return new Set(found.map(({ client_id: id }) => id));
    };
    await removeClient(server.it.services.clients, gone.clientId, NOBODY);
    expect(await kept()).toEqual(new Set([crashed.clientId, other.clientId]));
    await store()
      .db.transaction()
      .execute((tx) => deleteClient(tx, crashed.clientId));
    await sweep();
    expect(await kept()).toEqual(new Set([other.clientId]));
  });

  test('a few go with it, of very many the rest goes later', async () => {
    const few = await server.it.client();
    await newTokens(server.it, browser, few);
    const { clients } = server.it.services;
    expect(await removeClient(clients, few.clientId, NOBODY)).toBe(true);
    expect(await left(few)).toEqual([0, 0, 0]);
    const many = await server.it.client();
    await manyGrants(many);
    expect(await removeClient(clients, many.clientId, NOBODY)).toBe(true);
    const [grants = 0] = await left(many);
    expect(grants).toBeGreaterThan(0);
    expect(grants).toBeLessThan(MANY);
    await sweep();
    expect(await left(many)).toEqual([0, 0, 0]);
  });
});
