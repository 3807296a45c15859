/** Grant type `authorization_code`: what a code is bound to, how it ends, and what a replay ends with it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import { endGrantsOfClient } from '../../src/oauth/clients.ts';
import { revokeGrantsOfMember } from '../../src/staff/store/members.ts';
import { eachDatabase } from '../support/databases.ts';
import { answerOf, type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  authorizePath,
  basic,
  credentials,
  expectRefusal,
  isAlive,
  makePkce,
  newCode,
  postToken,
  redeem,
  refresh,
  type TokenAnswer,
  tokensOf,
} from '../support/oauth-walks.ts';
import { NOBODY } from './support/policy-client.ts';

const CODE_SECONDS = 600;

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

  const code = (extra = {}) => newCode(browser, client, extra);

  /** One line an attack: how a fresh code is redeemed, and that it brings `invalid_grant`. */
  const refuses = (
    title: string,
    attempt: (fresh: string) => Promise<TokenAnswer>,
    error = 'invalid_grant',
  ) => test(title, async () => expectRefusal(await attempt(await code()), error));

  describe('the good answer', () => {
    test('RFC 6749 §5.1, as EC-CUBE clients know it', async () => {
      const answer = await redeem(server.it, client, await code());
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body)).toEqual([
        'token_type',
        'expires_in',
        'access_token',
        'refresh_token',
        'scope',
      ]);
      expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'read write' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    });

    test('the access token bears the claims of the contract', async () => {
      const before = server.it.clock.now();
      const { access } = tokensOf(await redeem(server.it, client, await code({ scope: 'read' })));
      const [header, claims] = access
        .split('.')
        .slice(0, 2)
        .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
      expect(header).toEqual({ typ: 'JWT', alg: 'RS256', kid: expect.any(String) });
      expect(claims).toEqual({
        aud: client.clientId,
        jti: expect.stringMatching(/^[0-9a-f]{80}$/),
        iat: before,
        nbf: before,
        exp: before + 3600,
        sub: ADMIN.loginId,
        scopes: ['read'],
        iss: server.it.issuer,
        client_id: client.clientId,
        scope: 'read',
      });
    });
  });

  describe('BCP-22: a code is bound to client, redirect URI and time', () => {
    refuses('another redirect URI', (fresh) =>
      redeem(server.it, client, fresh, { redirect_uri: `${CALLBACK}/` }),
    );
    refuses('the redirect URI left out, though the request named it', (fresh) =>
      postToken(server.it, { grant_type: 'authorization_code', code: fresh, ...credentials(client) }),
    );
    refuses('a code nobody issued', () => redeem(server.it, client, 'A'.repeat(43)));
    refuses('a code with something behind it', (fresh) => redeem(server.it, client, `${fresh}x`));
    refuses('no code', () => redeem(server.it, client, ''), 'invalid_request');

    test('the redirect URI may be left out when the request left it out too', async () => {
      const fresh = await newCode(browser, client, {}, ['redirect_uri']);
      const answer = await postToken(server.it, {
        grant_type: 'authorization_code',
        code: fresh,
        ...credentials(client),
      });
      expect(tokensOf(answer).scope).toBe('read write');
    });

    test('BCP-22, ADV-08: another client gets nothing, and the code stays good for its owner', async () => {
      const fresh = await code();
      expectRefusal(await redeem(server.it, other, fresh), 'invalid_grant');
      expect(tokensOf(await redeem(server.it, client, fresh)).refresh).not.toBe('');
    });

    test('BCP-22: a code works until its last second and not in the one after', async () => {
      const [good, late] = [await code(), await code()];
      server.it.clock.advance(CODE_SECONDS - 1);
      expect(tokensOf(await redeem(server.it, client, good)).access).not.toBe('');
      server.it.clock.advance(1);
      expectRefusal(await redeem(server.it, client, late), 'invalid_grant');
    });
  });

  describe('PKCE', () => {
    const pkce = makePkce();

    /** One line an attack on a code that was asked for with a challenge. */
    const refusesVerifier = (title: string, verifier: string | undefined) =>
      test(title, async () => {
        const fresh = await code(pkce.challenge);
        const extra = verifier === undefined ? {} : { code_verifier: verifier };
        expectRefusal(await redeem(server.it, client, fresh, extra), 'invalid_grant');
        // A wrong guess spends the code: there is no second one.
        expectRefusal(
          await redeem(server.it, client, fresh, { code_verifier: pkce.verifier }),
          'invalid_grant',
        );
      });

    test('BCP-15, BCP-16: the right verifier redeems the code', async () => {
      const fresh = await code(pkce.challenge);
      expect(
        tokensOf(await redeem(server.it, client, fresh, { code_verifier: pkce.verifier })).access,
      ).not.toBe('');
    });

    describe('BCP-16, BCP-22, ADV-04, ADV-05: anything but the right verifier spends the code', () => {
      refusesVerifier('left out', undefined);
      refusesVerifier('empty', '');
      refusesVerifier('of another request', makePkce().verifier);
      refusesVerifier('too short', pkce.verifier.slice(0, 42));
      refusesVerifier('too long', pkce.verifier.padEnd(129, 'a'));
      refusesVerifier('with characters that no verifier has', `${pkce.verifier.slice(0, 42)}!`);
      refusesVerifier('the challenge itself', pkce.challenge.code_challenge);
      refusesVerifier('in other letter case', pkce.verifier.toUpperCase());
    });

    test('BCP-17, ADV-06: a verifier for a code without a challenge is a downgrade and refused', async () => {
      const fresh = await code();
      expectRefusal(
        await redeem(server.it, client, fresh, { code_verifier: pkce.verifier }),
        'invalid_grant',
      );
      expectRefusal(await redeem(server.it, client, fresh), 'invalid_grant');
    });

    test('BCP-19: a challenge that a client sends again is reported to staff, and only then', async () => {
      const reports = async () =>
        (await listEvents(server.it.services.store.db, { limit: 10, kinds: ['challenge_repeated'] })).length;
      const fresh = makePkce().challenge;
      const before = await reports();
      await code(fresh);
      expect(await reports()).toBe(before);
      await code(fresh);
      expect(await reports()).toBe(before + 1);
    });

    test('BCP-15: a public client without a challenge gets no code', async () => {
      const app = await server.it.client({ isPublic: true });
      const answer = await browser.get(authorizePath(app.clientId));
      expect(answerOf(answer).get('error')).toBe('invalid_request');
      expect(answerOf(answer).has('code')).toBe(false);
      expect((await browser.get(authorizePath(app.clientId, pkce.challenge))).status).toBe(200);
    });
  });

  describe('a code that was spent before anything came of it', () => {
    const replays = async () =>
      (await listEvents(server.it.services.store.db, { limit: 100, kinds: ['code_replayed'] })).length;

    test('the same attempt, made again in another way of authentication, is told the same', async () => {
      const before = await replays();
      const pkce = makePkce();
      const fresh = await code(pkce.challenge);
      const asked = { grant_type: 'authorization_code', code: fresh, redirect_uri: CALLBACK };
      const wrong = { ...asked, code_verifier: makePkce().verifier };
      const first = await postToken(server.it, wrong, basic(client.clientId, client.secret));
      const second = await postToken(server.it, { ...wrong, ...credentials(client) });
      const right = await postToken(server.it, {
        ...asked,
        ...credentials(client),
        code_verifier: pkce.verifier,
      });
      for (const answer of [first, second, right]) {
        expectRefusal(answer, 'invalid_grant');
        expect(answer.body.error_description).toBe('code_verifier does not match the code_challenge.');
      }
      expect(await replays()).toBe(before);
    });

    test('good and bad attempts at once: one tells the truth, whoever is first', async () => {
      const pkce = makePkce();
      const fresh = await code(pkce.challenge);
      const good = redeem(server.it, client, fresh, { code_verifier: pkce.verifier });
      const bad = redeem(server.it, client, fresh, { code_verifier: makePkce().verifier });
      const [first, second] = await Promise.all([good, bad]);
      expectRefusal(second, 'invalid_grant');
      if (first.status !== 200) expect(first.body.error_description).toMatch(/^code_verifier does not match/);
    });
  });

  describe('when all accesses end, what was approved and not redeemed yet ends with them', () => {
    const end = {
      member: async () => {
        const { store: own, clock } = server.it.services;
        const { member_id: id } = await own.db
          .selectFrom('tegata_code')
          .select('member_id')
          .executeTakeFirstOrThrow();
        await own.db
          .transaction()
          .execute((tx) => revokeGrantsOfMember(tx, id, 'member_password_changed', clock.now()));
      },
      client: () => endGrantsOfClient(server.it.services.clients, client.clientId, NOBODY),
    };

    test.each(['member', 'client'] as const)('those of a %s', async (whose) => {
      const fresh = await code();
      await end[whose]();
      expectRefusal(await redeem(server.it, client, fresh), 'invalid_grant');
      expect(tokensOf(await redeem(server.it, client, await code())).access).not.toBe('');
    });

    test.each(['member', 'client'] as const)('those of a %s, redeemed at this moment', async (whose) => {
      const fresh = await Promise.all(Array.from({ length: 5 }, () => code()));
      const redeemed = fresh.map((one) => redeem(server.it, client, one));
      await end[whose]();
      for (const answer of await Promise.all(redeemed)) {
        if (answer.status === 200) expect(await isAlive(server.it, tokensOf(answer).access)).toBe(false);
        else expectRefusal(answer, 'invalid_grant');
      }
    });
  });

  describe('a code used twice', () => {
    test('BCP-21: every token that came from it is dead, later generations too', async () => {
      const fresh = await code();
      const first = tokensOf(await redeem(server.it, client, fresh));
      const second = tokensOf(await refresh(server.it, client, first.refresh));
      expectRefusal(await redeem(server.it, client, fresh), 'invalid_grant');
      expect(await isAlive(server.it, first.access)).toBe(false);
      expect(await isAlive(server.it, second.access)).toBe(false);
      expectRefusal(await refresh(server.it, client, second.refresh), 'invalid_grant');
      expectRefusal(await refresh(server.it, client, first.refresh), 'invalid_grant');
    });

    test('BCP-21: a replay long after the code expired still ends them', async () => {
      const fresh = await code();
      const first = tokensOf(await redeem(server.it, client, fresh));
      server.it.clock.advance(CODE_SECONDS + 60);
      expectRefusal(await redeem(server.it, client, fresh), 'invalid_grant');
      expect(await isAlive(server.it, first.access)).toBe(false);
    });

    test('BCP-21: another client cannot end them by sending the code again', async () => {
      const fresh = await code();
      const first = tokensOf(await redeem(server.it, client, fresh));
      expectRefusal(await redeem(server.it, other, fresh), 'invalid_grant');
      expect(await isAlive(server.it, first.access)).toBe(true);
    });
  });
});
