/** What staff do with jobs in the admin: send a CSV file, look, cancel; each leaves an event in the audit log. */
import { recordEvent } from '../../audit/events.ts';
import type { Actor } from '../../audit/origin.ts';
import type { Db } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import { findApproverLoginId } from '../../oauth/store/approver.ts';
import { listClientNames } from '../../oauth/store/clients.ts';
import { removeInput } from '../store/job-parts.ts';
import { endJob, type Job } from '../store/jobs.ts';
import type { CsvRequest } from './csv/open-csv-job.ts';
import type { JobDeps } from './job-deps.ts';
import { staffPrincipal } from './job-principal.ts';
import { resultOf } from './jobs.ts';
import { type TakenIn, takeInJob } from './take-in.ts';

export type Uploader = { readonly memberId: number; readonly actor: Actor };

/** @throws JobRefused */
export async function uploadByStaff(
  deps: JobDeps,
  { memberId, actor }: Uploader,
  request: CsvRequest,
): Promise<TakenIn> {
  const { store, clock } = deps;
  const taken = await takeInJob(deps, staffPrincipal(memberId, actor.loginId ?? ''), request, memberId);
  if (taken.kind !== 'taken') return taken;
  const detail = {
    job: taken.job.job_id,
    csv: request.csv,
    dry: request.validateOnly,
    total: taken.job.total,
  };
  await recordEvent(store.db, { kind: 'job_uploaded', occurredAt: clock.now(), ...actor, detail });
  return taken;
}

/** False when it had ended before. */
export async function cancelByStaff(
  { store, clock }: JobDeps,
  { job_id: job, client_id: clientId, member_id: memberId }: Job,
  actor: Actor,
): Promise<boolean> {
  return transact(store, async (db) => {
    if (!(await endJob(db, job, { state: 'cancelled' }, clock.now()))) return false;
    await removeInput(db, job);
    const ofClient = memberId === null ? { clientId } : {};
    const occurredAt = clock.now();
    await recordEvent(db, { kind: 'job_cancelled', occurredAt, ...ofClient, ...actor, detail: { job } });
    return true;
  });
}

type ResultLine = {
  readonly line?: number;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly line?: number } }[];
};

/** What is said of the first lines that came to nothing. */
export async function firstFailures(
  deps: JobDeps,
  job: Job,
  most: number,
): Promise<{ readonly line: number; readonly message: string }[]> {
  const found: { readonly line: number; readonly message: string }[] = [];
  for await (const part of resultOf(deps, job)) {
    for (const text of part.split('\n')) {
      // Only these begin so (run-lines.ts, `api.write`): a long list of good ones is not read as JSON.
      if (!text.includes('"errors":')) continue;
      const { line = 0, errors = [] } = JSON.parse(text) as ResultLine;
      for (const { message, extensions } of errors) {
        found.push({ line: extensions.line ?? line, message });
        if (found.length >= most) return found;
      }
    }
  }
  return found;
}

/** Who has sent each of them: the client's name, or the member's login id; undefined for who is gone. */
export async function jobSenders(db: Db, jobs: readonly Job[]): Promise<(job: Job) => string | undefined> {
  const ofClients = jobs.filter(({ member_id: id }) => id === null);
  const clients = await listClientNames(
    db,
    ofClients.map(({ client_id: id }) => id),
  );
  const members = new Map<number, string | undefined>();
  for (const { member_id: id } of jobs) {
    if (id !== null && !members.has(id)) members.set(id, await findApproverLoginId(db, id));
  }
  return (job) => (job.member_id === null ? clients.get(job.client_id) : members.get(job.member_id));
}
