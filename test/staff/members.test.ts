/** Members made and changed from the command line. */
import { beforeEach, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import type { Store } from '../../src/database/open.ts';
import { logIn } from '../../src/staff/log-in.ts';
import { createMember, disableMember, listMembers, setMemberPassword } from '../../src/staff/members.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  addMember,
  identityDeps,
  makeStaffTables,
  memberRow,
  PASSWORD,
  START,
  staffTables,
} from '../support/staff.ts';

const tanaka = { loginId: 'tanaka', name: '田中 花子', authorityId: 0, password: 'ki-no-shita-2026' };

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
    await store.db.deleteFrom('tegata_event').execute();
    deps = await identityDeps(store);
  });

  const enter = (loginId: string, password: string) =>
    logIn(deps, { loginId, password, clientIp: '192.0.2.1', userAgent: '', requestId: null });

  test('a new member can log in at once and is a row EC-CUBE sees', async () => {
    const made = await createMember(deps, tanaka);
    const row = await memberRow(deps.store, 'tanaka');
    expect(made).toEqual({ kind: 'created', memberId: row.id });
    expect(row).toMatchObject({
      name: '田中 花子',
      salt: null,
      work_id: 1,
      authority_id: 0,
      sort_no: 1,
      login_date: null,
      create_date: deps.store.kit.dateText(START),
      discriminator_type: 'member',
    });
    expect(row.password).toMatch(/^\$2y\$04\$/); // the cost that the tests ask for
    expect(Boolean(row.two_factor_auth_enabled)).toBe(false);
    expect(await enter('tanaka', tanaka.password)).toMatchObject({ kind: 'ok' });
    expect((await listEvents(deps.store.db, { limit: 9 })).map(({ kind }) => kind)).toEqual([
      'login_ok',
      'member_created',
    ]);
  });

  test('in a shop that knows only the old formula the hash is one that its PHP reads', async () => {
    await addMember(deps.store, 'admin');
    await createMember(deps, tanaka);
    const row = await memberRow(deps.store, 'tanaka');
    expect(row.password).toMatch(/^[0-9a-f]{64}$/);
    expect(row.salt).toMatch(/^[0-9a-f]{10}$/);
    expect(row.sort_no).toBe(2);
    expect(await enter('tanaka', tanaka.password)).toMatchObject({ kind: 'ok' });
  });

  test.each([
    [{ password: 'short1' }, 'length'],
    [{ password: 'tanaka-no-pass-1' }, 'login-id'],
    [{ loginId: '' }, 'login-id'],
    [{ loginId: 'a\0b' }, 'login-id'],
    [{ authorityId: 7 }, 'authority'],
    [{ loginId: 'admin' }, 'taken'],
  ])('%j is refused: %s, and nothing is written', async (change, reason) => {
    await addMember(deps.store, 'admin');
    expect(await createMember(deps, { ...tanaka, ...change })).toEqual({ kind: 'refused', reason });
    expect((await listMembers(deps, { limit: 10 })).members.map(({ loginId }) => loginId)).toEqual(['admin']);
  });

  test('the list shows all members and no hash', async () => {
    await addMember(deps.store, 'admin', { sort_no: 2, login_date: deps.store.kit.dateText(START - 60) });
    await addMember(deps.store, 'gone', { work_id: 0, authority_id: 1, two_factor_auth_enabled: true });
    const { members: list } = await listMembers(deps, { limit: 10 });
    expect(list).toMatchObject([
      { loginId: 'admin', authorityId: 0, active: true, lastLoginAt: START - 60, twoFactor: 'off' },
      { loginId: 'gone', authorityId: 1, active: false, lastLoginAt: null, twoFactor: 'not-enrolled' },
    ]);
    expect(JSON.stringify(list)).not.toContain((await memberRow(deps.store, 'admin')).password);
  });

  test('the old password is gone with the new one; a bad new one changes nothing', async () => {
    await addMember(deps.store, 'admin');
    expect(await setMemberPassword(deps, 'admin', 'weak')).toEqual({ kind: 'refused', reason: 'length' });
    expect(await enter('admin', PASSWORD)).toMatchObject({ kind: 'ok' });
    expect(await setMemberPassword(deps, 'admin', 'ki-no-shita-2026')).toMatchObject({ kind: 'changed' });
    expect(await enter('admin', PASSWORD)).toEqual({ kind: 'wrong' });
    expect(await enter('admin', 'ki-no-shita-2026')).toMatchObject({ kind: 'ok' });
  });

  test('ASVS-6.4.3: a new password from the command line leaves the second factor as it was', async () => {
    await addMember(deps.store, 'admin', {
      two_factor_auth_enabled: true,
      two_factor_auth_key: 'JBSWY3DPEHPK3PXP',
    });
    await setMemberPassword(deps, 'admin', 'ki-no-shita-2026');
    expect(await enter('admin', 'ki-no-shita-2026')).toMatchObject({ kind: 'second-step', awaits: 'code' });
  });

  test.each(['nobody', 'a\0b'])('there is no %j to change', async (loginId) => {
    expect(await disableMember(deps, loginId)).toEqual({ kind: 'refused', reason: 'unknown' });
    expect(await setMemberPassword(deps, loginId, 'ki-no-shita-2026')).toEqual({
      kind: 'refused',
      reason: 'unknown',
    });
  });
});
