/** A token counts as it was issued and for what stands behind it now: a signature alone, even by our own key, opens nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signJwt } from '../../src/oauth/keys/jwt.ts';
import { currentKey } from '../../src/oauth/keys/keyring.ts';
import { makeJti } from '../../src/oauth/rules/claims.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  callApi,
  credentials,
  expectRefusal,
  isAlive,
  newCode,
  newTokens,
  postToken,
  redeem,
  refresh,
  type Tokens,
} from '../support/oauth-walks.ts';
import { staffTables } from '../support/staff.ts';
import { claimsOf, headerOf, introspected, ownToken, revoke } from './support/asking.ts';
import { machine, policyClient, resettle } from './support/policy-client.ts';
import { type Node, secondNode } from './support/second-node.ts';

const INACTIVE = { active: false };
const YEAR = 366 * 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let judge: TestClient;
  let tokens: Tokens;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    judge = await machine(server.it, { policies: { resourceServer: true } });
    tokens = await newTokens(server.it, browser, client, { scope: 'read' });
  });

  const signed = (changes: Record<string, unknown>, token = tokens.access) =>
    signJwt(currentKey(server.it.services.keyFiles.keys()), 'JWT', { ...claimsOf(token), ...changes });
  const grantOf = (token: string) => String(claimsOf(token).jti).slice(0, 32);

  describe('well signed by the stolen key, below a live grant', () => {
    const refuses = (title: string, forge: () => Promise<string>) =>
      test(title, async () => {
        // What is remembered of the good token must not help another with its id.
        expect((await callApi(server.it, tokens.access)).status).toBe(200);
        const forged = await forge();
        expect((await callApi(server.it, forged)).status).toBe(401);
        expect((await callApi(server.it, tokens.access)).status).toBe(200);
        expect(await introspected(server.it, judge, forged)).toEqual(INACTIVE);
        expect((await introspected(server.it, judge, tokens.access)).active).toBe(true);
      });
    refuses('an id that was never issued', () => signed({ jti: makeJti(grantOf(tokens.access), 0) }));
    refuses('more scope', () => signed({ scope: 'read write', scopes: ['read', 'write'] }));
    refuses('another scope', () => signed({ scope: 'write', scopes: ['write'] }));
    refuses('an end ten years ahead', () => signed({ exp: server.it.clock.now() + 10 * YEAR }));
    refuses('an end one second later', () => signed({ exp: Number(claimsOf(tokens.access).exp) + 1 }));
    refuses('the id of a token that was cleared away', async () => {
      const other = await newTokens(server.it, browser, client, { scope: 'read' });
      await server.it.services.store.db
        .deleteFrom('tegata_access_token')
        .where('jti', '=', String(claimsOf(other.access).jti))
        .execute();
      return other.access;
    });
  });

  describe('scopes that the client has lost', () => {
    test('end its tokens that hold them; the next ones hold what is left', async () => {
      const mine = await policyClient(server.it, {});
      const wide = await newTokens(server.it, browser, mine);
      const narrow = await newTokens(server.it, browser, mine, { scope: 'read' });
      const part = await newTokens(server.it, browser, mine, { scope: 'read:products' });
      expect(await isAlive(server.it, wide.access)).toBe(true);
      await resettle(server.it, mine, { scopes: ['read'] });
      expect(await isAlive(server.it, wide.access)).toBe(false);
      expect(await introspected(server.it, judge, wide.access)).toEqual(INACTIVE);
      for (const token of [narrow.access, part.access]) {
        expect(await isAlive(server.it, token)).toBe(true);
        expect((await introspected(server.it, judge, token)).active).toBe(true);
      }
      expect(await introspected(server.it, judge, wide.refresh)).toMatchObject({ scope: 'read' });
      const next = await refresh(server.it, mine, wide.refresh);
      expect(next.body.scope).toBe('read');
      expect(await isAlive(server.it, String(next.body.access_token))).toBe(true);
    });

    test('and those of a client that acts as itself', async () => {
      const own = await machine(server.it, { scopes: ['read', 'write'] });
      const token = await ownToken(server.it, own);
      await resettle(server.it, own, {
        grantTypes: ['client_credentials'],
        redirectUris: [],
        scopes: ['read'],
      });
      expect(await isAlive(server.it, token)).toBe(false);
      expect(await introspected(server.it, own, token)).toEqual(INACTIVE);
      expect(await isAlive(server.it, await ownToken(server.it, own))).toBe(true);
    });
  });

  test('a member who may no longer approve: no code, no refresh, no token', async () => {
    const setAuthority = (authority_id: number) =>
      staffTables(server.it.services.store)
        .updateTable('dtb_member')
        .set({ authority_id })
        .where('login_id', '=', ADMIN.loginId)
        .execute();
    const pair = await newTokens(server.it, browser, client);
    const code = await newCode(browser, client);
    expect(await isAlive(server.it, pair.access)).toBe(true);
    await setAuthority(1);
    try {
      expect(await isAlive(server.it, pair.access)).toBe(false);
      for (const token of [pair.access, pair.refresh])
        expect(await introspected(server.it, judge, token)).toEqual(INACTIVE);
      expectRefusal(await refresh(server.it, client, pair.refresh), 'invalid_grant');
      expectRefusal(await redeem(server.it, client, code), 'invalid_grant');
    } finally {
      await setAuthority(0);
    }
  });

  describe('a stolen key is taken away', () => {
    let node: Node;
    beforeAll(async () => {
      node = await secondNode(server.it);
    });
    // Closed as soon as may be: two nodes in one process wait for each other's writes on SQLite.
    afterAll(() => node?.close());
    const remove = (kid: string) =>
      server.it.services.keyFiles.remove(
        kid,
        server.it.clock.now(),
        async (takeAway) => void (await takeAway()),
      );
    const states = () => server.it.services.keyFiles.keys().map(({ state }) => state);

    test('while it signs: what it signed ends at once, everywhere, also where it is remembered', async () => {
      const own = await machine(server.it);
      const token = await ownToken(server.it, own);
      expect([(await callApi(server.it, token)).status, await node.api(token)]).toEqual([200, 200]);
      expect(await remove(String(headerOf(token).kid))).toBe(true);
      expect([(await callApi(server.it, token)).status, await node.api(token)]).toEqual([401, 401]);
      expect(await introspected(server.it, own, token)).toEqual(INACTIVE);
      const next = await ownToken(server.it, own);
      expect([(await callApi(server.it, next)).status, await node.api(next)]).toEqual([200, 200]);
      expect(states().sort()).toEqual(['current', 'next']);
      expect(await node.keyIds()).not.toContain(headerOf(token).kid);
    });

    test('while it waits, and when it is old; the signing key stays', async () => {
      const {
        keyFiles,
        keyFiles: { keys },
      } = server.it.services;
      const kidOf = (state: string) => keys().find((key) => key.state === state)?.kid ?? '';
      const [current, next] = [kidOf('current'), kidOf('next')];
      expect(await remove(next)).toBe(true);
      expect(kidOf('current')).toBe(current);
      expect(kidOf('next')).not.toBe(next);
      await keyFiles.rotate('ES256', server.it.clock.now());
      expect(await remove(current)).toBe(true);
      expect(keys().map(({ kid }) => kid)).not.toContain(current);
      expect(states().sort()).toEqual(['current', 'next']);
      expect(await remove('../master')).toBe(false);
    });
  });

  describe('clocks that differ a little', () => {
    /** A token made on a node whose clock is ahead by so much. */
    const ahead = async <T>(seconds: number, make: () => Promise<T>): Promise<T> => {
      server.it.clock.advance(seconds);
      try {
        return await make();
      } finally {
        server.it.clock.advance(-seconds);
      }
    };

    test.each([1, 10])('by %i seconds: what one node issues, the other takes', async (seconds) => {
      const pair = await ahead(seconds, () => newTokens(server.it, browser, client));
      expect((await callApi(server.it, pair.access)).status).toBe(200);
      expect((await introspected(server.it, judge, pair.access)).active).toBe(true);
      expect((await refresh(server.it, client, pair.refresh)).status).toBe(200);
      const code = await ahead(seconds, () => newCode(browser, client));
      expect((await redeem(server.it, client, code)).status).toBe(200);
      const rotated = await ahead(seconds, () => newTokens(server.it, browser, client));
      await ahead(seconds, () => refresh(server.it, client, rotated.refresh));
      expect((await refresh(server.it, client, rotated.refresh)).status).toBe(200);
    });

    test.each(['nbf', 'iat'])('by more than a minute: %s is refused', async (claim) => {
      const pair = await newTokens(server.it, browser, client);
      const early = await signed({ [claim]: server.it.clock.now() + 61 }, pair.access);
      expect((await callApi(server.it, early)).status).toBe(401);
      expect(await introspected(server.it, judge, early)).toEqual(INACTIVE);
    });
  });

  describe('/revoke does not ask whether a token has expired', () => {
    test('an expired access token ends its refresh token', async () => {
      const pair = await newTokens(server.it, browser, client);
      server.it.clock.advance(3601);
      expect((await revoke(server.it, credentials(client), pair.access)).status).toBe(200);
      expectRefusal(await refresh(server.it, client, pair.refresh), 'invalid_grant');
      browser = await loggedIn(server.it);
    });

    test('nor whether it counts yet', async () => {
      const pair = await newTokens(server.it, browser, client);
      const early = await signed({ nbf: server.it.clock.now() + 600 }, pair.access);
      expect((await revoke(server.it, credentials(client), early)).status).toBe(200);
      expectRefusal(await refresh(server.it, client, pair.refresh), 'invalid_grant');
    });

    test('but still whose it is', async () => {
      const pair = await newTokens(server.it, browser, client);
      server.it.clock.advance(3601);
      const stranger = await server.it.client();
      expect((await revoke(server.it, credentials(stranger), pair.access)).status).toBe(400);
      expect((await refresh(server.it, client, pair.refresh)).status).toBe(200);
      browser = await loggedIn(server.it);
    });
  });

  test('a token of a client that acts as itself still ends alone', async () => {
    const own = await machine(server.it);
    const asked = { grant_type: 'client_credentials', ...credentials(own) };
    const [first, second] = [await postToken(server.it, asked), await postToken(server.it, asked)];
    server.it.clock.advance(3599);
    expect((await revoke(server.it, credentials(own), String(first.body.access_token))).status).toBe(200);
    expect((await callApi(server.it, String(second.body.access_token))).status).toBe(200);
  });
});
