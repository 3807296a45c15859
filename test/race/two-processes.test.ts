/**
 * Two processes on one database race for each thing that counts once, 60 times each: one of them wins, every time.
 * `TEGATA_TEST_RACES=200` goes on for longer.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomHex, randomToken, sha256Hex } from '../../src/base/bytes.ts';
import { runCompiled } from '../../src/database/prepared.ts';
import { savePending } from '../../src/oauth/store/authorization-requests.ts';
import { saveCode } from '../../src/oauth/store/codes.ts';
import { newGrant, newRefresh } from '../../src/oauth/store/grants.ts';
import { makeRecoveryCodes } from '../../src/staff/recovery-codes.ts';
import { openSession } from '../../src/staff/session.ts';
import { findMember } from '../../src/staff/store/members.ts';
import { writeTwoFactorKey } from '../../src/staff/store/two-factor.ts';
import { asserted, assertion, clientKey, keySet } from '../oauth/support/assertions.ts';
import { machine } from '../oauth/support/policy-client.ts';
import { appCode } from '../support/authenticator.ts';
import { eachDatabase } from '../support/databases.ts';
import { CALLBACK, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { credentials } from '../support/oauth-walks.ts';
import type { Deed, Outcome } from './support/racer.ts';
import { startTwoProcesses, type TwoProcesses } from './support/two-processes.ts';

const ROUNDS = Number(process.env.TEGATA_TEST_RACES ?? 60);
const TIMEOUT_MS = 180_000;
const MEMBER = { memberId: 1, loginId: 'admin' };
const TOTP_KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const TOTP_STEP_SECONDS = 30;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let client: TestClient;
  let both: TwoProcesses;
  let ask: () => Promise<Deed>;
  beforeAll(async () => {
    client = await server.it.client();
    both = await startTwoProcesses(server.it);
    const key = await clientKey('ES256');
    const policies = { authMethods: ['private_key_jwt'], jwks: keySet(key) };
    const { clientId } = await machine(server.it, { policies });
    ask = async () => ({
      kind: 'token',
      form: { grant_type: 'client_credentials', ...asserted(await assertion(server.it, key, clientId)) },
    });
    await writeTwoFactorKey(store().db, store().kit, MEMBER.memberId, TOTP_KEY, now());
  });
  afterAll(() => both?.close());

  const store = () => server.it.services.store;
  const now = () => server.it.clock.now();

  /** `ROUNDS` times; `judge` sees both outcomes of a round. */
  const races = (
    title: string,
    prepare: (round: number) => Promise<readonly [Deed, Deed?]>,
    judge: (outcomes: readonly [Outcome, Outcome]) => Promise<void> | void,
  ) =>
    test(
      title,
      async () => {
        const winners = new Set<number>();
        for (let round = 0; round < ROUNDS; round++) {
          const [first, second] = await prepare(round);
          const outcomes = await both.race(first, second);
          for (const { told } of outcomes) expect(told).not.toMatch(/^broken|server_error|temporarily/);
          winners.add(outcomes.findIndex(({ won }) => won));
          await judge(outcomes);
        }
        expect(winners).not.toContain(-1);
      },
      TIMEOUT_MS,
    );

  const oneWon = (loser: RegExp) => (outcomes: readonly [Outcome, Outcome]) => {
    expect(
      outcomes.filter(({ won }) => won),
      JSON.stringify(outcomes),
    ).toHaveLength(1);
    expect(outcomes.find(({ won }) => !won)?.told).toMatch(loser);
  };

  const count = async (table: 'tegata_code' | 'tegata_refresh_token', grantId: string) => {
    const rows = await store()
      .db.selectFrom(table)
      .select('grant_id')
      .where('grant_id', '=', grantId)
      .execute();
    return rows.length;
  };

  describe('two processes, one thing', () => {
    races(
      'ASVS-10.4.2: an authorization code',
      async () => {
        const code = randomToken();
        await saveCode(store().db, {
          ...MEMBER,
          codeHash: sha256Hex(code),
          grantId: randomHex(16),
          clientId: client.clientId,
          redirectUri: CALLBACK,
          redirectUriSent: true,
          scope: 'read',
          codeChallenge: null,
          createdAt: now(),
          expiresAt: now() + 600,
          resource: null,
        });
        const form = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: CALLBACK,
          ...credentials(client),
        };
        return [{ kind: 'token', form }];
      },
      oneWon(/^invalid_grant$/),
    );

    let grantId = '';
    races(
      'ASVS-10.4.5: a refresh token: one of them makes the successor, and the other is told the same',
      async () => {
        grantId = randomHex(16);
        const refresh = randomToken();
        const { clientId } = client;
        const grant = { ...MEMBER, grantId, clientId, scope: 'read', createdAt: now() };
        await runCompiled(store().db, newGrant(store().db, { ...grant, expiresAt: null, resource: null }));
        const row = {
          tokenHash: sha256Hex(refresh),
          grantId,
          clientId,
          createdAt: now(),
          expiresAt: now() + 600,
        };
        await runCompiled(store().db, newRefresh(store().db, row));
        const form = { grant_type: 'refresh_token', refresh_token: refresh, ...credentials(client) };
        return [{ kind: 'token', form }];
      },
      async (outcomes) => {
        expect(outcomes.map(({ won }) => won)).toEqual([true, true]);
        expect(outcomes[0].told).toBe(outcomes[1].told);
        expect(await count('tegata_refresh_token', grantId)).toBe(2);
      },
    );

    const opened = async (awaits: 'code' | null) => {
      const { memberCapabilities } = server.it.services.identity;
      const member = await findMember(store().db, memberCapabilities, MEMBER.memberId);
      if (!member) throw new Error('the member is gone');
      const origin = { clientIp: '127.0.0.1', userAgent: 'race', requestId: null };
      return (await openSession(store().db, member, origin, awaits, now())).sessionToken;
    };

    const pending = async () => {
      const sessionHash = sha256Hex(await opened(null));
      const [requestId, browser] = [randomToken(), randomToken()];
      await savePending(store().db, {
        requestId,
        browserHash: sha256Hex(browser),
        query: new URLSearchParams({
          response_type: 'code',
          client_id: client.clientId,
          redirect_uri: CALLBACK,
          scope: 'read',
          state: 'x',
        }).toString(),
        clientId: client.clientId,
        redirectUri: CALLBACK,
        redirectUriSent: true,
        scope: 'read',
        codeChallenge: null,
        createdAt: now(),
        expiresAt: now() + 600,
        decision: null,
        resource: null,
      });
      return (decision: 'approve' | 'deny'): Deed => ({
        kind: 'consent',
        requestId,
        browser,
        sessionHash,
        decision,
      });
    };

    races(
      'ASVS-10.7.1: a consent that is given and refused at once',
      async () => {
        const decide = await pending();
        return [decide('approve'), decide('deny')];
      },
      oneWon(/^answered$/),
    );

    races(
      'ASVS-10.7.1: a consent that is given twice makes one code',
      async () => [(await pending())('approve')],
      async ([one, other]) => {
        expect([one.won, other.won]).toEqual([true, true]);
        expect(one.told).toBe(other.told);
        const code = new URL(one.told).searchParams.get('code') ?? '';
        const rows = store().db.selectFrom('tegata_code').select('grant_id');
        const made = await rows.where('code_hash', '=', sha256Hex(code)).execute();
        expect(made).toHaveLength(1);
      },
    );

    /** Two browsers that have given the password, and owe a code. */
    const owing = async () => [await opened('code'), await opened('code')] as const;
    const bothSend = async (round: number, code: string): Promise<[Deed, Deed]> => {
      const [one, other] = await owing();
      const shared = { kind: 'second-step', code, ip: `198.51.${round >> 8}.${round & 255}` } as const;
      return [
        { ...shared, sessionToken: one },
        { ...shared, sessionToken: other },
      ];
    };
    races(
      'ASVS-6.5.1: the code of an authenticator',
      async (round) => {
        server.it.clock.advance(TOTP_STEP_SECONDS);
        return bothSend(round, appCode(TOTP_KEY, now()));
      },
      oneWon(/^wrong$/),
    );

    races(
      'ASVS-6.5.1: a recovery code',
      async (round) => {
        server.it.clock.advance(TOTP_STEP_SECONDS);
        const [code = ''] = await makeRecoveryCodes(store().db, MEMBER.memberId, TOTP_KEY, now());
        return bothSend(round, code);
      },
      oneWon(/^wrong$/),
    );

    races('ADV-24: a client assertion', async () => [await ask()], oneWon(/^invalid_client$/));
  });
});
