/** Bulk jobs: what their routes and their worker are handed. */
import { deriveKey } from '../base/bytes.ts';
import type { JobDeps } from '../graphql/jobs/job-deps.ts';
import { JOB_LIMITS } from '../graphql/jobs/job-limits.ts';
import { type JobWorker, jobWorker } from '../graphql/jobs/job-worker.ts';
import type { KeyStore } from './keys/key-store.ts';

type JobNeeds = Pick<JobDeps, 'store' | 'clock' | 'api' | 'log' | 'isOn'> & { readonly keyFiles: KeyStore };

/** The worker works only when it is started. */
export function jobServices({ keyFiles, store, clock, api, log, isOn }: JobNeeds): {
  readonly jobs: JobDeps;
  readonly jobWorker: JobWorker;
} {
  const key = deriveKey(keyFiles.masterKey, 'tegata jobs');
  const jobs = { store, clock, api, log, isOn, key, limits: JOB_LIMITS };
  return { jobs, jobWorker: jobWorker(jobs) };
}
