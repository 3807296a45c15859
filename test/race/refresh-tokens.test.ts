/** Many refreshes with one token at the same moment, on every database. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { atOnce, isAlive, newTokens, refresh, tokensOf } from '../support/oauth-walks.ts';

const RIVALS = 50;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
  });

  const refreshAtOnce = (token: string) => atOnce(server.it, RIVALS, () => refresh(server.it, client, token));

  describe('one refresh token, fifty refreshes at once', () => {
    test('ADV-02, BCP-25: every answer is usable and the family stays one line', async () => {
      const first = await newTokens(server.it, browser, client);
      const answers = (await refreshAtOnce(first.refresh)).map(tokensOf);
      expect(new Set(answers.map(({ refresh }) => refresh)).size).toBe(1);
      expect(new Set(answers.map(({ access }) => access)).size).toBe(RIVALS);
      for (const { access } of answers) expect(await isAlive(server.it, access)).toBe(true);
      // The one successor goes on; the family was not ended by its own retries.
      const next = tokensOf(await refresh(server.it, client, answers[0]!.refresh));
      expect(await isAlive(server.it, next.access)).toBe(true);
    });

    test('ADV-02, BCP-26: with a token of an earlier generation, nobody gets anything', async () => {
      const first = await newTokens(server.it, browser, client);
      const second = tokensOf(await refresh(server.it, client, first.refresh));
      const third = tokensOf(await refresh(server.it, client, second.refresh));
      const answers = await refreshAtOnce(first.refresh);
      expect(new Set(answers.map(({ body }) => body.error))).toEqual(new Set(['invalid_grant']));
      expect(await isAlive(server.it, third.access)).toBe(false);
      expect((await refresh(server.it, client, third.refresh)).body.error).toBe('invalid_grant');
    });
  });
});
