/**
 * GET and POST /api: GraphQL over HTTP (https://graphql.github.io/graphql-over-http/) behind a bearer token (RFC 6750).
 * Every refusal leaves in GraphQL form, `{"errors":[…]}`.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import { parseRequestParams, type RequestParams } from 'graphql-http';
import type { PrincipalOf } from '../flow/principal.ts';
import type { Api } from '../graphql/api.ts';
import type { Answer, PublicError } from '../graphql/execute.ts';
import type { Principal } from '../oauth/scope.ts';
import { acceptedMediaType, type MediaType } from './accept.ts';
import { type Limiter, TooManyError } from './limits.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
const METHODS = 'GET, POST';

export type ApiRoute = {
  api: Api;
  principalOf: PrincipalOf;
  /** Requests a minute of one client. */
  requests: Limiter;
  /** Base URL of this server, for the address of the resource metadata (RFC 9728 §5.1). */
  issuer: string;
};

/** An answer that is no GraphQL result. */
class Refusal extends Error {
  readonly status: number;
  readonly category: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, category = 'graphql', headers: Refusal['headers'] = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.headers = headers;
  }
}

export async function apiRoute(app: FastifyInstance, deps: ApiRoute): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => refuse(deps, error, request, reply));
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
  await deps.requests.spend(`client ${principal.clientId}`);
  const media = acceptedMediaType(request.headers.accept);
  if (!media) throw new Refusal(406, 'The answer is application/graphql-response+json or application/json.');
  const params = await readParams(request);
  const { api } = deps;
  const prepared = api.prepare(params, { principal, requestId: request.id });
  if (prepared.kind === 'forbidden') throw insufficientScope(prepared.error.message, prepared.scopes);
  if (prepared.kind === 'errors') {
    return send(reply, media, { errors: prepared.errors.map((error) => api.publish(error, request.id)) });
  }
  if (request.method === 'GET') refuseMutation(prepared.args);
  return send(reply, media, await api.run(prepared.args));
}

/** The token comes in the Authorization header only: addresses end up in logs (RFC 6750 §5.3). */
async function authenticate({ principalOf, issuer }: ApiRoute, request: FastifyRequest): Promise<Principal> {
  const metadata = `resource_metadata="${issuer}/.well-known/oauth-protected-resource"`;
  if (/[?&]access_token=/i.test(request.url)) {
    const challenge = `Bearer realm="tegata", error="invalid_request", ${metadata}`;
    const message = 'Send the access token in the Authorization header, not in the URL.';
    throw new Refusal(400, message, 'authentication', { 'www-authenticate': challenge });
  }
  const verdict = await principalOf(request.headers.authorization);
  if (verdict.kind === 'ok') return verdict.principal;
  if (verdict.kind === 'missing') {
    // RFC 6750 §3.1: who sent no token gets no error code.
    const challenge = `Bearer realm="tegata", ${metadata}`;
    throw new Refusal(401, 'An access token is needed.', 'authentication', { 'www-authenticate': challenge });
  }
  const description = quotable(verdict.description);
  const challenge = `Bearer realm="tegata", error="invalid_token", error_description="${description}", ${metadata}`;
  throw new Refusal(401, `The access token was refused: ${description}`, 'authentication', {
    'www-authenticate': challenge,
  });
}

function insufficientScope(message: string, scopes: readonly string[]): Refusal {
  const challenge = `Bearer realm="tegata", error="insufficient_scope", scope="${scopes.join(' ')}"`;
  return new Refusal(403, message, 'graphql', { 'www-authenticate': challenge });
}

/** RFC 6750 §3: %x20-21 / %x23-5B / %x5D-7E. */
const quotable = (text: string): string => text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");

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

function refuse(
  { api }: ApiRoute,
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, headers, shown } = refusalOf(api, error, request.id);
  reply.code(status).headers(headers).header('cache-control', 'no-store');
  return reply.type('application/json; charset=utf-8').send(JSON.stringify({ errors: [shown] }));
}

type Shown = { status: number; headers: Readonly<Record<string, string>>; shown: PublicError };

function refusalOf(api: Api, error: FastifyError | Error, requestId: string): Shown {
  if (error instanceof Refusal) {
    const { status, headers, category, message } = error;
    return { status, headers, shown: { message, extensions: { category } } };
  }
  if (error instanceof TooManyError) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    const message = 'Too many requests; wait as long as Retry-After says.';
    return { status: 429, headers, shown: { message, extensions: { category: 'throttled' } } };
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status >= 500) return { status: 500, headers: {}, shown: api.publish(error, requestId) };
  const message =
    status === 413 ? `The request is larger than ${BODY_LIMIT_BYTES} bytes.` : 'The request is malformed.';
  return { status, headers: {}, shown: { message, extensions: { category: 'graphql' } } };
}
