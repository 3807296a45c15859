/** For whom a job goes on: what its grant, its client and its member are now, whatever they were when it began. */
import type { Db } from '../../database/open.ts';
import { clientSubject } from '../../oauth/rules/claims.ts';
import { isWithin, type Principal } from '../../oauth/rules/scope.ts';
import { readLiveness } from '../../oauth/store/grants.ts';
import type { Job } from '../store/jobs.ts';

/** undefined: the grant has ended, the client is switched off, or the member may no longer approve. */
export async function principalOfJob(db: Db, job: Job): Promise<Principal | undefined> {
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
