/** A database that has gone silent: the token endpoint says so long before the retry of a refresh is no longer answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROTATION_GRACE_SECONDS } from '../../src/oauth/rules/grant-refresh.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { makePkce, newCode, redeem, refresh, type TokenAnswer, tokensOf } from '../support/oauth-walks.ts';
import { type SilentNetwork, silentNetwork } from '../support/silent-network.ts';

const PATIENCE_MS = 500;
const POOL_SIZE = 4;
const STATEMENT_MS = 30_000; // when the driver gives up by itself

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
  let browser: HttpBrowser;
  let client: TestClient;
  let token: string;
  beforeAll(async () => {
    client = await server.it.client();
    browser = await loggedIn(server.it);
    const { verifier, challenge } = makePkce();
    const code = await newCode(browser, client, challenge);
    token = tokensOf(await redeem(server.it, client, code, { code_verifier: verifier })).refresh;
  });

  // Runs before the server ends, which then waits for no dead connection.
  afterAll(() => network?.stop());

  const expectAway = ({ status, body, headers }: TokenAnswer): void => {
    expect([status, body.error]).toEqual([503, 'temporarily_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  };
  /** Connections from before are dead: each costs one more try, and then the pool opens another. */
  async function untilAnswered(ask: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
    for (let attempt = 0; attempt < POOL_SIZE; attempt += 1) {
      const answer = await ask();
      if (answer.status !== 503) return answer;
    }
    return ask();
  }
  const refreshed = (presented: string) => untilAnswered(() => refresh(server.it, client, presented));

  test('both waits together are a small part of the time in which a retry is answered', () => {
    const { patienceMs } = server.it.services.token;
    expect(2 * patienceMs).toBeLessThanOrEqual((ROTATION_GRACE_SECONDS * 1000) / 4);
    Object.assign(server.it.services.token, { patienceMs: PATIENCE_MS });
  });

  test('silent while a code without PKCE is noted: 503, and the retry finds its code unspent', async () => {
    const code = await newCode(browser, client);
    network.loseAnswerTo(db.name === 'postgres' ? 'set "without_pkce_at"' : 'set `without_pkce_at`');
    expectAway(await redeem(server.it, client, code));
    network.heal();
    tokensOf(await untilAnswered(() => redeem(server.it, client, code)));
  });

  test('silent in the middle: 503, and the retry gets the successor', async () => {
    network.loseAnswerTo('begin');
    expectAway(await refresh(server.it, client, token));
    network.heal();
    token = tokensOf(await refreshed(token)).refresh;
  });

  test('silent at the commit: 503, and the retry gets the very successor that was committed', async () => {
    network.loseAnswerTo('commit');
    expectAway(await refresh(server.it, client, token));
    network.heal();
    const first = tokensOf(await refreshed(token)).refresh;
    const again = tokensOf(await refreshed(token)).refresh;
    expect(again).toBe(first);
    expect(tokensOf(await refreshed(first)).refresh).not.toBe(first);
  });

  test(
    'silent altogether: pages of the admin say so as soon, whoever asks',
    async () => {
      network.silence();
      server.it.clock.advance(61); // what is known of the shop's name is old
      const answers = await Promise.all([browser.get('/admin'), newBrowser(server.it).get('/admin/login')]);
      expect(answers.map(({ status }) => status)).toEqual([503, 503]);
      for (const { headers } of answers) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      network.heal();
    },
    STATEMENT_MS,
  );
});
