/** Grant type `refresh_token`: rotation, reuse, the grace for a lost answer, and everything that ends a grant. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changeClient, endGrant, switchClient } from '../../src/oauth/clients.ts';
import { grantOfJti } from '../../src/oauth/rules/claims.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { setMemberPassword } from '../../src/staff/members.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  expectRefusal,
  isAlive,
  makePkce,
  newCode,
  newTokens,
  postToken,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';

const GRACE_SECONDS = 60;
const MONTH = 30 * 24 * 3600;
const NOBODY = { loginId: null, clientIp: null, requestId: null };

const claimsOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    other = await server.it.client({ name: '別のアプリ' });
  });

  const tokens = (extra = {}) => newTokens(server.it, browser, client, extra);
  const again = async (token: string) => tokensOf(await refresh(server.it, client, token));
  const isRefused = async (token: string) =>
    expectRefusal(await refresh(server.it, client, token), 'invalid_grant');

  describe('rotation', () => {
    test('BCP-25: each use brings another refresh token, and the new access token counts', async () => {
      const first = await tokens();
      const second = await again(first.refresh);
      expect(second.refresh).not.toBe(first.refresh);
      expect(second.access).not.toBe(first.access);
      expect(second.scope).toBe(first.scope);
      expect(await isAlive(server.it, second.access)).toBe(true);
    });

    test('BCP-25: the refresh tokens of a public client rotate as well', async () => {
      const app = await server.it.client({ isPublic: true });
      const pkce = makePkce();
      const code = await newCode(browser, app, pkce.challenge);
      const first = tokensOf(await redeem(server.it, app, code, { code_verifier: pkce.verifier }));
      const second = tokensOf(await refresh(server.it, app, first.refresh));
      expect(second.refresh).not.toBe(first.refresh);
      server.it.clock.advance(GRACE_SECONDS + 1);
      expectRefusal(await refresh(server.it, app, first.refresh), 'invalid_grant');
      expectRefusal(await refresh(server.it, app, second.refresh), 'invalid_grant');
      expect(await isAlive(server.it, second.access)).toBe(false);
    });

    test('a lost answer: the same token within the grace gets the same successor', async () => {
      const first = await tokens();
      const second = await again(first.refresh);
      server.it.clock.advance(GRACE_SECONDS);
      const retried = await again(first.refresh);
      expect(retried.refresh).toBe(second.refresh);
      expect(await isAlive(server.it, second.access)).toBe(true);
      expect(await isAlive(server.it, retried.access)).toBe(true);
    });

    test('BCP-26: reuse after the grace ends the whole grant, the live token included, and no other grant', async () => {
      const first = await tokens();
      const neighbour = await tokens();
      const elsewhere = await newTokens(server.it, browser, other);
      const second = await again(first.refresh);
      server.it.clock.advance(GRACE_SECONDS + 1);
      await isRefused(first.refresh);
      await isRefused(second.refresh);
      expect(await isAlive(server.it, first.access)).toBe(false);
      expect(await isAlive(server.it, second.access)).toBe(false);
      expect(await isAlive(server.it, neighbour.access)).toBe(true);
      expect(await isAlive(server.it, elsewhere.access)).toBe(true);
      expect((await again(neighbour.refresh)).refresh).not.toBe('');
    });

    test('BCP-26: reuse within the grace, but after the successor was used, ends the grant', async () => {
      const first = await tokens();
      const second = await again(first.refresh);
      const third = await again(second.refresh);
      await isRefused(first.refresh);
      await isRefused(third.refresh);
      expect(await isAlive(server.it, third.access)).toBe(false);
    });

    test('ADV-16: the grace is for the last generation only', async () => {
      const first = await tokens();
      const second = await again(first.refresh);
      const third = await again(second.refresh);
      const fourth = await again(third.refresh);
      await isRefused(second.refresh);
      await isRefused(fourth.refresh);
    });

    test('ADV-15: the grace revives no revoked grant', async () => {
      const first = await tokens();
      const second = await again(first.refresh);
      const grant = grantOfJti(String(claimsOf(first.access).jti)) ?? '';
      expect(await endGrant(server.it.services.clients, client.clientId, grant, NOBODY)).toBe(true);
      await isRefused(first.refresh);
      await isRefused(second.refresh);
      expect(await isAlive(server.it, second.access)).toBe(false);
    });
  });

  describe('whose it is', () => {
    test('BCP-31: another client gets nothing, and the token stays good for its owner', async () => {
      const first = await tokens();
      expectRefusal(await refresh(server.it, other, first.refresh), 'invalid_grant');
      expect(await isAlive(server.it, (await again(first.refresh)).access)).toBe(true);
    });

    test('ADV-03, BCP-31: without the secret, or with a wrong one, nothing is refreshed', async () => {
      const { refresh: token } = await tokens();
      const named = { grant_type: 'refresh_token', refresh_token: token, client_id: client.clientId };
      expectRefusal(await postToken(server.it, named), 'invalid_client', 401);
      const wrong = { ...named, client_secret: other.secret };
      expectRefusal(await postToken(server.it, wrong), 'invalid_client', 401);
      expectRefusal(await postToken(server.it, { ...named, client_secret: '' }), 'invalid_client', 401);
      expect((await again(token)).scope).toBe('read write');
    });
  });

  describe('scope', () => {
    test('BCP-27: a refresh may narrow the scope, and the grant keeps what was approved', async () => {
      const first = await tokens();
      const narrow = tokensOf(await refresh(server.it, client, first.refresh, { scope: 'read' }));
      expect(narrow.scope).toBe('read');
      expect(claimsOf(narrow.access)).toMatchObject({ scope: 'read', scopes: ['read'] });
      expect((await again(narrow.refresh)).scope).toBe('read write');
    });

    test.each(['write', 'admin', 'read admin', 'read "'])(
      'BCP-27: what was approved as read is never widened to %j, and the token is not spent by it',
      async (scope) => {
        const first = await tokens({ scope: 'read' });
        expectRefusal(await refresh(server.it, client, first.refresh, { scope }), 'invalid_scope');
        expect((await again(first.refresh)).scope).toBe('read');
      },
    );

    test.each(['read write', 'read write read:orders', ' read  write '])(
      'BCP-27: %j, asked for again as at first, brings what was approved: read, and no more',
      async (scope) => {
        const first = await tokens({ scope: 'read' });
        const next = tokensOf(await refresh(server.it, client, first.refresh, { scope }));
        expect(next.scope.split(' ')).not.toContain('write');
        expect(next.scope).toBe(scope.includes('read:orders') ? 'read read:orders' : 'read');
        expect((await again(next.refresh)).scope).toBe('read');
      },
    );

    test('BCP-27: a scope that the client has lost meanwhile is lost in its grants', async () => {
      const mine = await server.it.client();
      const first = await newTokens(server.it, browser, mine);
      const stored = await findClient(server.it.services.store.db, mine.clientId);
      const narrowed = { ...stored!, scopes: ['read'] };
      expect(await changeClient(server.it.services.clients, mine.clientId, narrowed, NOBODY)).toBe(true);
      expect(tokensOf(await refresh(server.it, mine, first.refresh)).scope).toBe('read');
    });
  });

  describe('which clients may refresh', () => {
    test('BCP-28: a client without the grant gets no refresh token and cannot use one', async () => {
      const once = await server.it.client({ grantTypes: ['authorization_code'] });
      const answer = await redeem(server.it, once, await newCode(browser, once));
      expect(answer.body).not.toHaveProperty('refresh_token');
      expectRefusal(await refresh(server.it, once, 'x'.repeat(43)), 'unauthorized_client');
    });

    test('BCP-28: a client that loses the grant cannot go on refreshing', async () => {
      const mine = await server.it.client();
      const first = await newTokens(server.it, browser, mine);
      const stored = await findClient(server.it.services.store.db, mine.clientId);
      const once = { ...stored!, grantTypes: ['authorization_code'] };
      await changeClient(server.it.services.clients, mine.clientId, once, NOBODY);
      expectRefusal(await refresh(server.it, mine, first.refresh), 'unauthorized_client');
    });
  });

  describe('what ends it', () => {
    test('BCP-30: an unused refresh token expires; a used one starts anew', async () => {
      const first = await tokens();
      const idle = await tokens();
      server.it.clock.advance(MONTH - 60);
      const second = await again(first.refresh);
      server.it.clock.advance(120);
      await isRefused(idle.refresh);
      expect((await again(second.refresh)).refresh).not.toBe('');
      // Half a month and the browser has to log in again.
      browser = await loggedIn(server.it);
    });

    test('BCP-30: a changed password ends the grants that the member gave', async () => {
      await server.it.member('kawaru', 0);
      const theirs = await newTokens(server.it, await loggedIn(server.it, 'kawaru'), client);
      const mine = await tokens();
      const changed = await setMemberPassword(server.it.services.identity, 'kawaru', 'atarashii-kagi-77');
      expect(changed).toMatchObject({ kind: 'changed', grantsRevoked: 1 });
      await isRefused(theirs.refresh);
      expect(await isAlive(server.it, theirs.access)).toBe(false);
      expect(await isAlive(server.it, mine.access)).toBe(true);
    });

    test('ADV-11: a member who is 非稼働 has no tokens, wherever that was decided', async () => {
      await server.it.member('yasumu', 0);
      const members = await loggedIn(server.it, 'yasumu');
      const theirs = await newTokens(server.it, members, client);
      const code = await newCode(members, client);
      await server.it.setWorking('yasumu', false);
      expect(await isAlive(server.it, theirs.access)).toBe(false);
      await isRefused(theirs.refresh);
      expectRefusal(await redeem(server.it, client, code), 'invalid_grant');
    });

    test('ADV-11: a deactivated client has no tokens', async () => {
      const mine = await server.it.client();
      const first = await newTokens(server.it, browser, mine);
      const code = await newCode(browser, mine);
      await switchClient(server.it.services.clients, mine.clientId, false, NOBODY);
      expect(await isAlive(server.it, first.access)).toBe(false);
      expectRefusal(await refresh(server.it, mine, first.refresh), 'invalid_client', 401);
      expectRefusal(await redeem(server.it, mine, code), 'invalid_client', 401);
    });
  });

  test.each(['', 'x', 'a'.repeat(43), '%', `${ADMIN.loginId}:x`])(
    'no refresh token at all: %j',
    async (token) => {
      const answer = await refresh(server.it, client, token);
      expectRefusal(answer, token === '' ? 'invalid_request' : 'invalid_grant');
    },
  );
});
