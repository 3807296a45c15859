/**
 * /api/jobs: many lines for one mutation, or all rows of a list, worked on beside the requests. POST takes one in (202), GET
 * tells how it gets on, at once or as server-sent events, DELETE ends it, and the result is a file of JSON lines.
 */
import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { JobDeps } from '../../graphql/jobs/job-deps.ts';
import { JobRefused } from '../../graphql/jobs/job-refused.ts';
import { cancelJob, hasEnded, ownJob, resultRefusal } from '../../graphql/jobs/jobs.ts';
import { JOB_PAGE, jobPlace, pageOfJobs } from '../../graphql/jobs/list-jobs.ts';
import { takeInJob } from '../../graphql/jobs/take-in.ts';
import { toldJob } from '../../graphql/jobs/told-job.ts';
import type { Job } from '../../graphql/store/jobs.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import {
  ApiError,
  authenticate,
  type BearerGate,
  insufficientScope,
  type Publish,
  refuse,
} from '../api-refusal.ts';
import { openToPages } from '../cors.ts';
import { type Limiter, TooManyError } from '../limits.ts';
import { jobEvents } from './job-events.ts';
import { sendJobFile } from './job-file.ts';
import { readJobRequest } from './job-request.ts';

export const JOBS_URL = '/api/jobs';
const JOB_URL = `${JOBS_URL}/:id`;
const RESULT_URL = `${JOB_URL}/result`;
const ENVELOPE_BYTES = 512 * 1024; // of a form around its file
const FULL_RETRY_SECONDS = 60;
const UNREADY_RETRY_SECONDS = 5;
const LOOK_MS = 1_000;

export type JobsRoute = BearerGate & {
  readonly jobs: JobDeps;
  /** Told of a job that waits for its turn. */
  readonly wake: () => void;
  readonly publish: Publish;
  /** Requests a minute of one client. */
  readonly requests: Limiter;
  /** Epoch seconds as the API writes times. */
  readonly writeTime: (at: number) => string;
  readonly maxListenersPerClient: number;
  /** Told of every job that is taken in. */
  recordUse(grantId: string, operation: string, ip: string): void;
};

type OneJob = { Params: { id: string } };

export async function jobsRoute(app: FastifyInstance, deps: JobsRoute): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.publish, asApiError(error, deps), request, reply),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  const limits = { files: 1, fileSize: deps.jobs.limits.bytes + 1, fields: 6, fieldSize: ENVELOPE_BYTES / 2 };
  await app.register(multipart, { limits: { ...limits, parts: 7, headerPairs: 20 } });
  const listeners = new Map<string, number>();
  const stopping = new AbortController();
  app.addHook('preClose', async () => stopping.abort());
  const principals = new WeakMap<FastifyRequest, Principal>();
  app.route({
    method: 'POST',
    url: JOBS_URL,
    // Before the body: lines are not read for someone who may not send them.
    onRequest: async (request) => {
      principals.set(request, await admitted(deps, request));
    },
    handler: (request, reply) => take(deps, principals.get(request) as Principal, request, reply),
  });
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>(
    JOBS_URL,
    { exposeHeadRoute: false },
    (request, reply) => list(deps, request, reply),
  );
  app.get<OneJob>(JOB_URL, { exposeHeadRoute: false }, (request, reply) =>
    show(deps, { listeners, signal: stopping.signal }, request, reply),
  );
  app.delete<OneJob>(JOB_URL, (request, reply) => cancel(deps, request, reply));
  app.get<OneJob>(RESULT_URL, { exposeHeadRoute: false }, (request, reply) =>
    sendResult(deps, request, reply),
  );
  others(app);
}

/** Any other method says which are there. */
function others(app: FastifyInstance): void {
  const doors = { [JOBS_URL]: ['GET', 'POST'], [JOB_URL]: ['GET', 'DELETE'], [RESULT_URL]: ['GET'] };
  const all = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const refusing = (methods: readonly string[]) => (): never => {
    throw new ApiError(405, `Use ${methods.join(' or ')}.`, 'graphql', { allow: methods.join(', ') });
  };
  const headers = 'Authorization, Content-Type, *';
  openToPages(
    app,
    Object.fromEntries(
      Object.entries(doors).map(([url, methods]) => [
        url,
        { methods: methods.join(', '), headers, refuse: refusing(methods) },
      ]),
    ),
  );
  for (const [url, methods] of Object.entries(doors)) {
    const method = all.filter((one) => !methods.includes(one));
    app.route({ method, url, handler: async () => refusing(methods)() });
  }
}

async function admitted(deps: JobsRoute, request: FastifyRequest): Promise<Principal> {
  const principal = await authenticate(deps, request);
  await deps.requests.spend(`client ${principal.clientId}`);
  const { bytes } = deps.jobs.limits;
  if (Number(request.headers['content-length'] ?? 0) > bytes + ENVELOPE_BYTES) throw tooLarge(deps);
  return principal;
}

async function take(
  deps: JobsRoute,
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const taken = await takeInJob(deps.jobs, principal, await readJobRequest(request));
  if (taken.kind === 'forbidden') throw insufficientScope(taken.error.message, taken.scopes, deps.issuer);
  if (taken.kind === 'full') throw new TooManyError(FULL_RETRY_SECONDS);
  if (taken.kind === 'errors') {
    const errors = taken.errors.map((error) => deps.publish(error, request.id));
    return reply.code(400).header('cache-control', 'no-store').send({ errors });
  }
  deps.wake();
  deps.recordUse(principal.grantId, 'jobs', request.ip);
  reply.code(202).header('location', `${JOBS_URL}/${taken.job.job_id}`).header('cache-control', 'no-store');
  return reply.send(shownJob(deps, taken.job));
}

