/** How long things live: by the installation, and by the client where it has its own. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  callApi,
  expectRefusal,
  newCode,
  newTokens,
  redeem,
  refresh,
  type Tokens,
  tokensOf,
} from '../support/oauth-walks.ts';
import { askAsItself, claimsOf, introspected } from './support/asking.ts';
import { machine, policyClient, resettle } from './support/policy-client.ts';

const DAY = 86_400;
const MAX_CODE_SECONDS = 600;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });
  /** The session of the browser before has ended when days have passed. */
  const later = async (seconds: number) => {
    server.it.clock.advance(seconds);
    browser = await loggedIn(server.it);
  };
  const again = async (client: TestClient, { refresh: token }: Tokens) =>
    tokensOf(await refresh(server.it, client, token));

  test('ASVS-10.4.3: a code lives ten minutes, and nobody can configure more', async () => {
    const client = await server.it.client();
    const code = await newCode(browser, client);
    server.it.clock.advance(MAX_CODE_SECONDS);
    expectRefusal(await redeem(server.it, client, code), 'invalid_grant');
    expect(() => parseConfig({ TEGATA_CODE_TTL: String(MAX_CODE_SECONDS + 1) })).toThrow('TEGATA_CODE_TTL');
  });

  describe('an access token', () => {
    test.each([60, 300, DAY])('lives %i seconds when its client says so', async (seconds) => {
      const client = await machine(server.it, { policies: { accessSeconds: String(seconds) } });
      const answer = await askAsItself(server.it, client);
      const { access } = tokensOf(answer);
      expect(answer.body.expires_in).toBe(seconds);
      const { iat, exp } = claimsOf(access);
      expect(Number(exp) - Number(iat)).toBe(seconds);
      server.it.clock.advance(seconds - 1);
      expect((await callApi(server.it, access)).status).toBe(200);
      server.it.clock.advance(1);
      expect((await callApi(server.it, access)).status).toBe(401);
      browser = await loggedIn(server.it);
    });

    test.each(['59', '86401', '-1', '1e3', '0', 'x'])('cannot be told to live %j', async (accessSeconds) => {
      await expect(machine(server.it, { policies: { accessSeconds } })).rejects.toThrow('notInRange');
    });
  });

  describe('a refresh token', () => {
    test('unused, it ends after its client’s idle time', async () => {
      const client = await policyClient(server.it, { policies: { refreshIdleSeconds: String(DAY) } });
      const first = await newTokens(server.it, browser, client);
      server.it.clock.advance(DAY - 1);
      const second = await again(client, first);
      server.it.clock.advance(DAY);
      expectRefusal(await refresh(server.it, client, second.refresh), 'invalid_grant');
      browser = await loggedIn(server.it);
    });

    test('ASVS-10.4.8: however often it is used, the family ends at a fixed time', async () => {
      const policies = { refreshIdleSeconds: String(DAY), refreshAbsoluteSeconds: String(3 * DAY) };
      const client = await policyClient(server.it, { policies });
      let tokens = await newTokens(server.it, browser, client);
      const began = server.it.clock.now();
      for (let half = 1; half < 6; half++) {
        server.it.clock.advance(DAY / 2);
        tokens = await again(client, tokens);
      }
      expect((await introspected(server.it, client, tokens.refresh)).exp).toBe(began + 3 * DAY);
      server.it.clock.advance(DAY / 2 - 1);
      tokens = await again(client, tokens);
      // The access token of the last refresh ends with it.
      expect((await introspected(server.it, client, tokens.access)).exp).toBe(began + 3 * DAY);
      server.it.clock.advance(1);
      expectRefusal(await refresh(server.it, client, tokens.refresh), 'invalid_grant');
      browser = await loggedIn(server.it);
    });

    test('ASVS-10.4.8: without a wish of the client, the installation’s end holds', async () => {
      const client = await server.it.client();
      let tokens = await newTokens(server.it, browser, client);
      const { refreshSeconds, refreshAbsoluteSeconds } = server.it.services.token.lifetimes;
      expect(refreshAbsoluteSeconds).toBeGreaterThan(refreshSeconds);
      const end = server.it.clock.now() + refreshAbsoluteSeconds;
      while (server.it.clock.now() + refreshSeconds - 1 < end) {
        server.it.clock.advance(refreshSeconds - 1);
        tokens = await again(client, tokens);
      }
      server.it.clock.advance(end - server.it.clock.now());
      expectRefusal(await refresh(server.it, client, tokens.refresh), 'invalid_grant');
      browser = await loggedIn(server.it);
    });

    test('a client told to have less counts it from the next refresh; the end stays as it was approved', async () => {
      const client = await policyClient(server.it, { policies: { refreshAbsoluteSeconds: String(3 * DAY) } });
      const first = await newTokens(server.it, browser, client);
      await resettle(server.it, client, { policies: { refreshIdleSeconds: '60', accessSeconds: '60' } });
      const second = await again(client, first);
      expect((await introspected(server.it, client, second.refresh)).exp).toBe(server.it.clock.now() + 60);
      await later(60);
      expectRefusal(await refresh(server.it, client, second.refresh), 'invalid_grant');
    });
  });
});
