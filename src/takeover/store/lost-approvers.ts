/** Members whose approvals the plugin honours and Tegata does not: no longer 稼働, or not システム管理者. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { MAY_APPROVE } from '../../oauth/store/approver.ts';

/** Login ids, each with live refresh tokens. */
export async function lostApprovers(db: Db, now: string): Promise<string[]> {
  const { rows } = await sql<{ login: string }>`
    select distinct access.user_identifier as login
    from oauth2_refresh_token as refresh
    inner join oauth2_access_token as access on access.identifier = refresh.access_token
    left join dtb_member as member on member.login_id = access.user_identifier and ${MAY_APPROVE}
    where refresh.revoked = false and refresh.expiry > ${now}
      and access.user_identifier is not null and member.id is null
    order by access.user_identifier`.execute(db);
  return rows.map(({ login }) => login);
}
