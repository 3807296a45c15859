/**
 * GET and POST /api: GraphQL over HTTP (https://graphql.github.io/graphql-over-http/) behind a bearer token (RFC 6750).
 * Every refusal leaves in GraphQL form, `{"errors":[…]}`.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import type { Api } from '../graphql/api.ts';
import type { ApiCall } from '../oauth/api-use.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import { acceptedMediaType, type MediaType } from './accept.ts';
import {
  ApiError,
  authenticate,
  type BearerGate,
  BODY_LIMIT_BYTES,
  insufficientScope,
  refuse,
} from './api-refusal.ts';
import { openToPages } from './cors.ts';
import { readRequest } from './graphql-request.ts';
import type { Limiter } from './limits.ts';
import type { Running } from './running.ts';

const METHODS = 'GET, POST';
const SMALL_BODY_BYTES = 16_384; // what anybody may send before the token is looked at

export type ApiRoute = BearerGate & {
  api: Api;
  /** Requests a minute of one client. */
  requests: Limiter;
  readonly running: Running;
  /** Told of every operation that is about to run. */
  recordUse(grantId: string, operation: string, ip: string): void;
  /** Told of every operation, run or refused. */
  countOperation(
    kind: 'query' | 'mutation' | 'subscription' | 'none',
    outcome: 'ok' | 'errors' | 'refused',
  ): void;
  /** Told of every request under a token, once it is answered. */
  recordCall(call: ApiCall): void;
};

export async function apiRoute(app: FastifyInstance, deps: ApiRoute): Promise<void> {
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
      if (!isSmall(request)) await authenticate(deps, request);
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

/** A larger body is not held in memory for somebody without a token. */
function isSmall({ headers }: FastifyRequest): boolean {
  return (
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SMALL_BODY_BYTES
  );
}

async function answer(deps: ApiRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const principal = await authenticate(deps, request);
  const { clientId, grantId } = principal;
  const counted = (failed: boolean) => deps.recordCall({ clientId, grantId, failed, ms: reply.elapsedTime });
  try {
    const { media, text, ran, failed } = await answerTo(deps, principal, request, reply);
    counted(failed);
    return send(reply, media, text, ran);
  } catch (error) {
    counted(true);
    throw error;
  }
}

const bytesOf = ({ body }: FastifyRequest): number => (Buffer.isBuffer(body) ? body.length : 0);

type Answered = {
  readonly media: MediaType;
  readonly text: string;
  readonly ran: boolean;
  readonly failed: boolean;
};

/** Does `act` when the answer has left and nothing works for it any more: who goes early frees no place. */
type AtEnd = (act: () => void) => void;

async function answerTo(
  deps: ApiRoute,
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answered> {
  await deps.requests.spend(`client ${principal.clientId}`);
  const leave = await deps.running.enter(principal.clientId, bytesOf(request));
  if (reply.raw.destroyed) {
    leave();
    throw new ApiError(408, 'The connection was closed meanwhile.', 'graphql', {}, 'TIMEOUT');
  }
  const work = Promise.withResolvers<void>();
  const atEnd: AtEnd = (act) => reply.raw.once('close', () => void work.promise.then(act));
  atEnd(leave);
  try {
    return await workedOut(deps, principal, request, reply, atEnd);
  } finally {
    work.resolve();
  }
}

async function workedOut(
  deps: ApiRoute,
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
  atEnd: AtEnd,
): Promise<Answered> {
  const media = acceptedMediaType(request.headers.accept);
  if (!media) throw new ApiError(406, 'The answer is application/graphql-response+json or application/json.');
  const { api } = deps;
  const prepared = api.prepare(readRequest(request), {
    principal,
    requestId: request.id,
    isGone: () => reply.raw.destroyed,
  });
  if (prepared.kind !== 'ready') deps.countOperation('none', 'refused');
  if (prepared.kind === 'forbidden') {
    throw insufficientScope(prepared.error.message, prepared.scopes, deps.issuer);
  }
  if (prepared.kind === 'errors') {
    const errors = prepared.errors.map((error) => api.publish(error, request.id));
    return { media, text: JSON.stringify({ errors }), ran: false, failed: true };
  }
  return { media, ...(await run(deps, principal, prepared, request, atEnd)) };
}

async function run(
  { api, recordUse, countOperation }: ApiRoute,
  { grantId }: Principal,
  prepared: { readonly args: ExecutionArgs; readonly roots: readonly string[] },
  request: FastifyRequest,
  atEnd: AtEnd,
): Promise<Omit<Answered, 'media'>> {
  const { args, roots } = prepared;
  atEnd(() => api.release(args));
  if (request.method === 'GET') refuseMutation(args);
  for (const root of roots) recordUse(grantId, root, request.ip);
  const result = await api.run(args);
  const failed = 'errors' in result;
  const kind = getOperationAST(args.document, args.operationName)?.operation ?? 'none';
  countOperation(kind, failed ? 'errors' : 'ok');
  return { text: api.write(args, result), ran: 'data' in result, failed };
}

/** A GET changes nothing: links, caches and prefetching repeat it. */
function refuseMutation({ document, operationName }: ExecutionArgs): void {
  const operation = getOperationAST(document, operationName);
  if (operation && operation.operation !== 'query') {
    throw new ApiError(405, 'Send a mutation by POST.', 'graphql', { allow: 'POST' });
  }
}

/** Without `data` nothing was run: the newer media type says so by the status, the older one always says 200. */
function send(reply: FastifyReply, media: MediaType, text: string, hasData: boolean): FastifyReply {
  const status = hasData || media === 'application/json' ? 200 : 400;
  reply.code(status).header('content-type', `${media}; charset=utf-8`).header('cache-control', 'no-store');
  return reply.send(text);
}
