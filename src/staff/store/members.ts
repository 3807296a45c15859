/**
 * The shop's staff as the login needs them: `dtb_member`, and what their authority is denied. Only the columns that are used are named; those that EC-CUBE 4.0 lacks are asked for by capability.
 */
import type { Generated } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { LiveSchema } from '../../database/live-schema.ts';
import type { Db } from '../../database/open.ts';
import { parseDatabaseDate } from '../../shop/shop-time.ts';
import { isLoginId } from '../rules/login-id.ts';
import { revokeGrantsOf } from './end-grants.ts';
import { notePluginCut } from './plugin-cuts.ts';

/** What this shop's version has (docs/eccube/database.md, Versions). */
export type MemberCapabilities = {
  /** `two_factor_auth_key` and `two_factor_auth_enabled`. */
  readonly twoFactor: boolean;
  /** `dtb_login_history`. */
  readonly loginHistory: boolean;
};

export type Member = {
  readonly id: number;
  readonly loginId: string;
  readonly name: string | null;
  readonly password: string;
  readonly salt: string | null;
  readonly authorityId: number | null;
  /** 稼働. */
  readonly active: boolean;
  readonly lastLoginAt: number | null;
  readonly twoFactorEnabled: boolean;
  /** Base32, as EC-CUBE stores it. */
  readonly twoFactorKey: string | null;
};

export type NewMember = {
  readonly loginId: string;
  readonly name: string;
  readonly authorityId: number;
  readonly password: string;
  readonly salt: string | null;
};

type MemberTable = {
  id: Generated<number>;
  name: string | null;
  login_id: string;
  password: string;
  salt: string | null;
  sort_no: number;
  work_id: number | null;
  authority_id: number | null;
  login_date: string | null;
  create_date: string;
  update_date: string;
  discriminator_type: string;
  two_factor_auth_key: Generated<string | null>;
  two_factor_auth_enabled: Generated<boolean | number>;
};

type ShopTables = {
  dtb_member: MemberTable;
  mtb_authority: { id: number };
  dtb_authority_role: { id: number; authority_id: number | null; deny_url: string };
};

const WORK = { inactive: 0, active: 1 } as const; // mtb_work

const shop = (db: Db) => db.withTables<ShopTables>();

export function memberCapabilities(schema: LiveSchema): MemberCapabilities {
  return {
    twoFactor: schema.get('dtb_member')?.has('two_factor_auth_key') ?? false,
    loginHistory: schema.has('dtb_login_history'),
  };
}

/**
 * The member with exactly this login id; of several (no index forbids them) an active one first, then the oldest.
 * Compared again here, because MySQL takes `admin ` for `admin`, and some shops' collations `Admin` too.
 */
export async function findMemberByLoginId(
  db: Db,
  capabilities: MemberCapabilities,
  loginId: string,
): Promise<Member | undefined> {
  if (!isLoginId(loginId)) return undefined;
  const rows = await selectMembers(db, capabilities).where('login_id', '=', loginId).orderBy('id').execute();
  const members = rows.map(toMember).filter((member) => member.loginId === loginId);
  return members.find((member) => member.active) ?? members[0];
}

export async function findMember(
  db: Db,
  capabilities: MemberCapabilities,
  memberId: number,
): Promise<Member | undefined> {
  const row = await selectMembers(db, capabilities).where('id', '=', memberId).executeTakeFirst();
  return row && toMember(row);
}

/** In the order of EC-CUBE's own list; a part of it: behind the member of the id `after`, no one when there is none. */
export async function allMembers(
  db: Db,
  capabilities: MemberCapabilities,
  part: { limit?: number; after?: number } = {},
): Promise<Member[]> {
  const { limit, after } = part;
  const place = shop(db)
    .selectFrom('dtb_member as place')
    .select('place.sort_no')
    .where('place.id', '=', after ?? 0);
  const rows = await selectMembers(db, capabilities)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, and, or }) =>
        or([eb('sort_no', '<', place), and([eb('sort_no', '=', place), eb('id', '>', after ?? 0)])]),
      ),
    )
    .orderBy('sort_no', 'desc')
    .orderBy('id')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(toMember);
}

/** Login IDs of active members who log in by password alone, the oldest first. `factorsOn`: false = second factors are asked of no one. */
export async function byPasswordAlone(
  db: Db,
  { factorsOn, limit }: { factorsOn: boolean; limit: number },
): Promise<string[]> {
  const rows = await shop(db)
    .selectFrom('dtb_member')
    .select('login_id')
    .where('work_id', '=', WORK.active)
    .$if(factorsOn, (query) =>
      query.where(({ eb }) =>
        eb.or([eb('two_factor_auth_key', 'is', null), eb('two_factor_auth_key', '=', '')]),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ login_id: loginId }) => loginId);
}

