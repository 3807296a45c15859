/**
 * What a request to /api asks, by GraphQL over HTTP and RFC 9110: the parameters of a GET, or the JSON of a POST. An
 * empty `operationName` is as good as none, and so is an empty parameter of a form.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import type { ApiRequest } from '../graphql/request/execute.ts';
import { ApiError } from './api-refusal.ts';
import { mediaTypeOf } from './media-type.ts';

const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
type Members = Partial<Record<(typeof PARAMETERS)[number], unknown>>;

/** @throws ApiError */
export function readRequest(request: FastifyRequest): ApiRequest {
  return questionOf(request.method === 'GET' ? readAddress(request.url) : readBody(request));
}

function questionOf({ query, operationName, variables, extensions }: Members): ApiRequest {
  if (!isNothing(extensions) && !isMap(extensions))
    throw new ApiError(400, 'Invalid extensions: give a map.');
  if (isNothing(query)) throw missingQuery(extensions);
  if (typeof query !== 'string') throw new ApiError(400, 'Invalid query: give a text.');
  if (!isNothing(variables) && !isMap(variables)) throw new ApiError(400, 'Invalid variables: give a map.');
  if (!isNothing(operationName) && typeof operationName !== 'string') {
    throw new ApiError(400, 'Invalid operationName: give a text.');
  }
  return {
    query,
    ...(isMap(variables) && { variables }),
    ...(operationName && { operationName }),
  };
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Apollo's clients ask by a hash first and send the text when they read these words. */
function missingQuery(extensions: unknown): ApiError {
  const hashed = isMap(extensions) && 'persistedQuery' in extensions;
  if (!hashed) return new ApiError(400, 'Missing query');
  return new ApiError(200, 'PersistedQueryNotSupported', 'graphql', {}, 'PERSISTED_QUERY_NOT_SUPPORTED');
}

function readAddress(url: string): Members {
  const start = url.indexOf('?');
  const given = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  const members: Members = {};
  for (const name of PARAMETERS) {
    const [value, ...further] = given.getAll(name);
    if (further.length > 0) throw new ApiError(400, `${name}: stands there twice.`);
    if (value === undefined || value === '') continue;
    members[name] = name === 'variables' || name === 'extensions' ? parseJson(value, name) : value;
  }
  return members;
}

function readBody(request: FastifyRequest): Members {
  refuseForeign(request.headers);
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new ApiError(400, 'The body is empty.');
  if (!isUtf8(body)) throw new ApiError(400, 'The body is not UTF-8.');
  // RFC 8259 §8.1: a byte order mark may be ignored.
  const parsed = parseJson(body.toString().replace(/^\ufeff/, ''), 'The body');
  if (!isMap(parsed)) throw new ApiError(400, 'The body is no JSON object with a query.');
  return parsed;
}

/** RFC 9110 §15.5.16: a refusal of the type or the coding says what is taken. */
function refuseForeign(headers: FastifyRequest['headers']): void {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (coding !== '' && coding !== 'identity') {
    throw new ApiError(415, 'Send the body as it is, without Content-Encoding.', 'graphql', {
      'accept-encoding': 'identity',
    });
  }
  if (headers['content-type'] === 'application/json') return;
  const type = mediaTypeOf(headers['content-type'] ?? '');
  if (type.name !== 'application/json' || !type.isUtf8) {
    throw new ApiError(415, 'Send the question as application/json in UTF-8.', 'graphql', {
      accept: 'application/json',
    });
  }
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, `${what}: no JSON.`);
  }
}
