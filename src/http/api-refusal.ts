/** How `/api` and what lies below it refuse: the bearer token judged (RFC 6750), every error as `{"errors":[…]}`. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../graphql/errors.ts';
import type { PublicError } from '../graphql/request/execute.ts';
import { wellKnownUrl } from '../oauth/rules/metadata.ts';
import { apiResource } from '../oauth/rules/resource.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import type { PrincipalOf } from '../oauth/token/principal.ts';
import { TooManyError } from './limits.ts';
import { rateLimitFields } from './rate-limit.ts';
import { logPutOff, unavailableFor } from './unavailable.ts';

export const BODY_LIMIT_BYTES = 1024 * 1024;

export type BearerGate = {
  readonly principalOf: PrincipalOf;
  /** Base URL of this server, for the address of the resource metadata (RFC 9728 §5.1). */
  readonly issuer: string;
};

/** An answer that is no GraphQL result. */
export class ApiError extends Error {
  readonly status: number;
  readonly category: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly code: ErrorCode;
  /** Where the fault is. */
  readonly field: string | undefined;
  constructor(
    status: number,
    message: string,
    category = 'graphql',
    headers: ApiError['headers'] = {},
    code: ErrorCode = 'BAD_REQUEST',
    field?: string,
  ) {
    super(message);
    this.code = code;
    this.field = field;
    this.status = status;
    this.category = category;
    this.headers = headers;
  }
}

/** The token comes in the Authorization header only: addresses end up in logs (RFC 6750 §5.3). */
export async function authenticate(
  { principalOf, issuer }: BearerGate,
  request: FastifyRequest,
): Promise<Principal> {
  if (/[?&]access_token=/i.test(request.url)) {
    const challenge = `Bearer realm="tegata", error="invalid_request", ${metadataOf(issuer)}`;
    const message = 'Send the access token in the Authorization header, not in the URL.';
    throw new ApiError(400, message, 'authentication', { 'www-authenticate': challenge }, 'BAD_REQUEST');
  }
  const verdict = await principalOf(request.headers.authorization);
  if (verdict.kind === 'ok') return verdict.principal;
  const metadata = metadataOf(issuer);
  if (verdict.kind === 'missing') {
    // RFC 6750 §3.1: who sent no token gets no error code.
    const challenge = `Bearer realm="tegata", ${metadata}, ${USUAL_SCOPE}`;
    throw unauthenticated('An access token is needed.', challenge);
  }
  const description = quotable(verdict.description);
  const challenge = `Bearer realm="tegata", error="invalid_token", error_description="${description}", ${metadata}, ${USUAL_SCOPE}`;
  throw unauthenticated(`The access token was refused: ${description}`, challenge);
}

const unauthenticated = (message: string, challenge: string): ApiError =>
  new ApiError(401, message, 'authentication', { 'www-authenticate': challenge }, 'UNAUTHENTICATED');

/** Where the way to a token is described. */
const metadataOf = (issuer: string): string =>
  `resource_metadata="${wellKnownUrl('oauth-protected-resource', apiResource(issuer))}"`;

/** RFC 6750 §3: what opens all of the API. A client gets of it what it is registered for (oauth/rules/scope.ts). */
const USUAL_SCOPE = 'scope="read write"';

export function insufficientScope(
  message: string,
  scopes: readonly string[],
  issuer: string,
  field?: string,
): ApiError {
  const scope = `scope="${scopes.join(' ')}"`;
  const challenge = `Bearer realm="tegata", error="insufficient_scope", ${scope}, ${metadataOf(issuer)}`;
  return new ApiError(403, message, 'graphql', { 'www-authenticate': challenge }, 'FORBIDDEN', field);
}

/** RFC 6750 §3: %x20-21 / %x23-5B / %x5D-7E. */
const quotable = (text: string): string => text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");

export type Publish = (error: Error, requestId: string) => PublicError;

/** The error handler of these routes. */
export function refuse(
  publish: Publish,
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const away = unavailableFor(error);
  if (away) logPutOff(request, error, away);
  const refused = away ? putOff(away.retryAfterSeconds, request.id) : refusalOf(publish, error, request.id);
  const { status, headers, shown } = refused;
  reply.code(status).headers(headers).header('cache-control', 'no-store');
  return reply.type('application/json; charset=utf-8').send(JSON.stringify({ errors: [shown] }));
}

/** How a refusal will leave, for those that count and log. */
export function refusalFacts(error: unknown): { readonly status: number; readonly errorCode: ErrorCode } {
  if (unavailableFor(error)) return { status: 503, errorCode: 'UNAVAILABLE' };
  if (error instanceof ApiError) return { status: error.status, errorCode: error.code };
  if (error instanceof TooManyError) return { status: 429, errorCode: 'THROTTLED' };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 500) return { status, errorCode: 'INTERNAL' };
  return { status, errorCode: status === 413 ? 'LIMIT' : 'BAD_REQUEST' };
}

const putOff = (retryAfterSeconds: number, requestId: string): Shown => ({
  status: 503,
  headers: { 'retry-after': String(retryAfterSeconds) },
  shown: {
    message: 'The API cannot answer now; wait as long as Retry-After says, then try again.',
    extensions: { category: 'unavailable', code: 'UNAVAILABLE', requestId },
  },
});

type Shown = { status: number; headers: Readonly<Record<string, string>>; shown: PublicError };

function refusalOf(publish: Publish, error: FastifyError | Error, requestId: string): Shown {
  if (error instanceof ApiError) {
    const { status, headers, category, message, code, field } = error;
    const extensions = { category, code, ...(field !== undefined && { field }) };
    return { status, headers, shown: { message, extensions } };
  }
  if (error instanceof TooManyError) {
    const { retryAfterSeconds, standing } = error;
    const headers = {
      'retry-after': String(retryAfterSeconds),
      ...(standing && rateLimitFields([standing])),
    };
    const message = 'Too many requests; wait as long as Retry-After says.';
    return {
      status: 429,
      headers,
      shown: { message, extensions: { category: 'throttled', code: 'THROTTLED' } },
    };
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status >= 500) return { status: 500, headers: {}, shown: publish(error, requestId) };
  const message =
    status === 413 ? `The request is larger than ${BODY_LIMIT_BYTES} bytes.` : 'The request is malformed.';
  const code = status === 413 ? 'LIMIT' : 'BAD_REQUEST';
  return { status, headers: {}, shown: { message, extensions: { category: 'graphql', code } } };
}
