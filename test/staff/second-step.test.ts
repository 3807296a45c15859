/** The second factor: owed after the password, taken once, throttled, enrolled never over an existing key. */
import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import type { Store } from '../../src/database/open.ts';
import { confirmPassword } from '../../src/staff/confirm-password.ts';
import { finishEnrolment, offerEnrolment } from '../../src/staff/enrolment.ts';
import { logIn } from '../../src/staff/log-in.ts';
import { recoveryCodesLeft, renewRecoveryCodes } from '../../src/staff/recovery-codes.ts';
import { removeFactor, resetFactor } from '../../src/staff/remove-factor.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { owedStep, takeSecondStep } from '../../src/staff/second-step.ts';
import { openSession, sessionOf } from '../../src/staff/session.ts';
import { findMemberByLoginId } from '../../src/staff/store/members.ts';
import type { Awaited as Owed } from '../../src/staff/store/sessions.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  addMember,
  identityDeps,
  makeStaffTables,
  memberRow,
  PASSWORD,
  staffTables,
} from '../support/staff.ts';

const KEY = 'JBSWY3DPEHPK3PXP'; // 80 bits, as EC-CUBE makes them
const origin = { clientIp: '192.0.2.1', userAgent: 'test', requestId: 'req-1' };
const from = (host: number) => ({ ...origin, clientIp: `198.51.100.${host}` });