export async function insertMember(db: Db, kit: DialectKit, member: NewMember, now: number): Promise<void> {
  const last = await shop(db)
    .selectFrom('dtb_member')
    .select(({ fn }) => fn.max('sort_no').as('sort_no'))
    .executeTakeFirst();
  await shop(db)
    .insertInto('dtb_member')
    .values({
      login_id: member.loginId,
      name: member.name,
      authority_id: member.authorityId,
      password: member.password,
      salt: member.salt,
      sort_no: (last?.sort_no ?? 0) + 1,
      work_id: WORK.active,
      login_date: null,
      create_date: kit.dateText(now),
      update_date: kit.dateText(now),
      discriminator_type: 'member',
    })
    .execute();
}

/**
 * Holds the row of an active member until the transaction is over: who changes it waits. False when they are 非稼働 by now, or
 * their stored password is another than `password`.
 */
export async function holdMember(tx: Db, memberId: number, password?: string): Promise<boolean> {
  const { numUpdatedRows } = await shop(tx)
    .updateTable('dtb_member')
    .set(({ ref }) => ({ password: ref('password') }))
    .where('id', '=', memberId)
    .where('work_id', '=', WORK.active)
    .$if(password !== undefined, (query) => query.where('password', '=', password ?? ''))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function updateMemberPassword(
  db: Db,
  kit: DialectKit,
  memberId: number,
  stored: { password: string; salt: string | null },
  now: number,
): Promise<void> {
  await shop(db)
    .updateTable('dtb_member')
    .set({ password: stored.password, salt: stored.salt, update_date: kit.dateText(now) })
    .where('id', '=', memberId)
    .execute();
}

export async function deactivateMember(
  db: Db,
  kit: DialectKit,
  memberId: number,
  now: number,
): Promise<void> {
  await shop(db)
    .updateTable('dtb_member')
    .set({ work_id: WORK.inactive, update_date: kit.dateText(now) })
    .where('id', '=', memberId)
    .execute();
}

/**
 * Whether the shop's PHP side is known to read bcrypt (4.3): some member has such a hash, or there is no member yet.
 * 4.0–4.2 read nothing but their own formula.
 */
export async function readsBcrypt(db: Db): Promise<boolean> {
  const anybody = await shop(db).selectFrom('dtb_member').select('id').limit(1).executeTakeFirst();
  if (!anybody) return true;
  const modern = await shop(db)
    .selectFrom('dtb_member')
    .select('id')
    .where((or) => or.or([or('password', 'like', '$2%'), or('password', 'like', '$argon2%')]))
    .limit(1)
    .executeTakeFirst();
  return modern !== undefined;
}

export async function authorityExists(db: Db, authorityId: number): Promise<boolean> {
  const row = await shop(db)
    .selectFrom('mtb_authority')
    .select('id')
    .where('id', '=', authorityId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The `deny_url` values of an authority; how they match is `staff/rules/deny-url.ts`. */
export async function denyUrlsOf(db: Db, authorityId: number | null): Promise<string[]> {
  if (authorityId === null) return [];
  const rows = await shop(db)
    .selectFrom('dtb_authority_role')
    .select('deny_url')
    .where('authority_id', '=', authorityId)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.deny_url);
}

/** Ends every live grant that the member approved, and with it every token of theirs; says how many. */
export async function revokeGrantsOfMember(
  db: Db,
  memberId: number,
  reason: string,
  now: number,
): Promise<number> {
  const ended = await revokeGrantsOf(db, { member_id: memberId }, reason, now);
  const member = await shop(db)
    .selectFrom('dtb_member')
    .select('login_id')
    .where('id', '=', memberId)
    .executeTakeFirst();
  if (member) await notePluginCut(db, { kind: 'member', identifier: member.login_id }, now);
  return ended;
}

const BASE_COLUMNS = [
  'id',
  'login_id',
  'name',
  'password',
  'salt',
  'authority_id',
  'work_id',
  'login_date',
] as const;

const selectMembers = (db: Db, capabilities: MemberCapabilities) =>
  shop(db)
    .selectFrom('dtb_member')
    .select(BASE_COLUMNS)
    .$if(capabilities.twoFactor, (query) => query.select(['two_factor_auth_key', 'two_factor_auth_enabled']));

type SelectedMember = Pick<MemberTable, Exclude<(typeof BASE_COLUMNS)[number], 'id'>> & {
  id: number;
  two_factor_auth_key?: string | null;
  two_factor_auth_enabled?: boolean | number;
};

const toMember = (row: SelectedMember): Member => ({
  id: row.id,
  loginId: row.login_id,
  name: row.name,
  password: row.password,
  salt: row.salt,
  authorityId: row.authority_id,
  active: row.work_id === WORK.active,
  lastLoginAt: row.login_date === null ? null : (parseDatabaseDate(row.login_date) ?? null),
  twoFactorEnabled: Boolean(row.two_factor_auth_enabled),
  twoFactorKey: row.two_factor_auth_key || null,
});
