/**
 * GET and POST /api: GraphQL over HTTP (https://graphql.github.io/graphql-over-http/) behind a bearer token (RFC 6750).
 * Every refusal leaves in GraphQL form, `{"errors":[…]}`.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import { parseRequestParams, type RequestParams } from 'graphql-http';
import type { Api } from '../graphql/api.ts';
import type { Answer } from '../graphql/execute.ts';
import { acceptedMediaType, type MediaType } from './accept.ts';
import {
  authenticate,
  type BearerGate,
  BODY_LIMIT_BYTES,
  insufficientScope,
  Refusal,
  refuse,
} from './api-refusal.ts';
import { openToPages } from './cors.ts';
import type { Limiter } from './limits.ts';

const METHODS = 'GET, POST';

export type ApiRoute = BearerGate & {
  api: Api;
  /** Requests a minute of one client. */
  requests: Limiter;
  /** Told of every operation that is about to run. */
  recordUse(grantId: string, operation: string, ip: string): void;
};

export async function apiRoute(app: FastifyInstance, deps: ApiRoute): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.api.publish, error, request, reply),
  );
  app.removeAllContentTypeParsers();
  // Read whatever is sent; which type is good is judged with the rest of the request.
  // RFC 8259 §8.1: a byte order mark before JSON may be passed over; PowerShell and .NET write one.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, String(body).replace(/^\uFEFF/, '')),
  );
  app.route({
    method: ['GET', 'POST'],
    url: '/api',
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoute: false,
    handler: (request, reply) => answer(deps, request, reply),
  });
  const useOthers = (): never => {
    throw new Refusal(405, 'Use GET or POST.', 'graphql', { allow: METHODS });
  };
  openToPages(app, {
    '/api': { methods: METHODS, headers: 'Authorization, Content-Type, *', refuse: useOthers },
  });
  app.route({ method: ['HEAD', 'PUT', 'PATCH', 'DELETE'], url: '/api', handler: useOthers });
}

async function answer(deps: ApiRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const principal = await authenticate(deps, request);
  await deps.requests.spend(`client ${principal.clientId}`);
  const media = acceptedMediaType(request.headers.accept);
  if (!media) throw new Refusal(406, 'The answer is application/graphql-response+json or application/json.');
  const params = await readParams(request);
  const { api } = deps;
  const prepared = api.prepare(params, { principal, requestId: request.id });
  if (prepared.kind === 'forbidden') {
    throw insufficientScope(prepared.error.message, prepared.scopes, deps.issuer);
  }
  if (prepared.kind === 'errors') {
    return send(reply, media, { errors: prepared.errors.map((error) => api.publish(error, request.id)) });
  }
  if (request.method === 'GET') refuseMutation(prepared.args);
  for (const root of prepared.roots) deps.recordUse(principal.grantId, root, request.ip);
  return send(reply, media, await api.run(prepared.args));
}

async function readParams(request: FastifyRequest): Promise<RequestParams> {
  const body = typeof request.body === 'string' ? request.body : null;
  const { method, url, headers, raw } = request;
  const read = await parseRequestParams({ method, url, headers, body, raw, context: undefined }).catch(
    (error: Error) => {
      throw asksByHash(request, body) ? unknownHash() : new Refusal(400, error.message);
    },
  );
  if ('query' in read) return read;
  if (asksByHash(request, body)) throw unknownHash();
  const [, { status, statusText }] = read;
  throw new Refusal(status, status === 415 ? 'Send the question as application/json in UTF-8.' : statusText);
}

/** Clients with persisted queries send a hash first; by these very words they know to send the question itself. */
const unknownHash = (): Refusal => new Refusal(200, 'PersistedQueryNotSupported');

function asksByHash({ query }: FastifyRequest, body: string | null): boolean {
  const asked = (query as { extensions?: unknown }).extensions ?? (body?.includes('persistedQuery') && body);
  return typeof asked === 'string' && /"persistedQuery"\s*:\s*\{/.test(asked);
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
