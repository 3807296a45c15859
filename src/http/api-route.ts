/**
 * GET and POST /api: GraphQL over HTTP (https://graphql.github.io/graphql-over-http/) behind a bearer token (RFC 6750).
 * Every refusal leaves in GraphQL form, `{"errors":[…]}`.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionArgs, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { inSpan } from '../base/spans.ts';
import type { Api } from '../graphql/api.ts';
import type { PublicError } from '../graphql/request/execute.ts';
import type { Quotas } from '../graphql/request/quota.ts';
import { acceptedMediaType, type MediaType } from './accept.ts';
import {
  ApiError,
  authenticate,
  type BearerGate,
  BODY_LIMIT_BYTES,
  insufficientScope,
  refuse,
} from './api-refusal.ts';
import { ApiVisit, type CallSinks } from './api-visit.ts';
import { inFewerBytes } from './compression.ts';
import { openToPages } from './cors.ts';
import { readRequest } from './graphql-request.ts';
import type { Limiter } from './limits.ts';
import type { Running } from './running.ts';

const METHODS = 'GET, POST';
const SMALL_BODY_BYTES = 16_384; // what anyone may send before the token is looked at

export type ApiRouteDeps = BearerGate &
  CallSinks & {
    api: Api;
    /** Requests a minute of one client. */
    requests: Limiter;
    /** What each client may spend. */
    readonly quotas: Quotas;
    readonly running: Running;
    /** Told of every operation that is about to run. */
    recordUse(grantId: string, operation: string, ip: string): void;
    /** Told of every operation, run or refused. */
    countOperation(
      kind: 'query' | 'mutation' | 'subscription' | 'none',
      outcome: 'ok' | 'errors' | 'refused',
    ): void;
  };

export async function apiRoute(app: FastifyInstance, deps: ApiRouteDeps): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.api.publish, error, request, reply),
  );
  app.removeAllContentTypeParsers();
  // Read whatever is sent; which type is good is judged with the rest of the request.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.route({
    method: ['GET', 'POST'],
    url: '/api',
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoute: false,
    onRequest: async (request) => {
      if (!isSmall(request) || isNameless(request)) await authenticate(deps, request);
    },
    handler: (request, reply) => answer(deps, request, reply),
  });
  const useOthers = (): never => {
    throw new ApiError(405, 'Use GET or POST.', 'graphql', { allow: METHODS });
  };
  openToPages(app, {
    '/api': { methods: METHODS, headers: 'Authorization, Content-Type, *', refuse: useOthers },
  });
  app.route({ method: ['HEAD', 'PUT', 'PATCH', 'DELETE'], url: '/api', handler: useOthers });
}

/** A larger body is not held in memory for someone without a token. */
function isSmall({ headers }: FastifyRequest): boolean {
  return (
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SMALL_BODY_BYTES
  );
}

/** Refused whatever the body says, so it is not waited for. */
const isNameless = ({ headers }: FastifyRequest): boolean => headers.authorization === undefined;

async function answer(
  deps: ApiRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visit = new ApiVisit(deps, await authenticate(deps, request));
  try {
    const answered = await answerTo(deps, visit, request, reply);
    const body = await inFewerBytes(request, reply, answered.text);
    visit.end(request.id, reply, answered);
    return send(reply, answered, body);
  } catch (error) {
    visit.fail(request.id, reply, error);
    throw error;
  }
}

/** RFC 9111 §5.2.1.4 */
const wantsNewest = ({ headers }: FastifyRequest): boolean =>
  /(?:^|[,\s])no-cache(?:$|[,\s])/i.test(headers['cache-control'] ?? '');

const bytesOf = ({ body }: FastifyRequest): number => (Buffer.isBuffer(body) ? body.length : 0);

type Answered = {
  readonly media: MediaType;
  readonly text: string;
  readonly status: number;
  /** Of its first error; null = it names none. */
  readonly errorCode: string | null;
};

/** Does `act` when the answer has left and nothing works for it any more: who goes early frees no place. */
type AtEnd = (act: () => void) => void;

