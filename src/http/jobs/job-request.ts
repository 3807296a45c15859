/**
 * What a request for a job asks, in one of three forms: JSON with a list query; the lines as the body, with the mutation in the
 * address; or a form with the fields `query`, `variables` and, behind them, a file of lines. Lines are read as they come.
 */
import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { JobRequest } from '../../graphql/jobs/take-in.ts';
import { ApiError, BODY_LIMIT_BYTES } from '../api-refusal.ts';
import { mediaTypeOf } from '../media-type.ts';

const JSONL = ['application/jsonl', 'application/x-ndjson', 'application/ndjson', 'application/x-jsonlines'];
const ACCEPTED = ['application/json', ...JSONL, 'multipart/form-data'].join(', ');
const UNREADABLE = 'The body cannot be read to its end as multipart/form-data.';

/** @throws ApiError */
export async function readJobRequest(request: FastifyRequest): Promise<JobRequest> {
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (coding.trim().toLowerCase() !== 'identity') {
    throw new ApiError(415, 'Send the body as it is, without Content-Encoding.', 'graphql', {
      'accept-encoding': 'identity',
    });
  }
  if (request.isMultipart()) return fromForm(request);
  const { name, isUtf8 } = mediaTypeOf(request.headers['content-type'] ?? '');
  if (JSONL.includes(name) && isUtf8) return fromLines(request);
  if (name === 'application/json' && isUtf8) return fromJson(request);
  throw new ApiError(415, `Send a job as one of ${ACCEPTED}, in UTF-8.`, 'graphql', { accept: ACCEPTED });
}

const bodyOf = (request: FastifyRequest): Readable => request.body as Readable;

/** Who stops reading in the middle leaves the stream open: the rest is dropped behind the answer (early-answer.ts). */
async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch {
    throw new ApiError(400, 'The body broke off before its end.');
  }
}

function fromLines(request: FastifyRequest): JobRequest {
  const start = request.url.indexOf('?');
  const params = new URLSearchParams(start < 0 ? '' : request.url.slice(start + 1));
  const [query, ...others] = params.getAll('query');
  if (!query || others.length > 0) {
    throw new ApiError(400, 'Give the mutation, once, as the parameter query of the address.', ...AT_QUERY);
  }
  return { query, lines: piecesOf(bodyOf(request)) };
}

const AT_QUERY = ['graphql', {}, 'BAD_REQUEST', 'query'] as const;

async function fromJson(request: FastifyRequest): Promise<JobRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of piecesOf(bodyOf(request))) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      const text = `The request is larger than ${BODY_LIMIT_BYTES} bytes.`;
      throw new ApiError(413, text, 'graphql', {}, 'LIMIT');
    }
    chunks.push(chunk);
  }
  const body = parsedMap(Buffer.concat(chunks).toString(), 'The body');
  const { query, variables } = body;
  if (typeof query !== 'string') throw new ApiError(400, 'Missing query', ...AT_QUERY);
  return { query, variables: mapOf(variables) };
}

async function fromForm(request: FastifyRequest): Promise<JobRequest> {
  const fields = new Map<string, string>();
  let file: MultipartFile | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        file = part;
        break;
      }
      fields.set(part.fieldname, String(part.value));
    }
  } catch (error) {
    if ('statusCode' in (error as Error)) throw error;
    throw new ApiError(400, UNREADABLE);
  }
  const query = fields.get('query');
  if (query === undefined) {
    throw new ApiError(400, 'Give the field query, and before the file.', ...AT_QUERY);
  }
  const variables = fields.get('variables');
  return {
    query,
    ...(variables !== undefined && { variables: parsedMap(variables, 'variables') }),
    ...(file && { lines: piecesOf(file.file) }),
  };
}

function parsedMap(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(400, `${what}: no JSON.`);
  }
  return mapOf(value, what);
}

function mapOf(value: unknown, what = 'variables'): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ApiError(400, `${what}: give a map.`);
}