async function found(
  deps: JobsRoute,
  request: FastifyRequest<OneJob>,
): Promise<{ job: Job; principal: Principal }> {
  const principal = await authenticate(deps, request);
  await deps.requests.spend(`client ${principal.clientId}`);
  const job = await ownJob(deps.jobs, principal.clientId, request.params.id);
  if (job) return { job, principal };
  throw new ApiError(404, 'There is no such job.', 'graphql', {}, 'NOT_FOUND', 'id');
}

type Listening = { readonly listeners: Map<string, number>; readonly signal: AbortSignal };

async function show(
  deps: JobsRoute,
  listening: Listening,
  request: FastifyRequest<OneJob>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { job, principal } = await found(deps, request);
  const type = new Negotiator(request.raw).mediaType(['application/json', 'text/event-stream']);
  reply.header('cache-control', 'no-store');
  if (type !== 'text/event-stream') return reply.send(shownJob(deps, job));
  const { clientId } = principal;
  const { listeners } = listening;
  const own = listeners.get(clientId) ?? 0;
  if (own >= deps.maxListenersPerClient) throw new TooManyError(FULL_RETRY_SECONDS);
  listeners.set(clientId, own + 1);
  const look = async () => {
    const verdict = await deps.principalOf(request.headers.authorization);
    const now = verdict.kind === 'ok' ? await ownJob(deps.jobs, clientId, job.job_id) : undefined;
    return now && { text: JSON.stringify(shownJob(deps, now)), over: hasEnded(now) };
  };
  const leaving = new AbortController();
  const signal = AbortSignal.any([listening.signal, leaving.signal]);
  const stream = jobEvents({ look, everyMs: LOOK_MS }, signal);
  stream.once('close', () => {
    leaving.abort();
    const left = (listeners.get(clientId) ?? 1) - 1;
    if (left === 0) listeners.delete(clientId);
    else listeners.set(clientId, left);
  });
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('x-accel-buffering', 'no') // nginx would hold events back
    .header('connection', 'close') // a stream that ends while the server closes must not hold it up
    .send(stream);
}

async function cancel(
  deps: JobsRoute,
  request: FastifyRequest<OneJob>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { job } = await found(deps, request);
  const now = await cancelJob(deps.jobs, job.job_id);
  return reply.header('cache-control', 'no-store').send(shownJob(deps, now ?? job));
}

async function sendResult(
  deps: JobsRoute,
  request: FastifyRequest<OneJob>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { job, principal } = await found(deps, request);
  if (!hasEnded(job)) {
    const headers = { 'retry-after': String(UNREADY_RETRY_SECONDS) };
    throw new ApiError(409, 'The job has not ended yet; its result comes then.', 'graphql', headers, 'BUSY');
  }
  const { format } = request.query as { readonly format?: unknown };
  if (format !== undefined && (format !== 'csv' || job.csv === null)) {
    const text = 'format: csv is the only one, and only of a job of CSV rows.';
    throw new ApiError(400, text, 'graphql', {}, 'BAD_REQUEST', 'format');
  }
  const refused = await resultRefusal(deps.jobs, principal, job);
  if (refused) throw insufficientScope(refused.error.message, refused.scopes, deps.issuer);
  return sendJobFile(deps.jobs, job, { request, reply, isCsv: format === 'csv' });
}

function shownJob(deps: JobsRoute, job: Job) {
  const timeOf = (at: number | null): string | null => (at === null ? null : deps.writeTime(at));
  const told = toldJob(job, deps.jobs.limits.keptSeconds);
  const result = hasEnded(job) ? `${deps.issuer}${JOBS_URL}/${job.job_id}/result` : null;
  return {
    ...told,
    created_at: timeOf(told.created_at),
    started_at: timeOf(told.started_at),
    ended_at: timeOf(told.ended_at),
    expires_at: timeOf(told.expires_at),
    result_url: result,
    failed_rows_url: result !== null && job.csv !== null ? `${result}?format=csv` : null,
  };
}

async function list(
  deps: JobsRoute,
  request: FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { clientId } = await authenticate(deps, request);
  await deps.requests.spend(`client ${clientId}`);
  const { first = JOB_PAGE.usual, after } = request.query;
  const place = after === undefined ? undefined : jobPlace(String(after));
  if (!/^[1-9]\d{0,2}$/.test(String(first)) || Number(first) > JOB_PAGE.most) {
    const text = `first: give a number from 1 to ${JOB_PAGE.most}.`;
    throw new ApiError(400, text, 'Invalid argument', {}, 'LIMIT', 'first');
  }
  if (after !== undefined && !place) {
    const text = 'after: this is no cursor of this list.';
    throw new ApiError(400, text, 'Invalid argument', {}, 'INVALID', 'after');
  }
  const page = await pageOfJobs(deps.jobs.store.db, clientId, { first: Number(first), after: place });
  const jobs = page.jobs.map((job) => shownJob(deps, job));
  return reply.header('cache-control', 'no-store').send({ jobs, next: page.next });
}

const tooLarge = ({ jobs }: JobsRoute): ApiError =>
  new ApiError(413, `A job has at most ${jobs.limits.bytes} bytes.`, 'graphql', {}, 'LIMIT');

/** What the readers of bodies refuse, and what is wrong with the lines, in the words of this route. */
function asApiError(error: FastifyError | Error, deps: JobsRoute): FastifyError | Error {
  if (error instanceof JobRefused) {
    const { code, message, field } = error;
    const category = code === 'INVALID' ? 'Invalid argument' : 'graphql';
    return new ApiError(code === 'LIMIT' ? 413 : 400, message, category, {}, code, field);
  }
  const { code } = error as FastifyError;
  if (code === 'FST_REQ_FILE_TOO_LARGE' || code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(deps);
  return error;
}
