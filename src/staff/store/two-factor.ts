/**
 * Second factors: the key in EC-CUBE's own columns of `dtb_member`, the steps whose codes are spent, and recovery codes.
 * Only call it where the shop has the columns (`MemberCapabilities.twoFactor`).
 */
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db, Store } from '../../database/open.ts';

type MemberTable = {
  dtb_member: {
    id: number;
    two_factor_auth_key: string | null;
    two_factor_auth_enabled: boolean;
    update_date: string;
  };
};

const shop = (db: Db) => db.withTables<MemberTable>();

/** Switches the second factor on with this key; false when the member has a key already: it is never overwritten. */
export async function writeTwoFactorKey(
  db: Db,
  kit: DialectKit,
  memberId: number,
  key: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await shop(db)
    .updateTable('dtb_member')
    .set({ two_factor_auth_key: key, two_factor_auth_enabled: true, update_date: kit.dateText(now) })
    .where('id', '=', memberId)
    .where((or) => or.or([or('two_factor_auth_key', 'is', null), or('two_factor_auth_key', '=', '')]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes key and recovery codes away. `enabled`: whether the member has to enrol again at the next login. */
export async function removeTwoFactorKey(
  db: Db,
  kit: DialectKit,
  memberId: number,
  enabled: boolean,
  now: number,
): Promise<void> {
  await shop(db)
    .updateTable('dtb_member')
    .set({ two_factor_auth_key: null, two_factor_auth_enabled: enabled, update_date: kit.dateText(now) })
    .where('id', '=', memberId)
    .execute();
  await db.deleteFrom('tegata_recovery_code').where('member_id', '=', memberId).execute();
}

/** The newest step a member has used; zero when there is none. */
export async function lastUsedStep(db: Db, memberId: number): Promise<number> {
  const row = await db
    .selectFrom('tegata_two_factor_use')
    .select('last_step')
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return row?.last_step ?? 0;
}

/**
 * Makes the row that `spendStep` changes. Apart from it and outside its transaction, because two transactions that both
 * find the row by INSERT IGNORE and then change it would be a deadlock on MySQL.
 */
export async function prepareSteps({ db, kit }: Store, memberId: number): Promise<void> {
  const row = { member_id: memberId, last_step: 0, used_at: 0 };
  await kit.ifAbsent(db.insertInto('tegata_two_factor_use').values(row)).execute();
}

/** Takes the step; true for exactly one caller, and never for a step older than one already used. */
export async function spendStep(db: Db, memberId: number, step: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_two_factor_use')
    .set({ last_step: step, used_at: now })
    .where('member_id', '=', memberId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts these in the place of all the member had. */
export async function replaceRecoveryCodes(
  db: Db,
  memberId: number,
  codeHashes: readonly string[],
  now: number,
): Promise<void> {
  await db.deleteFrom('tegata_recovery_code').where('member_id', '=', memberId).execute();
  await db
    .insertInto('tegata_recovery_code')
    .values(codeHashes.map((code_hash) => ({ code_hash, member_id: memberId, created_at: now })))
    .execute();
}

/** Takes the recovery code; true for exactly one caller. */
export async function takeRecoveryCode(
  db: Db,
  memberId: number,
  codeHash: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_recovery_code')
    .set({ used_at: now })
    .where('code_hash', '=', codeHash)
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countRecoveryCodes(db: Db, memberId: number): Promise<number> {
  const row = await db
    .selectFrom('tegata_recovery_code')
    .select(({ fn }) => fn.countAll().as('left'))
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.left ?? 0);
}
