/** A shop reduced to its staff: EC-CUBE's member tables, made from the declarations, and members with known passwords. */
import { createHmac } from 'node:crypto';
import { fixedClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createStatements, inDependencyOrder } from '../../src/shop/store/ddl.ts';
import { refusalLog } from '../../src/staff/refusals.ts';
import type { IdentityDeps } from '../../src/staff/session.ts';
import { memberCapabilities } from '../../src/staff/store/members.ts';

const AUTH_MAGIC = 'AUTHMAGIC';
export const PASSWORD = 'korekara-tegata-1';
/** Cheap to check, and what EC-CUBE 4.0–4.2 stores. */
const legacyHash = (plain: string, salt: string): string =>
  createHmac('sha256', salt).update(`${plain}:${AUTH_MAGIC}`).digest('hex');

/** 2026-04-01T00:00:00Z */
export const START = 1_775_001_600;

const STAFF = ['Work', 'Authority', 'LoginHistoryStatus', 'Member', 'AuthorityRole', 'LoginHistory'];
/** What EC-CUBE 4.0 lacks. */
const SINCE_4_1 = ['LoginHistoryStatus', 'LoginHistory'];

export type MemberTable = {
  id: number;
  name: string | null;
  login_id: string;
  password: string;
  salt: string | null;
  sort_no: number;
  work_id: number;
  authority_id: number;
  login_date: string | null;
  create_date: string;
  update_date: string;
  discriminator_type: string;
  two_factor_auth_key: string | null;
  two_factor_auth_enabled: boolean | number;
};

export type StaffTables = {
  dtb_member: MemberTable;
  mtb_work: { id: number; name: string; sort_no: number; discriminator_type: string };
  mtb_authority: { id: number; name: string; sort_no: number; discriminator_type: string };
  mtb_login_history_status: { id: number; name: string; sort_no: number; discriminator_type: string };
  dtb_authority_role: {
    id: number;
    authority_id: number;
    deny_url: string;
    create_date: string;
    update_date: string;
    discriminator_type: string;
  };
  dtb_login_history: {
    id: number;
    user_name: string | null;
    client_ip: string | null;
    login_history_status_id: number;
    member_id: number | null;
    create_date: string;
    discriminator_type: string;
  };
};

export const staffTables = (store: Store) => store.db.withTables<StaffTables>();

/** The tables of a version, and the rows of the master tables that point into them. */
export async function makeStaffTables(store: Store, version: '4.0' | '4.3' = '4.3'): Promise<void> {
  const old = version === '4.0';
  const entities = coreEntities
    .filter(({ name }) => STAFF.includes(name) && !(old && SINCE_4_1.includes(name)))
    .map((entity) => (old ? withoutOptionalColumns(entity) : entity));
  const registry = buildRegistry(entities);
  for (const entity of inDependencyOrder(registry)) {
    for (const statement of createStatements(entity, registry, store.kit)) await statement.execute(store.db);
  }
  const pair = (a: string, b: string, discriminator_type: string) =>
    [a, b].map((name, id) => ({ id, name, sort_no: id, discriminator_type }));
  const shop = staffTables(store);
  await shop
    .insertInto('mtb_work')
    .values(pair('非稼働', '稼働', 'work'))
    .execute();
  await shop
    .insertInto('mtb_authority')
    .values(pair('システム管理者', '店舗オーナー', 'authority'))
    .execute();
  if (old) return;
  await shop
    .insertInto('mtb_login_history_status')
    .values(pair('失敗', '成功', 'loginhistorystatus'))
    .execute();
}

/** A working member with `PASSWORD` unless told otherwise; its id. */
export async function addMember(
  store: Store,
  loginId: string,
  columns: Partial<MemberTable> = {},
): Promise<number> {
  const at = store.kit.dateText(START - 86_400);
  await staffTables(store)
    .insertInto('dtb_member')
    .values({
      name: `${loginId} さん`,
      login_id: loginId,
      password: legacyHash(PASSWORD, 'abcde12345'),
      salt: 'abcde12345',
      sort_no: 1,
      work_id: 1,
      authority_id: 0,
      create_date: at,
      update_date: at,
      discriminator_type: 'member',
      ...columns,
    } as MemberTable)
    .execute();
  return (await memberRow(store, loginId)).id;
}

export const memberRow = (store: Store, loginId: string): Promise<MemberTable> =>
  staffTables(store)
    .selectFrom('dtb_member')
    .selectAll()
    .where('login_id', '=', loginId)
    .executeTakeFirstOrThrow();

/** What the flows need, at a clock that stands still. */
export async function identityDeps(store: Store) {
  const clock = fixedClock(START);
  const deps: IdentityDeps = {
    store,
    clock,
    authMagic: AUTH_MAGIC,
    passwordCost: 4, // the real cost is proven in src/staff/rules/password.test.ts
    twoFactorEnabled: true,
    memberCapabilities: memberCapabilities(await readLiveSchema(store)),
    refusals: refusalLog({
      store,
      clock,
      onError: (error) => {
        throw error;
      },
    }),
    shopName: async () => 'さくら Goods',
  };
  return { ...deps, clock };
}

const withoutOptionalColumns = (entity: (typeof coreEntities)[number]) => ({
  ...entity,
  columns: Object.fromEntries(Object.entries(entity.columns).filter(([, column]) => !column.optional)),
});
