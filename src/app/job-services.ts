/** Bulk jobs: what their routes and their worker are handed. */
import { deriveKey } from '../base/bytes.ts';
import type { JobDeps } from '../graphql/jobs/job-deps.ts';
import { JOB_LIMITS } from '../graphql/jobs/job-limits.ts';
import { type JobWorker, jobWorker } from '../graphql/jobs/job-worker.ts';
import type { Config } from './config/config.ts';
import type { KeyStore } from './keys/key-store.ts';

type JobNeeds = Pick<JobDeps, 'store' | 'clock' | 'registry' | 'api' | 'log' | 'isOn'> & {
  readonly keyFiles: KeyStore;
  readonly config: Pick<Config, 'locale' | 'timeZone'>;
};

/** The worker works only when it is started. */
export function jobServices({ keyFiles, config, store, clock, registry, api, log, isOn }: JobNeeds): {
  readonly jobs: JobDeps;
  readonly jobWorker: JobWorker;
  /** There is a job that waits for its turn. */
  readonly wakeJobs: () => void;
} {
  const key = deriveKey(keyFiles.masterKey, 'tegata jobs');
  const { locale, timeZone } = config;
  const jobs = { store, clock, registry, api, log, isOn, key, locale, timeZone, limits: JOB_LIMITS };
  const worker = jobWorker(jobs);
  return { jobs, jobWorker: worker, wakeJobs: () => worker.wake() };
}
