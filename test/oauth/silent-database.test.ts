/** A database that has gone silent: the token endpoint says so long before the retry of a refresh is no longer answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROTATION_GRACE_SECONDS } from '../../src/oauth/rules/grant-refresh.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { newTokens, refresh, type TokenAnswer, tokensOf } from '../support/oauth-walks.ts';
import { type SilentNetwork, silentNetwork } from '../support/silent-network.ts';

const PATIENCE_MS = 500;
const POOL_SIZE = 4;

eachDatabase((db) => {
  if (db.name === 'sqlite') {
    test('a file has no network', () => expect(db.url).toMatch(/^sqlite:/));
    return;
  }
  let network: SilentNetwork;
  beforeAll(async () => {
    network = await silentNetwork(db.url, 0);
  });
  const way = {
    get url() {
      return network.url;
    },
  };
  const server = useOAuthServer(way, { TEGATA_DATABASE_POOL: String(POOL_SIZE) });
  let client: TestClient;
  let token: string;
  beforeAll(async () => {
    client = await server.it.client();
    token = (await newTokens(server.it, await loggedIn(server.it), client)).refresh;
  });

  // Runs before the server ends, which then waits for no dead connection.
  afterAll(() => network?.stop());

  const expectAway = ({ status, body, headers }: TokenAnswer): void => {
    expect([status, body.error]).toEqual([503, 'temporarily_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  };
  /** Connections from before are dead: each costs one more try, and then the pool opens another. */
  async function untilAnswered(presented: string): Promise<TokenAnswer> {
    for (let attempt = 0; attempt < POOL_SIZE; attempt += 1) {
      const answer = await refresh(server.it, client, presented);
      if (answer.status !== 503) return answer;
    }
    return refresh(server.it, client, presented);
  }

  test('both waits together are a small part of the time in which a retry is answered', () => {
    const { patienceMs } = server.it.services.token;
    expect(2 * patienceMs).toBeLessThanOrEqual((ROTATION_GRACE_SECONDS * 1000) / 4);
    Object.assign(server.it.services.token, { patienceMs: PATIENCE_MS });
  });

  test('silent in the middle: 503, and the retry gets the successor', async () => {
    network.loseAnswerTo('begin');
    expectAway(await refresh(server.it, client, token));
    network.heal();
    token = tokensOf(await untilAnswered(token)).refresh;
  });

  test('silent at the commit: 503, and the retry gets the very successor that was committed', async () => {
    network.loseAnswerTo('commit');
    expectAway(await refresh(server.it, client, token));
    network.heal();
    const first = tokensOf(await untilAnswered(token)).refresh;
    const again = tokensOf(await untilAnswered(token)).refresh;
    expect(again).toBe(first);
    expect(tokensOf(await untilAnswered(first)).refresh).not.toBe(first);
  });
});
