/** The result of a job as a file: its lines as JSON, or the rows of its CSV that came to nothing; packed for who takes gzip. */
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { JobDeps } from '../../graphql/jobs/job-deps.ts';
import { failedRowsOf, resultOf } from '../../graphql/jobs/jobs.ts';
import type { Job } from '../../graphql/store/jobs.ts';

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly isCsv: boolean };

export function sendJobFile(deps: JobDeps, job: Job, { request, reply, isCsv }: Exchange): FastifyReply {
  const parts = isCsv ? failedRowsOf(deps, job) : resultOf(deps, job);
  const lines = Readable.from(parts, { objectMode: false, highWaterMark: 1 });
  const [type, name] = isCsv
    ? ['text/csv; charset=utf-8', `job-${job.job_id}-failed.csv`]
    : ['application/jsonl; charset=utf-8', `job-${job.job_id}.jsonl`];
  reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .header('vary', 'Accept-Encoding');
  const coding = new Negotiator(request.raw).encoding(['gzip', 'identity']);
  if (coding !== 'gzip') return reply.send(lines);
  const packed = createGzip();
  lines.once('error', (error) => packed.destroy(error));
  packed.once('close', () => lines.destroy());
  return reply.header('content-encoding', 'gzip').send(lines.pipe(packed));
}
