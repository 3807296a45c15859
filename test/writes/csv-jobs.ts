/** A recorded CSV file as a job: taken in, worked off, and what it said. */
import { createHash } from 'node:crypto';
import type { CsvKind } from '../../src/graphql/jobs/csv/csv-job.ts';
import type { JobDeps } from '../../src/graphql/jobs/job-deps.ts';
import { JOB_LIMITS } from '../../src/graphql/jobs/job-limits.ts';
import { staffPrincipal } from '../../src/graphql/jobs/job-principal.ts';
import { JobRefused } from '../../src/graphql/jobs/job-refused.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import { resultOf } from '../../src/graphql/jobs/jobs.ts';
import { takeInJob } from '../../src/graphql/jobs/take-in.ts';
import { findJob } from '../../src/graphql/store/jobs.ts';
import { cp932 } from '../support/cp932.ts';

export type CsvOutcome = { readonly codes: readonly string[]; readonly says: readonly string[] };

type Failed = { readonly errors?: readonly { message: string; extensions: { code: string } }[] };

export const csvKindOf = (path: string): CsvKind =>
  path.includes('category') ? 'categories' : path.includes('shipping') ? 'shippings' : 'products';

export function csvJobs(needs: Pick<JobDeps, 'store' | 'clock' | 'api' | 'registry'>) {
  const key = createHash('sha256').update('csv').digest();
  const rest = { key, limits: JOB_LIMITS, locale: 'ja', timeZone: 'Asia/Tokyo' } as const;
  const jobs: JobDeps = { ...needs, ...rest, log: { error: () => {} }, isOn: async () => true };
  const worker = jobWorker(jobs);
  return async (csv: CsvKind, text: string, encoding = 'utf-8'): Promise<CsvOutcome> => {
    const bytes = encoding === 'cp932' ? cp932(text) : Buffer.from(text);
    const lines = (async function* () {
      yield bytes;
    })();
    try {
      const taken = await takeInJob(jobs, staffPrincipal(1, 'admin'), { csv, validateOnly: false, lines }, 1);
      if (taken.kind !== 'taken') throw new Error(taken.kind);
      while (await worker.tick());
      const job = await findJob(needs.store.db, taken.job.job_id);
      if (job?.state !== 'completed') throw new Error(`the job is ${job?.state}: ${job?.error_message}`);
      let result = '';
      for await (const part of resultOf(jobs, job)) result += part;
      const failed = result
        .split('\n')
        .filter((line) => line !== '')
        .flatMap((line) => (JSON.parse(line) as Failed).errors ?? []);
      return {
        codes: failed.map(({ extensions }) => extensions.code),
        says: failed.map(({ message }) => message),
      };
    } catch (error) {
      if (error instanceof JobRefused) return { codes: [error.code], says: [error.message] };
      throw error;
    }
  };
}
