/**
 * GET and POST /api: GraphQL over HTTP (https://graphql.github.io/graphql-over-http/) behind a bearer token (RFC 6750).
 * Every refusal leaves in GraphQL form, `{"errors":[…]}`.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import { parseRequestParams, type RequestParams } from 'graphql-http';
import type { ApiCall } from '../flow/api-use.ts';
import type { Api } from '../graphql/api.ts';
import type { Answer } from '../graphql/execute.ts';
import type { Principal } from '../oauth/scope.ts';
import { acceptedMediaType, type MediaType } from './accept.ts';
import {
  authenticate,
  type BearerGate,
  BODY_LIMIT_BYTES,
  insufficientScope,
  Refusal,
  refuse,
} from './api-refusal.ts';
import type { Limiter } from './limits.ts';

const METHODS = 'GET, POST';

export type ApiRoute = BearerGate & {
  api: Api;
  /** Requests a minute of one client. */
  requests: Limiter;
  /** Told of every operation that is about to run. */
  recordUse(grantId: string, operation: string, ip: string): void;
  /** Told of every request under a token, once it is answered. */
  recordCall(call: ApiCall): void;
};

export async function apiRoute(app: FastifyInstance, deps: ApiRoute): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.api.publish, error, request, reply),
  );
  app.removeAllContentTypeParsers();
  // Read whatever is sent; which type is good is judged with the rest of the request.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.route({
    method: ['GET', 'POST'],
    url: '/api',
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoute: false,
    handler: (request, reply) => answer(deps, request, reply),
  });
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/api',
    handler: async () => {
      throw new Refusal(405, 'Use GET or POST.', 'graphql', { allow: METHODS });
    },
  });
}

async function answer(deps: ApiRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const principal = await authenticate(deps, request);
  const { clientId, grantId } = principal;
  const counted = (failed: boolean) => deps.recordCall({ clientId, grantId, failed, ms: reply.elapsedTime });
  try {
    const { media, result } = await answerTo(deps, principal, request);
    counted((result.errors ?? []).length > 0);
    return send(reply, media, result);
  } catch (error) {
    counted(true);
    throw error;
  }
}

type Answered = { readonly media: MediaType; readonly result: Answer };

async function answerTo(deps: ApiRoute, principal: Principal, request: FastifyRequest): Promise<Answered> {
  await deps.requests.spend(`client ${principal.clientId}`);
  const media = acceptedMediaType(request.headers.accept);
  if (!media) throw new Refusal(406, 'The answer is application/graphql-response+json or application/json.');
  const params = await readParams(request);
  const { api } = deps;
  const prepared = api.prepare(params, { principal, requestId: request.id });
  if (prepared.kind === 'forbidden') throw insufficientScope(prepared.error.message, prepared.scopes);
  if (prepared.kind === 'errors') {
    return { media, result: { errors: prepared.errors.map((error) => api.publish(error, request.id)) } };
  }
  if (request.method === 'GET') refuseMutation(prepared.args);
  for (const root of prepared.roots) deps.recordUse(principal.grantId, root, request.ip);
  return { media, result: await api.run(prepared.args) };
}

async function readParams(request: FastifyRequest): Promise<RequestParams> {
  const body = typeof request.body === 'string' ? request.body : null;
  const { method, url, headers, raw } = request;
  const read = await parseRequestParams({ method, url, headers, body, raw, context: undefined }).catch(
    (error: Error) => {
      throw new Refusal(400, error.message);
    },
  );
  if ('query' in read) return read;
  const [, { status, statusText }] = read;
  throw new Refusal(status, status === 415 ? 'Send the question as application/json in UTF-8.' : statusText);
}

/** A GET changes nothing: links, caches and prefetching repeat it. */
function refuseMutation({ document, operationName }: ExecutionArgs): void {
  const operation = getOperationAST(document, operationName);
  if (operation && operation.operation !== 'query') {
    throw new Refusal(405, 'Send a mutation by POST.', 'graphql', { allow: 'POST' });
  }
}

/** Without `data` nothing was run: the newer media type says so by the status, the older one always says 200. */
function send(reply: FastifyReply, media: MediaType, result: Answer): FastifyReply {
  const status = 'data' in result || media === 'application/json' ? 200 : 400;
  reply.code(status).header('content-type', `${media}; charset=utf-8`).header('cache-control', 'no-store');
  return reply.send(JSON.stringify(result));
}
