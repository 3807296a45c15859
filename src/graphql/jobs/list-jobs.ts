/** The jobs of a client, the newest first, a page at a time by their keys. */
import type { Db } from '../../database/open.ts';
import { type Job, listJobs } from '../store/jobs.ts';

export const JOB_PAGE = { usual: 20, most: 100 } as const;

/** The place behind a job: `1775003000-0123…`. */
const CURSOR = /^(\d{1,15})-([0-9a-f]{32})$/;

export type JobPlace = { readonly createdAt: number; readonly jobId: string };

export type JobPage = { readonly jobs: readonly Job[]; readonly next: string | null };

/** undefined: this is no cursor of this list. */
export function jobPlace(cursor: string): JobPlace | undefined {
  const [, createdAt, jobId] = CURSOR.exec(cursor) ?? [];
  return createdAt && jobId ? { createdAt: Number(createdAt), jobId } : undefined;
}

/** `clientId` undefined: those of all. */
export async function pageOfJobs(
  db: Db,
  clientId: string | undefined,
  { first, after }: { readonly first: number; readonly after?: JobPlace | undefined },
): Promise<JobPage> {
  const rows = await listJobs(db, { clientId, after, limit: first + 1 });
  const jobs = rows.slice(0, first);
  const last = jobs.at(-1);
  return { jobs, next: last && rows.length > first ? `${last.created_at}-${last.job_id}` : null };
}