async function answerTo(
  deps: ApiRouteDeps,
  visit: ApiVisit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answered> {
  const { clientId } = visit.principal;
  await visit.spend(deps.requests);
  const leave = await deps.running.enter(clientId, bytesOf(request));
  if (reply.raw.destroyed) {
    leave();
    throw new ApiError(408, 'The connection was closed meanwhile.', 'graphql', {}, 'TIMEOUT');
  }
  const work = Promise.withResolvers<void>();
  const atEnd: AtEnd = (act) => reply.raw.once('close', () => void work.promise.then(act));
  atEnd(leave);
  try {
    return await workedOut(deps, visit, request, reply, atEnd);
  } finally {
    work.resolve();
  }
}

async function workedOut(
  deps: ApiRouteDeps,
  visit: ApiVisit,
  request: FastifyRequest,
  reply: FastifyReply,
  atEnd: AtEnd,
): Promise<Answered> {
  const media = acceptedMediaType(request.headers.accept);
  if (!media) throw new ApiError(406, 'The answer is application/graphql-response+json or application/json.');
  const { api } = deps;
  const { principal, quota } = visit;
  const isGone = () => reply.raw.destroyed;
  const requester = { principal, requestId: request.id, isGone, quota, mayLag: !wantsNewest(request) };
  const prepared = api.prepare(readRequest(request), requester);
  if (prepared.kind !== 'ready') deps.countOperation('none', 'refused');
  if (prepared.kind === 'forbidden') {
    const { error, scopes, field } = prepared;
    throw insufficientScope(error.message, scopes, deps.issuer, field);
  }
  if (prepared.kind === 'errors') {
    const errors = prepared.errors.map((error) => api.publish(error, request.id));
    const text = JSON.stringify({ errors });
    return { media, text, status: statusOf(media, false), errorCode: codeOf(errors) };
  }
  const { waitSeconds, ran, ...answered } = await run(deps, visit, prepared, request, atEnd);
  if (waitSeconds !== undefined) reply.header('retry-after', String(waitSeconds));
  return { media, ...answered, status: waitSeconds === undefined ? statusOf(media, ran) : 429 };
}

async function run(
  { api, recordUse, countOperation }: ApiRouteDeps,
  visit: ApiVisit,
  prepared: { readonly args: ExecutionArgs; readonly roots: readonly string[] },
  request: FastifyRequest,
  atEnd: AtEnd,
) {
  const { args, roots } = prepared;
  const operation = getOperationAST(args.document, args.operationName);
  visit.operation = operation?.name?.value ?? '';
  visit.fields = roots.join(' ');
  atEnd(() => api.release(args));
  if (request.method === 'GET') refuseMutation(operation);
  for (const root of roots) recordUse(visit.principal.grantId, root, request.ip);
  const attributes = { 'graphql.operation.type': operation?.operation ?? '', 'tegata.fields': [...roots] };
  const result = await inSpan('graphql', attributes, async () => api.run(args));
  const { cost, waitSeconds } = api.spent(args);
  visit.cost = cost;
  countOperation(operation?.operation ?? 'none', result.errors ? 'errors' : 'ok');
  return {
    text: api.write(args, result),
    ran: 'data' in result,
    errorCode: codeOf(result.errors),
    waitSeconds,
  };
}

/** A GET changes nothing: links, caches and prefetching repeat it. */
function refuseMutation(operation: OperationDefinitionNode | null | undefined): void {
  if (operation && operation.operation !== 'query') {
    throw new ApiError(405, 'Send a mutation by POST.', 'graphql', { allow: 'POST' });
  }
}

const codeOf = (errors: readonly PublicError[] | undefined): string | null => {
  const first = errors?.[0]?.extensions;
  return first ? (first.code ?? first.category) : null;
};

/** Without `data` nothing was run: the newer media type says so by the status, the older one always says 200. */
const statusOf = (media: MediaType, hasData: boolean): number =>
  hasData || media === 'application/json' ? 200 : 400;

const send = (reply: FastifyReply, { status, media }: Answered, body: string | Buffer): FastifyReply =>
  reply
    .code(status)
    .header('content-type', `${media}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .send(body);
