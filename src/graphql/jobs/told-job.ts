/** A job as callers see it; times are epoch seconds. */
import type { Job } from '../store/jobs.ts';

export const toldJob = (job: Job, keptSeconds: number) => ({
  id: job.job_id,
  status: job.state,
  type: job.kind,
  operation: job.operation,
  /** Whose columns its rows have. */
  csv: job.csv,
  validate_only: Number(job.is_dry) === 1,
  total: job.kind === 'query' && job.state !== 'completed' ? null : job.total,
  processed: job.succeeded + job.failed,
  succeeded: job.succeeded,
  failed: job.failed,
  created_at: job.created_at,
  started_at: job.started_at,
  ended_at: job.ended_at,
  /** When its result goes; null while it has none that is whole. */
  expires_at: job.ended_at === null ? null : job.ended_at + keptSeconds,
  result_bytes: job.result_bytes,
  error: job.error_code === null ? null : { code: job.error_code, message: job.error_message },
});
