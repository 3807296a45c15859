/** The member behind a grant, as far as the member may still approve: 稼働, and with the authority that consent needs. */
import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { SYSTEM_ADMIN_AUTHORITY_ID } from '../rules/scope.ts';

const WORKING = 1; // mtb_work.id of 稼働

/** What these statements need of the shop's member table. */
export const withMembers = (db: Db) => db.withTables<{ dtb_member: { id: number; login_id: string } }>();

/** For a join on `dtb_member as member`: who may no longer approve is not found. */
export const MAY_APPROVE = sql<SqlBool>`${sql.ref('member.work_id')} = ${sql.lit(WORKING)}
  and ${sql.ref('member.authority_id')} = ${sql.lit(SYSTEM_ADMIN_AUTHORITY_ID)}`;

/** The login id of a member who may approve clients now; undefined: none of these. */
export async function findApproverLoginId(db: Db, memberId: number): Promise<string | undefined> {
  const row = await withMembers(db)
    .selectFrom('dtb_member as member')
    .select('member.login_id as loginId')
    .where('member.id', '=', memberId)
    .where(MAY_APPROVE)
    .executeTakeFirst();
  return row?.loginId;
}
