/** For whom a job goes on: what its grant, its client and its member are now, whatever they were when it began. */
import type { Db } from '../../database/open.ts';
import { clientSubject } from '../../oauth/rules/claims.ts';
import { isWithin, type Principal } from '../../oauth/rules/scope.ts';
import { findApproverLoginId } from '../../oauth/store/approver.ts';
import { readLiveness } from '../../oauth/store/grants.ts';
import type { Job } from '../store/jobs.ts';

/** Where a client's id is asked for, of what staff send by the admin. */
const STAFF_CLIENT_ID = 'staff';
const NO_GRANT = '';
const STAFF_SCOPES = ['read', 'write'];

/** A member who sends a file by the admin: システム管理者, who could give any client all of this. */
export const staffPrincipal = (memberId: number, loginId: string): Principal => ({
  clientId: STAFF_CLIENT_ID,
  grantId: NO_GRANT,
  jti: '',
  memberId,
  subject: loginId,
  scopes: new Set(STAFF_SCOPES),
});

/** undefined: the grant has ended, the client is switched off, or the member may no longer approve. */
export async function principalOfJob(db: Db, job: Job): Promise<Principal | undefined> {
  if (job.member_id !== null) {
    const loginId = await findApproverLoginId(db, job.member_id);
    return loginId === undefined ? undefined : staffPrincipal(job.member_id, loginId);
  }
  const life = await readLiveness(db, job.grant_id, '');
  if (life?.clientId !== job.client_id) return undefined;
  if (life.grantRevokedAt !== null || life.clientDisabledAt !== null) return undefined;
  const subject = life.memberId === null ? clientSubject(job.client_id) : life.liveLoginId;
  if (subject === null) return undefined;
  const allowed = [life.grantScope, life.clientScope].map((text) => text.split(' '));
  const scopes = job.scopes.split(' ').filter((scope) => allowed.every((held) => isWithin(scope, held)));
  return {
    clientId: job.client_id,
    grantId: job.grant_id,
    jti: '',
    memberId: life.memberId,
    subject,
    scopes: new Set(scopes),
  };
}
