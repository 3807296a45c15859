/** Many redemptions of one code at the same moment, on every database. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { atOnce, isAlive, newCode, newTokens, redeem, refresh, tokensOf } from '../support/oauth-walks.ts';

const RIVALS = 50;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
  });

  describe('one code, fifty redemptions at once', () => {
    test('BCP-20, BCP-21, ADV-01: exactly one wins, and the replay ends all that it won', async () => {
      const code = await newCode(browser, client);
      const bystander = await newTokens(server.it, browser, client);
      const answers = await atOnce(server.it, RIVALS, () => redeem(server.it, client, code));
      const won = answers.filter(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(RIVALS - 1).fill(400)]);
      const errors = answers.filter(({ status }) => status === 400).map(({ body }) => body.error);
      expect(new Set(errors)).toEqual(new Set(['invalid_grant']));
      // The rule: a code seen twice may have been stolen, and nobody can tell who came first.
      const tokens = tokensOf(won[0]!);
      expect(await isAlive(server.it, tokens.access)).toBe(false);
      expect((await refresh(server.it, client, tokens.refresh)).body.error).toBe('invalid_grant');
      expect(await isAlive(server.it, bystander.access)).toBe(true);
    });
  });
});
