/** What callers may do with their jobs once they are taken: look, stop, fetch the result. Others' jobs are not there for them. */
import { spareMemory } from '../../base/spare-memory.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { Prepared } from '../request/execute.ts';
import { readJobPart, removeInput } from '../store/job-parts.ts';
import { endJob, findJob, type Job, outdatedJobs, removeJob } from '../store/jobs.ts';
import { failedRows } from './csv/failed-rows.ts';
import { type JobDeps, jobPartStore } from './job-deps.ts';
import { type JobText, judged } from './take-in.ts';

const PRUNED_AT_ONCE = 20;

export async function ownJob({ store }: JobDeps, clientId: string, jobId: string): Promise<Job | undefined> {
  const job = await findJob(store.db, jobId);
  return job?.client_id === clientId && job.member_id === null && job.state !== 'receiving' ? job : undefined;
}

/** Ends it where it is; what it has done stays. A job that has ended stays as it is. */
export async function cancelJob({ store, clock }: JobDeps, jobId: string): Promise<Job | undefined> {
  const cancelled = await endJob(store.db, jobId, { state: 'cancelled' }, clock.now());
  if (cancelled) await removeInput(store.db, jobId);
  return findJob(store.db, jobId);
}

export const hasEnded = ({ ended_at }: Pick<Job, 'ended_at'>): boolean => ended_at !== null;

/** Why a token may not read the result: it must open what the job has read. */
export async function resultRefusal(
  deps: JobDeps,
  principal: Principal,
  job: Job,
): Promise<Extract<Prepared, { kind: 'forbidden' }> | undefined> {
  const text = await textOfJob(deps, job);
  const refused = text && judged(deps, principal, text, text.variables);
  return refused?.kind === 'forbidden' ? refused : undefined;
}

/** The result as it was written, a part at a time. */
export async function* resultOf(deps: JobDeps, job: Job): AsyncGenerator<string> {
  for (let number = 0; number < job.result_parts; number += 1) {
    const part = await readJobPart(jobPartStore(deps), { jobId: job.job_id, kind: 'result', number });
    if (!part) throw new Error('a part of the result is missing');
    yield part.text;
    spareMemory(deps.clock);
  }
}

/** The rows of its CSV that came to nothing, as a file to put right and send again. */
export async function* failedRowsOf(deps: JobDeps, job: Job): AsyncGenerator<string> {
  const text = await textOfJob(deps, job);
  if (!text?.csv) throw new Error('a job without rows of CSV has no file of them');
  yield* failedRows(text.csv, resultOf(deps, job));
}

async function textOfJob(deps: JobDeps, { job_id: jobId }: Job): Promise<JobText | undefined> {
  const part = await readJobPart(jobPartStore(deps), { jobId, kind: 'document', number: 0 });
  return part && (JSON.parse(part.text) as JobText);
}

export async function pruneJobs({ store, limits }: JobDeps, now: number): Promise<number> {
  const before = { ended: now - limits.keptSeconds, receiving: now - limits.receivingSeconds };
  const gone = await outdatedJobs(store.db, before, PRUNED_AT_ONCE);
  for (const jobId of gone) await removeJob(store.db, jobId);
  return gone.length;
}