eachDatabase((db) => {
  let store: Store | undefined;
  let deps: Awaited<ReturnType<typeof identityDeps>>;
  beforeEach(async () => {
    if (!store) {
      store = await db.openMigrated();
      await makeStaffTables(store);
    }
    await staffTables(store).deleteFrom('dtb_login_history').execute();
    await staffTables(store).deleteFrom('dtb_member').execute();
    for (const table of [
      'tegata_session',
      'tegata_event',
      'tegata_throttle',
      'tegata_two_factor_use',
      'tegata_recovery_code',
    ] as const) {
      await store.db.deleteFrom(table).execute();
    }
    deps = await identityDeps(store);
  });

  const codeOf = (key: string, drift = 0) =>
    TOTP.generate({ secret: secret(key), timestamp: (deps.clock.now() + drift * 30) * 1000 });
  const secret = (key: string) => new TOTP({ secret: key }).secret;

  const opened = async (awaits: Owed | null) => {
    const member = await findMemberByLoginId(deps.store.db, deps.memberCapabilities, 'admin');
    if (!member) throw new Error('no admin');
    return openSession(deps.store.db, member, origin, awaits, deps.clock.now());
  };
  const owing = async (awaits: Owed = 'code') => (await opened(awaits)).sessionToken;
  const inside = async () => {
    const { sessionToken, session } = await opened(null);
    return { sessionToken, session };
  };
  const step = (sessionToken: string, code: string, at = origin) =>
    takeSecondStep(deps, { ...at, sessionToken, code });
  const kinds = async () =>
    (await listEvents(deps.store.db, { limit: 20 })).map(({ kind }) => kind).reverse();
  const withKey = () =>
    addMember(deps.store, 'admin', { two_factor_auth_enabled: true, two_factor_auth_key: KEY });
  const withoutKey = () => addMember(deps.store, 'admin', { two_factor_auth_enabled: true });

  describe('ASVS-6.3.3: login with a second factor', () => {
    test('the password alone opens nothing; the code completes the login', async () => {
      await withKey();
      const first = await logIn(deps, { ...origin, loginId: 'admin', password: PASSWORD });
      if (first.kind !== 'second-step') throw new Error(first.kind);
      expect(first.awaits).toBe('code');
      expect(await sessionOf(deps, first.sessionToken)).toBeUndefined();
      expect(await owedStep(deps, first.sessionToken)).toBe('code');
      expect((await memberRow(deps.store, 'admin')).login_date).toBeNull();
      const second = await step(first.sessionToken, codeOf(KEY));
      if (second.kind !== 'ok') throw new Error(second.kind);
      expect(second.sessionToken).not.toBe(first.sessionToken);
      expect(await sessionOf(deps, second.sessionToken)).toMatchObject({
        member: { loginId: 'admin', twoFactor: { enabled: true, enrolled: true } },
      });
      expect(await owedStep(deps, first.sessionToken)).toBeUndefined();
      expect((await memberRow(deps.store, 'admin')).login_date).not.toBeNull();
      expect(await kinds()).toEqual(['login_ok']);
    });

    test('a member without the switch, and a shop with ECCUBE_2FA_ENABLED off, ask for no code', async () => {
      await addMember(deps.store, 'admin', { two_factor_auth_key: KEY });
      expect(await logIn(deps, { ...origin, loginId: 'admin', password: PASSWORD })).toMatchObject({
        kind: 'ok',
      });
      await staffTables(deps.store)
        .updateTable('dtb_member')
        .set({ two_factor_auth_enabled: true })
        .execute();
      const off = { ...deps, twoFactorEnabled: false };
      expect(await logIn(off, { ...origin, loginId: 'admin', password: PASSWORD })).toMatchObject({
        kind: 'ok',
      });
    });

    test.each(['12345', 'abcdef', '', '0'.repeat(5000)])('%.10j is a slip, not a guess', async (typed) => {
      await withKey();
      const token = await owing();
      for (let time = 0; time < 12; time += 1)
        expect(await step(token, typed)).toEqual({ kind: 'malformed' });
      expect(await step(token, codeOf(KEY))).toMatchObject({ kind: 'ok' });
    });

    test('ten minutes after the password the login has to begin anew; a full session is no pending one', async () => {
      await withKey();
      const token = await owing();
      const full = await inside();
      expect(await step(full.sessionToken, codeOf(KEY))).toEqual({ kind: 'expired' });
      deps.clock.advance(SESSION_SECONDS.pending);
      expect(await step(token, codeOf(KEY))).toEqual({ kind: 'expired' });
      expect(await takeSecondStep(deps, { ...origin, sessionToken: undefined, code: codeOf(KEY) })).toEqual({
        kind: 'expired',
      });
    });

    test('ASVS-6.5.1: a code is taken once, and none older than it after it', async () => {
      await withKey();
      const [first, second, third] = [await owing(), await owing(), await owing()];
      const [now, before] = [codeOf(KEY), codeOf(KEY, -1)];
      expect(await step(first, now)).toMatchObject({ kind: 'ok' });
      expect(await step(second, now)).toEqual({ kind: 'wrong' });
      expect(await step(third, before)).toEqual({ kind: 'wrong' });
      deps.clock.advance(30);
      expect(await step(second, codeOf(KEY))).toMatchObject({ kind: 'ok' });
      const failed = await listEvents(deps.store.db, { limit: 9, kinds: ['second_factor_failed'] });
      expect(failed.map(({ detail }) => detail)).toEqual([{ reason: 'spent' }, { reason: 'spent' }]);
    });

    test('ASVS-6.5.1: of eight that send one code at once one gets in', async () => {
      await withKey();
      const tokens = await Promise.all(Array.from({ length: 8 }, () => owing()));
      const code = codeOf(KEY);
      const results = await Promise.all(tokens.map((token, host) => step(token, code, from(host))));
      expect(results.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'wrong')).toHaveLength(7);
    });

    test('of eight codes and recovery codes sent for one pending login one gets in', async () => {
      await withKey();
      const { session } = await inside();
      const made = await renewRecoveryCodes(deps, session, origin);
      if (made.kind !== 'ok') throw new Error(made.kind);
      const token = await owing();
      const codes = [codeOf(KEY), ...made.recoveryCodes.slice(0, 7)];
      const results = await Promise.all(codes.map((code, host) => step(token, code, from(host))));
      expect(results.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'expired')).toHaveLength(7);
    });
  });

  describe('ASVS-6.6.3: throttling of the second step', () => {
    test('five wrong codes lock it, and the right password in between buys no new guesses', async () => {
      await withKey();
      const wrong = codeOf(KEY, 50);
      const password = { ...origin, loginId: 'admin', password: PASSWORD };
      let token = await owing();
      for (let time = 0; time < 3; time += 1) expect(await step(token, wrong)).toEqual({ kind: 'wrong' });
      const again = await logIn(deps, password);
      if (again.kind !== 'second-step') throw new Error(again.kind);
      token = again.sessionToken;
      for (let time = 0; time < 2; time += 1) expect(await step(token, wrong)).toEqual({ kind: 'wrong' });
      expect(await step(token, codeOf(KEY))).toEqual({ kind: 'locked', minutes: 30 });
      expect(await logIn(deps, password)).toEqual({ kind: 'locked', minutes: 30 });
      deps.clock.advance(1800);
      expect(await step(await owing(), codeOf(KEY))).toMatchObject({ kind: 'ok' });
    });

    test('ten wrong codes lock the member whatever the address', async () => {
      await withKey();
      const token = await owing();
      const wrong = codeOf(KEY, 50);
      for (let host = 0; host < 10; host += 1)
        expect(await step(token, wrong, from(host))).toEqual({ kind: 'wrong' });
      expect(await step(token, codeOf(KEY), from(99))).toEqual({ kind: 'locked', minutes: 30 });
    });
  });

  describe('enrolment', () => {
    test('within a login that demands it: key, one right code, recovery codes, and only then a session', async () => {
      await withoutKey();
      const first = await logIn(deps, { ...origin, loginId: 'admin', password: PASSWORD });
      if (first.kind !== 'second-step') throw new Error(first.kind);
      expect(first.awaits).toBe('enrolment');
      const { sessionToken } = first;
      expect(await step(sessionToken, '123456')).toEqual({ kind: 'expired' });
      const offer = await offerEnrolment(deps, sessionToken, 'my shop');
      if (offer.kind !== 'offer') throw new Error(offer.kind);
      expect(offer.uri).toContain(`secret=${offer.key}`);
      expect(await offerEnrolment(deps, sessionToken, 'my shop')).toEqual(offer);
      const wrong = await finishEnrolment(deps, { ...origin, sessionToken, code: codeOf(offer.key, 50) });
      expect(wrong).toEqual({ kind: 'wrong' });
      expect((await memberRow(deps.store, 'admin')).two_factor_auth_key).toBeNull();
      const done = await finishEnrolment(deps, { ...origin, sessionToken, code: codeOf(offer.key) });
      if (done.kind !== 'ok') throw new Error(done.kind);
      expect((await memberRow(deps.store, 'admin')).two_factor_auth_key).toBe(offer.key);
      expect(done.recoveryCodes).toHaveLength(10);
      expect(await sessionOf(deps, done.sessionToken)).toMatchObject({
        member: { twoFactor: { enabled: true, enrolled: true } },
      });
      expect(await owedStep(deps, sessionToken)).toBeUndefined();
      expect(await kinds()).toEqual(['second_factor_failed', 'second_factor_enrolled', 'login_ok']);
      expect(await step(await owing(), codeOf(offer.key))).toEqual({ kind: 'wrong' });
    });

    test('ASVS-7.5.1: from a session only with the password just given; the session gets a new token', async () => {
      await addMember(deps.store, 'admin');
      const { sessionToken, session } = await inside();
      deps.clock.advance(SESSION_SECONDS.confirmed);
      expect(await offerEnrolment(deps, sessionToken, 'x')).toEqual({ kind: 'unconfirmed' });
      const confirmed = await confirmPassword(deps, session, PASSWORD, origin);
      if (confirmed.kind !== 'ok') throw new Error(confirmed.kind);
      const offer = await offerEnrolment(deps, confirmed.sessionToken, 'x');
      if (offer.kind !== 'offer') throw new Error(offer.kind);
      const done = await finishEnrolment(deps, {
        ...origin,
        sessionToken: confirmed.sessionToken,
        code: codeOf(offer.key),
      });
      if (done.kind !== 'ok') throw new Error(done.kind);
      expect(await sessionOf(deps, confirmed.sessionToken)).toBeUndefined();
      expect(await sessionOf(deps, done.sessionToken)).toBeDefined();
      expect(Boolean((await memberRow(deps.store, 'admin')).two_factor_auth_enabled)).toBe(true);
    });

    test('CVE-2026-30777: an existing key is never replaced, not by a login that owes its code either', async () => {
      await withKey();
      for (const token of [await owing('code'), await owing('enrolment'), (await inside()).sessionToken]) {
        expect(await offerEnrolment(deps, token, 'x')).toEqual({ kind: 'enrolled' });
        expect(await finishEnrolment(deps, { ...origin, sessionToken: token, code: codeOf(KEY) })).toEqual({
          kind: 'enrolled',
        });
      }
      expect((await memberRow(deps.store, 'admin')).two_factor_auth_key).toBe(KEY);
    });

    test('of two that enrol at once one wins, and the other gets no session', async () => {
      await withoutKey();
      const tokens = [await owing('enrolment'), await owing('enrolment')];
      const codes = await Promise.all(
        tokens.map(async (token) => {
          const offer = await offerEnrolment(deps, token, 'x');
          return offer.kind === 'offer' ? codeOf(offer.key) : '';
        }),
      );
      const results = await Promise.all(
        tokens.map((sessionToken, at) =>
          finishEnrolment(deps, { ...origin, sessionToken, code: codes[at] ?? '' }),
        ),
      );
      expect(results.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
      const sessions = await deps.store.db
        .selectFrom('tegata_session')
        .select('session_hash')
        .where('awaits', 'is', null)
        .execute();
      expect(sessions).toHaveLength(1);
    });

    test('there is none without a token, with a dead one, or when the shop has switched it off', async () => {
      await withoutKey();
      expect(await offerEnrolment(deps, undefined, 'x')).toEqual({ kind: 'expired' });
      expect(await offerEnrolment(deps, 'made-up', 'x')).toEqual({ kind: 'expired' });
      const off = { ...deps, twoFactorEnabled: false };
      expect(await offerEnrolment(off, await owing('enrolment'), 'x')).toEqual({ kind: 'unavailable' });
      const old = { ...deps, memberCapabilities: { twoFactor: false, loginHistory: false } };
      expect(await offerEnrolment(old, await owing('enrolment'), 'x')).toEqual({ kind: 'unavailable' });
    });
  });

  describe('recovery codes', () => {
    const codes = async () => {
      const { session } = await inside();
      const made = await renewRecoveryCodes(deps, session, origin);
      if (made.kind !== 'ok') throw new Error(made.kind);
      return { session, list: made.recoveryCodes, first: made.recoveryCodes[0] ?? '' };
    };

    test('ASVS-6.5.1: each gets in once, also typed carelessly', async () => {
      await withKey();
      const { session, first } = await codes();
      expect(await step(await owing(), ` ${first.toLowerCase().replaceAll('-', ' ')}`)).toMatchObject({
        kind: 'ok',
      });
      expect(await step(await owing(), first)).toEqual({ kind: 'wrong' });
      expect(await recoveryCodesLeft(deps, session)).toBe(9);
      expect(await kinds()).toEqual([
        'recovery_codes_made',
        'recovery_code_used',
        'login_ok',
        'second_factor_failed',
      ]);
    });

    test('of eight that send one at once one gets in', async () => {
      await withKey();
      const { first } = await codes();
      const tokens = await Promise.all(Array.from({ length: 8 }, () => owing()));
      const results = await Promise.all(tokens.map((token, host) => step(token, first, from(host))));
      expect(results.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    });

    test('ASVS-6.5.2: only hashes are stored; a new set replaces the old', async () => {
      await withKey();
      const { list, first } = await codes();
      const rows = JSON.stringify(
        await deps.store.db.selectFrom('tegata_recovery_code').selectAll().execute(),
      );
      for (const code of list) expect(rows).not.toContain(code);
      expect(new Set(list).size).toBe(10);
      await codes();
      expect(await step(await owing(), first)).toEqual({ kind: 'wrong' });
    });

    test("they go with the key: one that EC-CUBE's own page made makes them worthless", async () => {
      await withKey();
      const { first } = await codes();
      await staffTables(deps.store)
        .updateTable('dtb_member')
        .set({ two_factor_auth_key: 'GEZDGNBVGY3TQOJQ' })
        .execute();
      expect(await step(await owing(), first)).toEqual({ kind: 'wrong' });
    });

    test('new ones need the password just given and a key', async () => {
      await addMember(deps.store, 'admin');
      const { session } = await inside();
      expect(await renewRecoveryCodes(deps, session, origin)).toEqual({ kind: 'not-enrolled' });
      deps.clock.advance(SESSION_SECONDS.confirmed);
      expect(await renewRecoveryCodes(deps, session, origin)).toEqual({ kind: 'unconfirmed' });
    });
  });

  describe('removal', () => {
    test('ASVS-6.5.6: needs the password just given and the factor; other sessions end, the offer next is another key', async () => {
      await withoutKey();
      const token = await owing('enrolment');
      const offer = await offerEnrolment(deps, token, 'x');
      if (offer.kind !== 'offer') throw new Error(offer.kind);
      const here = await finishEnrolment(deps, { ...origin, sessionToken: token, code: codeOf(offer.key) });
      if (here.kind !== 'ok') throw new Error(here.kind);
      const there = await inside();
      deps.clock.advance(30);
      expect(await removeFactor(deps, here.session, codeOf(offer.key, 50), origin)).toEqual({
        kind: 'wrong',
      });
      deps.clock.advance(SESSION_SECONDS.confirmed);
      expect(await removeFactor(deps, here.session, codeOf(offer.key), origin)).toEqual({
        kind: 'unconfirmed',
      });
      const again = await confirmPassword(deps, here.session, PASSWORD, origin);
      if (again.kind !== 'ok') throw new Error(again.kind);
      expect(await removeFactor(deps, again.session, codeOf(offer.key), origin)).toEqual({
        kind: 'removed',
        sessionsEnded: 1,
      });
      expect(await sessionOf(deps, there.sessionToken)).toBeUndefined();
      expect(await memberRow(deps.store, 'admin')).toMatchObject({ two_factor_auth_key: null });
      const next = await offerEnrolment(deps, again.sessionToken, 'x');
      expect(next).toMatchObject({ kind: 'offer' });
      expect(next.kind === 'offer' && next.key).not.toBe(offer.key);
    });

    test('ASVS-6.5.6: for one who lost it: sessions end, and the next login enrols anew', async () => {
      await withKey();
      const { sessionToken } = await inside();
      expect(await resetFactor(deps, 'admin')).toEqual({ kind: 'removed', sessionsEnded: 1 });
      expect(await sessionOf(deps, sessionToken)).toBeUndefined();
      expect(await logIn(deps, { ...origin, loginId: 'admin', password: PASSWORD })).toMatchObject({
        kind: 'second-step',
        awaits: 'enrolment',
      });
      expect(await resetFactor(deps, 'admin')).toEqual({ kind: 'not-enrolled' });
      expect(await resetFactor(deps, 'no\0body')).toEqual({ kind: 'not-enrolled' });
    });
  });

  describe('ASVS-7.5.3: the password again', () => {
    test('right: fresh again under a new token, the old one is dead', async () => {
      await addMember(deps.store, 'admin');
      const { sessionToken, session } = await inside();
      deps.clock.advance(SESSION_SECONDS.confirmed);
      const result = await confirmPassword(deps, session, PASSWORD, origin);
      if (result.kind !== 'ok') throw new Error(result.kind);
      expect(result.session.confirmedAt).toBe(deps.clock.now());
      expect(result.session.createdAt).toBe(session.createdAt);
      expect(result.session.expiresAt).toBe(session.expiresAt);
      expect(await sessionOf(deps, sessionToken)).toBeUndefined();
      expect(await sessionOf(deps, result.sessionToken)).toEqual(result.session);
    });

    test('wrong: the session stays as it was, and five lock it as at the login', async () => {
      await addMember(deps.store, 'admin');
      const { sessionToken, session } = await inside();
      for (let time = 0; time < 5; time += 1) {
        expect(await confirmPassword(deps, session, '', origin)).toEqual({ kind: 'wrong' });
      }
      expect(await confirmPassword(deps, session, PASSWORD, origin)).toEqual({ kind: 'locked', minutes: 30 });
      expect(await sessionOf(deps, sessionToken)).toEqual(session);
      expect(await kinds()).toEqual([...Array(5).fill('password_not_confirmed'), 'login_throttled']);
    });
  });
});
