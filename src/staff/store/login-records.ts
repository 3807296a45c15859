/** Where EC-CUBE writes a login: 最終ログイン on the member's row, and ログイン履歴. */
import type { Generated } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import { storable } from '../../database/storable.ts';
import type { MemberCapabilities } from './members.ts';

export type LoginRecord = {
  readonly loginId: string;
  readonly clientIp: string;
  readonly succeeded: boolean;
  readonly memberId: number | null;
};

type ShopTables = {
  dtb_member: { id: number; login_date: string | null };
  dtb_login_history: {
    id: Generated<number>;
    user_name: string | null;
    client_ip: string | null;
    login_history_status_id: number;
    member_id: number | null;
    create_date: string;
    update_date: string;
    discriminator_type: string;
  };
};

/** No login id has these, but strangers type them, and tables from EC-CUBE 4.0 on MySQL cannot hold them. */
const BEYOND_OLD_UTF8 = /[\u{10000}-\u{10FFFF}]/gu;

const LOGIN_STATUS = { failed: 0, succeeded: 1 } as const; // mtb_login_history_status

const shop = (db: Db) => db.withTables<ShopTables>();

/** 最終ログイン. */
export async function writeLoginDate(db: Db, kit: DialectKit, memberId: number, now: number): Promise<void> {
  await shop(db)
    .updateTable('dtb_member')
    .set({ login_date: kit.dateText(now) })
    .where('id', '=', memberId)
    .execute();
}

/** ログイン履歴, where the shop's version keeps one. */
export async function writeLoginHistory(
  db: Db,
  kit: DialectKit,
  capabilities: MemberCapabilities,
  login: LoginRecord,
  now: number,
): Promise<void> {
  if (!capabilities.loginHistory) return;
  await shop(db)
    .insertInto('dtb_login_history')
    .values({
      user_name: storable(login.loginId, 255)?.replace(BEYOND_OLD_UTF8, '\uFFFD') ?? null,
      client_ip: storable(login.clientIp, 64),
      login_history_status_id: login.succeeded ? LOGIN_STATUS.succeeded : LOGIN_STATUS.failed,
      member_id: login.memberId,
      create_date: kit.dateText(now),
      update_date: kit.dateText(now),
      discriminator_type: 'loginhistory',
    })
    .execute();
}
