/** Rows of bulk jobs. What happens once, a turn or an end, is decided by a conditional write and its row count. */
import type { Selectable } from 'kysely';
import type { JobTables } from '../../database/job-tables.ts';
import type { Db } from '../../database/open.ts';

export type Job = Selectable<JobTables['tegata_job']>;

export type NewJob = Pick<
  Job,
  'job_id' | 'client_id' | 'grant_id' | 'member_id' | 'scopes' | 'kind' | 'operation' | 'csv' | 'is_dry'
>;

const UNENDED = ['receiving', 'queued', 'running'];
const WAITING = ['queued', 'running'];

export async function insertJob(db: Db, job: NewJob, now: number): Promise<void> {
  const nothing = { total: 0, succeeded: 0, failed: 0, input_parts: 0, part: 0, line: 0, result_parts: 0 };
  const begun = { state: 'receiving', created_at: now, started_at: null, ended_at: null, turn_ms: 0 };
  const none = { result_bytes: 0, error_code: null, error_message: null };
  await db
    .insertInto('tegata_job')
    .values({ ...job, ...begun, ...nothing, ...none })
    .execute();
}

/** How many have not ended, of one client and of all. */
export async function countUnended(db: Db, clientId: string): Promise<{ own: number; all: number }> {
  const rows = await db
    .selectFrom('tegata_job')
    .select('client_id as clientId')
    .where('state', 'in', UNENDED)
    .execute();
  return { own: rows.filter((row) => row.clientId === clientId).length, all: rows.length };
}

export const findJob = (db: Db, jobId: string): Promise<Job | undefined> =>
  db.selectFrom('tegata_job').selectAll().where('job_id', '=', jobId).executeTakeFirst();

/** The newest first, without those that are still being sent. */
export async function listJobs(
  db: Db,
  wanted: {
    readonly clientId: string | undefined;
    readonly after: { readonly createdAt: number; readonly jobId: string } | undefined;
    readonly limit: number;
  },
): Promise<Job[]> {
  const { clientId, after, limit } = wanted;
  let query = db.selectFrom('tegata_job').selectAll().where('state', '!=', 'receiving');
  if (clientId !== undefined) query = query.where('client_id', '=', clientId).where('member_id', 'is', null);
  if (after) {
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('job_id', '<', after.jobId)]),
      ]),
    );
  }
  return query.orderBy('created_at', 'desc').orderBy('job_id', 'desc').limit(limit).execute();
}

/** All that wait or run, the oldest first. */
export const waitingJobs = (db: Db): Promise<Job[]> =>
  db
    .selectFrom('tegata_job')
    .selectAll()
    .where('state', 'in', WAITING)
    .orderBy('created_at')
    .orderBy('job_id')
    .execute();

export async function enqueueJob(db: Db, jobId: string, input: Pick<Job, 'total' | 'input_parts'>) {
  await db
    .updateTable('tegata_job')
    .set({ ...input, state: 'queued' })
    .where('job_id', '=', jobId)
    .where('state', '=', 'receiving')
    .execute();
}

/**
 * Takes the turn of a job in a transaction: its row is locked until the end, so that two processes never work on the same
 * lines. False when the job is not where it was, or has ended.
 */
export async function takeTurn(db: Db, job: Job, at: { now: number; nowMs: number }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_job')
    .set({
      state: 'running',
      started_at: job.started_at ?? at.now,
      turn_ms: Math.max(at.nowMs, job.turn_ms + 1),
    })
    .where('job_id', '=', job.job_id)
    .where('state', 'in', WAITING)
    .where('part', '=', job.part)
    .where('line', '=', job.line)
    .where('result_parts', '=', job.result_parts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export type Progress = Pick<
  Job,
  'total' | 'succeeded' | 'failed' | 'part' | 'line' | 'result_parts' | 'result_bytes'
>;

/** In the transaction that has taken the turn. */
export async function saveProgress(db: Db, jobId: string, progress: Progress): Promise<void> {
  await db.updateTable('tegata_job').set(progress).where('job_id', '=', jobId).execute();
}

export type JobEnd = {
  readonly state: 'completed' | 'failed' | 'cancelled';
  readonly error?: { readonly code: string; readonly message: string } | undefined;
};

/** True for the one who ended it. */
export async function endJob(db: Db, jobId: string, { state, error }: JobEnd, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_job')
    .set({
      state,
      ended_at: now,
      error_code: error?.code ?? null,
      error_message: error === undefined ? null : [...error.message].slice(0, 1000).join(''),
    })
    .where('job_id', '=', jobId)
    .where('state', 'in', WAITING)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function removeJob(db: Db, jobId: string): Promise<void> {
  await db.deleteFrom('tegata_job_part').where('job_id', '=', jobId).execute();
  await db.deleteFrom('tegata_job').where('job_id', '=', jobId).execute();
}

/** Jobs that ended, or whose lines stopped coming, before these times. */
export async function outdatedJobs(
  db: Db,
  before: { readonly ended: number; readonly receiving: number },
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('tegata_job')
    .select('job_id as jobId')
    .where((eb) =>
      eb.or([
        eb('ended_at', '<=', before.ended),
        eb.and([eb('state', '=', 'receiving'), eb('created_at', '<=', before.receiving)]),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ jobId }) => jobId);
}
