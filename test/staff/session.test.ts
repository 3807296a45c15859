/** Sessions of the admin: how long they live, who ends them, what ends with them. */
import { beforeEach, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import type { Store } from '../../src/database/open.ts';
import { disableMember, setMemberPassword } from '../../src/staff/members.ts';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import {
  endOtherSessions,
  endOwnSession,
  endSessionsOfMember,
  logOut,
  openSession,
  sessionOf,
  sessionsOf,
} from '../../src/staff/session.ts';
import { findMemberByLoginId } from '../../src/staff/store/members.ts';
import { pruneSessions } from '../../src/staff/store/sessions.ts';
import { eachDatabase } from '../support/databases.ts';
import { addMember, identityDeps, makeStaffTables, memberRow, START, staffTables } from '../support/staff.ts';

const origin = { clientIp: '192.0.2.1', userAgent: 'test', requestId: 'req-1' };

eachDatabase((db) => {
  let store: Store | undefined;
  let deps: Awaited<ReturnType<typeof identityDeps>>;
  let memberId: number;
  beforeEach(async () => {
    if (!store) {
      store = await db.openMigrated();
      await makeStaffTables(store);
    }
    await staffTables(store).deleteFrom('dtb_login_history').execute();
    await staffTables(store).deleteFrom('dtb_member').execute();
    await store.db.deleteFrom('tegata_session').execute();
    await store.db.deleteFrom('tegata_event').execute();
    deps = await identityDeps(store);
    memberId = await addMember(store, 'admin');
  });

  const enter = async (loginId = 'admin') => {
    const member = await findMemberByLoginId(deps.store.db, deps.memberCapabilities, loginId);
    if (!member) throw new Error(`no ${loginId}`);
    return openSession(deps.store.db, member, origin, null, deps.clock.now());
  };

  test('ASVS-7.2.1: no token, an empty one and a made-up one are nobody', async () => {
    await enter();
    for (const token of [undefined, '', 'A'.repeat(43)]) expect(await sessionOf(deps, token)).toBeUndefined();
  });

  test('ASVS-7.3.1: it ends when nothing happens for two hours, and lives on while something does', async () => {
    const { sessionToken } = await enter();
    for (let time = 0; time < 5; time += 1) {
      deps.clock.advance(SESSION_SECONDS.idle - 1);
      expect(await sessionOf(deps, sessionToken)).toBeDefined();
    }
    deps.clock.advance(SESSION_SECONDS.idle);
    expect(await sessionOf(deps, sessionToken)).toBeUndefined();
  });

  test('ASVS-7.3.2: it ends twelve hours after login whatever happens', async () => {
    const { sessionToken } = await enter();
    for (let time = 0; time < 11; time += 1) {
      deps.clock.advance(3600);
      expect(await sessionOf(deps, sessionToken)).toBeDefined();
    }
    deps.clock.advance(3600);
    expect(await sessionOf(deps, sessionToken)).toBeUndefined();
  });

  test('last_seen_at is written once a minute at the most', async () => {
    const { sessionToken } = await enter();
    const seen = async () =>
      (await deps.store.db.selectFrom('tegata_session').select('last_seen_at').executeTakeFirstOrThrow())
        .last_seen_at - START;
    deps.clock.advance(59);
    await sessionOf(deps, sessionToken);
    expect(await seen()).toBe(0);
    deps.clock.advance(1);
    await sessionOf(deps, sessionToken);
    expect(await seen()).toBe(60);
  });

  test('ASVS-7.4.1: logout ends it on the server, once', async () => {
    const { sessionToken } = await enter();
    await logOut(deps, sessionToken, origin);
    expect(await sessionOf(deps, sessionToken)).toBeUndefined();
    await logOut(deps, sessionToken, origin);
    await logOut(deps, undefined);
    const kinds = (await listEvents(deps.store.db, { limit: 9 })).map(({ kind }) => kind);
    expect(kinds).toEqual(['logout']);
  });

  test('ASVS-7.4.2, ASVS-8.3.2: a member who is 非稼働 in the shop has no session from that moment on', async () => {
    const { sessionToken } = await enter();
    await staffTables(deps.store).updateTable('dtb_member').set({ work_id: 0 }).execute();
    expect(await sessionOf(deps, sessionToken)).toBeUndefined();
  });

  test('ASVS-7.5.2: own sessions are seen and ended, others not', async () => {
    await addMember(deps.store, 'owner');
    const here = await enter();
    deps.clock.advance(10);
    const there = await enter();
    const foreign = await enter('owner');
    const hashes = (await sessionsOf(deps, here.session)).map(({ sessionHash }) => sessionHash);
    expect(hashes).toEqual([there.session.sessionHash, here.session.sessionHash]);
    expect(await endOwnSession(deps, here.session, foreign.session.sessionHash, origin)).toBe(false);
    expect(await sessionOf(deps, foreign.sessionToken)).toBeDefined();
    expect(await endOwnSession(deps, here.session, there.session.sessionHash, origin)).toBe(true);
    expect(await sessionOf(deps, there.sessionToken)).toBeUndefined();
    expect(await sessionOf(deps, here.sessionToken)).toBeDefined();
  });

  test('ASVS-7.4.3, ASVS-7.4.5: all others of the member can be ended, or simply all', async () => {
    const [one, two, three] = [await enter(), await enter(), await enter()];
    expect(await endOtherSessions(deps, two.session, origin)).toBe(2);
    expect(await sessionOf(deps, one.sessionToken)).toBeUndefined();
    expect(await sessionOf(deps, three.sessionToken)).toBeUndefined();
    expect(await sessionOf(deps, two.sessionToken)).toBeDefined();
    expect(await endSessionsOfMember(deps, 'admin')).toBe(1);
    expect(await sessionOf(deps, two.sessionToken)).toBeUndefined();
    expect(await endSessionsOfMember(deps, 'nobody')).toBeUndefined();
  });

  test('sessions past their end are pruned in batches', async () => {
    await enter();
    await enter();
    deps.clock.advance(SESSION_SECONDS.absolute);
    const live = await enter();
    expect(await pruneSessions(deps.store.db, deps.clock.now(), 1)).toBe(1);
    expect(await pruneSessions(deps.store.db, deps.clock.now(), 9)).toBe(1);
    expect(await pruneSessions(deps.store.db, deps.clock.now(), 9)).toBe(0);
    expect(await sessionOf(deps, live.sessionToken)).toBeDefined();
  });

  test('ASVS-7.4.2: a new password and 非稼働 end sessions and grants of that member only', async () => {
    const ownerId = await addMember(deps.store, 'owner');
    const grant = (grant_id: string, member_id: number) => ({
      grant_id,
      client_id: 'c',
      member_id,
      login_id: 'x',
      scope: 'read',
      created_at: START,
    });
    await deps.store.db.deleteFrom('tegata_grant').execute();
    await deps.store.db
      .insertInto('tegata_grant')
      .values([grant('a1', memberId), grant('a2', memberId), grant('o1', ownerId)])
      .execute();
    const live = async () =>
      (
        await deps.store.db
          .selectFrom('tegata_grant')
          .select('grant_id')
          .where('revoked_at', 'is', null)
          .orderBy('grant_id')
          .execute()
      ).map(({ grant_id }) => grant_id);
    const admin = await enter();
    const owner = await enter('owner');

    const changed = await setMemberPassword(deps, 'admin', 'ki-no-shita-2026');
    expect(changed).toEqual({ kind: 'changed', sessionsEnded: 1, grantsRevoked: 2 });
    expect(await sessionOf(deps, admin.sessionToken)).toBeUndefined();
    expect(await sessionOf(deps, owner.sessionToken)).toBeDefined();
    expect(await live()).toEqual(['o1']);

    const disabled = await disableMember(deps, 'owner');
    expect(disabled).toEqual({ kind: 'changed', sessionsEnded: 1, grantsRevoked: 1 });
    expect(await live()).toEqual([]);
    expect((await memberRow(deps.store, 'owner')).work_id).toBe(0);
  });
});
