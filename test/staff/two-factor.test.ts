/** The conditional writes of the second factor, on every database. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import {
  lastUsedStep,
  prepareSteps,
  spendStep,
  writeTwoFactorKey,
} from '../../src/staff/store/two-factor.ts';
import { eachDatabase } from '../support/databases.ts';
import { addMember, makeStaffTables, memberRow, START, staffTables } from '../support/staff.ts';

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
    await makeStaffTables(store);
  });
  beforeEach(() => staffTables(store).deleteFrom('dtb_member').execute());

  test.each([null, ''])('a key is written over %j', async (before) => {
    const id = await addMember(store, 'admin', { two_factor_auth_key: before });
    expect(await writeTwoFactorKey(store.db, store.kit, id, 'NEW', START)).toBe(true);
    expect(await memberRow(store, 'admin')).toMatchObject({
      two_factor_auth_key: 'NEW',
      update_date: store.kit.dateText(START),
    });
  });

  test('a key is never written over another, nor into another member', async () => {
    const id = await addMember(store, 'admin', { two_factor_auth_key: 'OLD' });
    const other = await addMember(store, 'owner');
    expect(await writeTwoFactorKey(store.db, store.kit, id, 'NEW', START)).toBe(false);
    expect((await memberRow(store, 'admin')).two_factor_auth_key).toBe('OLD');
    expect(await writeTwoFactorKey(store.db, store.kit, other, 'NEW', START)).toBe(true);
    expect((await memberRow(store, 'admin')).two_factor_auth_key).toBe('OLD');
  });

  test('of many that enrol at once one writes', async () => {
    const id = await addMember(store, 'admin');
    const keys = Array.from({ length: 20 }, (_, at) => `KEY${at}`);
    const wrote = await Promise.all(
      keys.map((key) => writeTwoFactorKey(store.db, store.kit, id, key, START)),
    );
    expect(wrote.filter(Boolean)).toHaveLength(1);
    expect((await memberRow(store, 'admin')).two_factor_auth_key).toBe(keys[wrote.indexOf(true)]);
  });

  test('steps only go forward, for each member apart', async () => {
    for (const member of [7, 8]) {
      await prepareSteps(store, member);
      await prepareSteps(store, member);
    }
    const spend = (member: number, step: number) => spendStep(store.db, member, step, START);
    expect(await spend(7, 100)).toBe(true);
    expect(await spend(7, 100)).toBe(false);
    expect(await spend(7, 99)).toBe(false);
    expect(await spend(8, 99)).toBe(true);
    expect(await spend(7, 101)).toBe(true);
    expect([
      await lastUsedStep(store.db, 7),
      await lastUsedStep(store.db, 8),
      await lastUsedStep(store.db, 9),
    ]).toEqual([101, 99, 0]);
  });
});
