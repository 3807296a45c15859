/** What requests cost, what a client has left, and how it is told: in the answer, in RateLimit fields, by 429. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changeClient } from '../../src/oauth/clients.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

const USUAL = 600; // points a minute: 10 a second
const LIST = '{ products(limit: 3) { nodes { id } } }'; // 3 objects
const LARGE = '{ products(limit: 500) { nodes { id } } }';
const DEAR = '{ products(limit: 900) { nodes { id } } }';
const NOBODY = { loginId: null, clientIp: null, requestId: null };

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_API_COST_PER_MINUTE: String(USUAL) });
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });

  const tokenOf = async (client: TestClient) => (await newTokens(server.it, browser, client)).access;
  const newClient = async () => tokenOf(await server.it.client());
  /** Every point back. */
  const aMinuteLater = () => server.it.clock.advance(60);
  const left = (response: Response) =>
    Number(/"cost";r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);

  test('an answer tells what was asked, what it came to and what is left, as Shopify’s clients read it', async () => {
    const response = await callApi(server.it, await newClient(), LIST);
    expect(await response.json()).toEqual({
      data: {
        products: { nodes: [{ id: expect.any(String) }, { id: expect.any(String) }, expect.anything()] },
      },
      extensions: {
        cost: {
          requestedQueryCost: 3,
          actualQueryCost: 3,
          throttleStatus: { maximumAvailable: USUAL, currentlyAvailable: USUAL - 3, restoreRate: USUAL / 60 },
        },
      },
    });
    expect(response.headers.get('ratelimit-policy')).toBe(
      `"cost";q=${USUAL};qu="cost-points";w=60, "requests";q=600000;w=60`,
    );
    expect(response.headers.get('ratelimit')).toMatch(/^"cost";r=597;t=1, "requests";r=599999;t=\d+$/);
  });

  test('what was estimated too high is given back, the least stays spent', async () => {
    const access = await newClient();
    const response = await callApi(server.it, access, LARGE);
    const { data, extensions } = (await response.json()) as {
      data: { products: { nodes: unknown[] } };
      extensions: { cost: { requestedQueryCost: number; actualQueryCost: number } };
    };
    const found = data.products.nodes.length;
    expect(found).toBeLessThan(500);
    expect(extensions.cost).toMatchObject({ requestedQueryCost: 500, actualQueryCost: found });
    expect(left(response)).toBe(USUAL - found);
    expect(left(await callApi(server.it, access, '{ nothing_of_the_kind }'))).toBe(USUAL - found - 1);
  });

  test('aliases bring no discount: each list costs a point at least, whatever is found or shown of it', async () => {
    const access = await newClient();
    const costOf = async (field: string) => {
      const aliases = Array.from({ length: 50 }, (_, n) => `a${n}: ${field}`);
      const response = await callApi(server.it, access, `{ ${aliases.join(' ')} }`);
      const { extensions } = (await response.json()) as { extensions: { cost: Record<string, unknown> } };
      const { requestedQueryCost, actualQueryCost } = extensions.cost;
      server.it.clock.advance(60);
      return [requestedQueryCost, actualQueryCost];
    };
    expect(await costOf('products { totalCount }')).toEqual([50, 50]);
    expect(await costOf('products(id: "nothing of the kind", limit: 2) { nodes { id } }')).toEqual([100, 50]);
    expect(await costOf('products(ids: ["0"]) { missing }')).toEqual([50, 50]);
    expect(await costOf('changes(first: 2) { latestCursor }')).toEqual([100, 50]);
    expect(await costOf('stockChanges(first: 2) { pageInfo { hasNextPage } }')).toEqual([100, 50]);
  });

  test('days of sales are objects like others', async () => {
    const access = await newClient();
    const response = await callApi(
      server.it,
      access,
      '{ salesByDay(from: "2026-01-01", to: "2026-04-10") { date } }',
    );
    expect(await response.json()).toMatchObject({ extensions: { cost: { actualQueryCost: 100 } } });
    expect(left(response)).toBe(USUAL - 100);
  });

  test('who has used it up is refused before the database is asked, and served when it is there again', async () => {
    const access = await newClient();
    for (let round = 0; round < 20; round += 1)
      await callApi(
        server.it,
        access,
        `{ ${'abcdefghij'
          .split('')
          .map((a) => `${a}: products(limit: 1) { nodes { id } }`)
          .join(' ')} }`,
      );
    const refused = await callApi(server.it, access, LARGE);
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(await refused.json()).toMatchObject({
      data: null,
      errors: [{ extensions: { category: 'throttled', code: 'THROTTLED' } }],
      extensions: { cost: { actualQueryCost: 1, throttleStatus: { currentlyAvailable: left(refused) } } },
    });
    // A dear one waits, a cheap one need not.
    expect((await callApi(server.it, access, LIST)).status).toBe(200);
    server.it.clock.advance(wait);
    expect((await callApi(server.it, access, LARGE)).status).toBe(200);
  });

  test('a request that no waiting would allow is refused as too large', async () => {
    const refused = await callApi(server.it, await newClient(), DEAR);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([200, null]);
    expect(await refused.json()).toMatchObject({ data: null, errors: [{ extensions: { code: 'LIMIT' } }] });
  });

  describe('a client with a quota of its own', () => {
    let client: TestClient;
    let access: string;
    const setQuota = async (costPerMinute: number | null) => {
      const { services } = server.it;
      const found = await findClient(services.store.db, client.clientId);
      if (!found) throw new Error('the client is gone');
      const settings = { ...found, policies: { ...found.policies, costPerMinute } };
      await changeClient(services.clients, client.clientId, settings, NOBODY);
    };
    beforeAll(async () => {
      client = await server.it.client();
      access = await tokenOf(client);
      await setQuota(60);
    });

    test('is refused at once when it has nothing left, in the form of the API', async () => {
      aMinuteLater();
      let last = await callApi(server.it, access);
      for (let n = 1; n < 60; n += 1) last = await callApi(server.it, access);
      expect([last.status, left(last)]).toEqual([200, 0]);
      const refused = await callApi(server.it, access);
      expect([refused.status, refused.headers.get('retry-after'), left(refused)]).toEqual([429, '1', 0]);
      expect(await refused.json()).toEqual({
        errors: [{ message: expect.any(String), extensions: { category: 'throttled', code: 'THROTTLED' } }],
      });
      server.it.clock.advance(1);
      expect((await callApi(server.it, access)).status).toBe(200);
    });

    test('does not take from others, and a change counts at once', async () => {
      expect((await callApi(server.it, access)).status).toBe(429);
      expect((await callApi(server.it, await newClient())).status).toBe(200);
      await setQuota(null);
      const served = await callApi(server.it, access);
      expect([served.status, served.headers.get('ratelimit-policy')]).toEqual([
        200,
        expect.stringContaining(`"cost";q=${USUAL};`),
      ]);
    });

    test('a mutation that it cannot pay is not begun; one that was saved is shown, on credit where need be', async () => {
      await setQuota(60);
      aMinuteLater();
      const update = (note: string) =>
        `mutation { updateProduct(id: 1, note: "${note}") { id name ProductClasses { id } } }`;
      const first = await callApi(server.it, access, update('first'));
      expect(await first.json()).toMatchObject({
        data: { updateProduct: { id: '1' } },
        extensions: { cost: { actualQueryCost: expect.any(Number) } },
      });
      let answer = first;
      while (left(answer) >= 10) answer = await callApi(server.it, access, '{ __typename }');
      const refused = await callApi(server.it, access, update('second'));
      expect([refused.status, await refused.json()]).toMatchObject([
        429,
        { data: null, errors: [{ extensions: { code: 'THROTTLED' } }] },
      ]);
      const { store } = server.it.services;
      const { note } = await store.db
        .withTables<{ dtb_product: { id: number; note: string } }>()
        .selectFrom('dtb_product')
        .select('note')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      expect(note).toBe('first');
    });
  });

  test('/token tells how many failures are left', async () => {
    const ask = () =>
      fetch(`${server.it.url}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' }),
      });
    const leftOf = (response: Response) =>
      Number(/^"failures";r=(\d+);t=\d+$/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    const first = await ask();
    expect(first.headers.get('ratelimit-policy')).toBe('"failures";q=1000000;w=60');
    expect(leftOf(await ask())).toBe(leftOf(first) - 1);
  });

  test('/api/changes tells how many requests are left', async () => {
    const listening = new AbortController();
    const response = await fetch(`${server.it.url}/api/changes`, {
      headers: { authorization: `Bearer ${await newClient()}` },
      signal: listening.signal,
    });
    expect(response.headers.get('ratelimit')).toMatch(/^"requests";r=599999;t=\d+$/);
    expect(response.headers.get('content-encoding')).toBeNull();
    listening.abort();
  });
});
