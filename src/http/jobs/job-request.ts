/**
 * What a request for a job asks, in one of these forms: JSON with a list query; the lines as the body, with the mutation in the
 * address; CSV rows as the body, with their kind in the address; or a form with such fields and, behind them, a file. Lines
 * are read as they come.
 */
import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { charsetOf } from '../../graphql/jobs/csv/csv-charset.ts';
import { CSV_KINDS, isCsvKind } from '../../graphql/jobs/csv/csv-job.ts';
import type { CsvRequest } from '../../graphql/jobs/csv/open-csv-job.ts';
import type { JobRequest } from '../../graphql/jobs/take-in.ts';
import { ApiError, BODY_LIMIT_BYTES } from '../api-refusal.ts';
import { mediaTypeOf } from '../media-type.ts';

const JSONL = ['application/jsonl', 'application/x-ndjson', 'application/ndjson', 'application/x-jsonlines'];
const CSV = 'text/csv';
const ACCEPTED = ['application/json', ...JSONL, CSV, 'multipart/form-data'].join(', ');
const UNREADABLE = 'The body cannot be read to its end as multipart/form-data.';

/** @throws ApiError */
export async function readJobRequest(request: FastifyRequest): Promise<JobRequest | CsvRequest> {
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (coding.trim().toLowerCase() !== 'identity') {
    throw new ApiError(415, 'Send the body as it is, without Content-Encoding.', 'graphql', {
      'accept-encoding': 'identity',
    });
  }
  if (request.isMultipart()) return fromForm(request);
  const { name, isUtf8, charset } = mediaTypeOf(request.headers['content-type'] ?? '');
  if (name === CSV) return csvRequest(paramsOf(request), charset, piecesOf(bodyOf(request)));
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

function paramsOf(request: FastifyRequest): URLSearchParams {
  const start = request.url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.url.slice(start + 1));
}

/** What the type of the body says of its charset comes before the parameter: a browser knows what it sends. */
function csvRequest(
  params: { get(name: string): string | null | undefined },
  typed: string | undefined,
  lines: AsyncIterable<Buffer>,
): CsvRequest {
  const csv = params.get('csv') ?? '';
  if (!isCsvKind(csv)) {
    const text = `Say whose rows these are: csv = ${CSV_KINDS.join(', ')}.`;
    throw new ApiError(400, text, 'graphql', {}, 'BAD_REQUEST', 'csv');
  }
  const dry = params.get('validateOnly') ?? 'false';
  if (dry !== 'true' && dry !== 'false') {
    throw new ApiError(400, 'validateOnly is true or false.', 'graphql', {}, 'BAD_REQUEST', 'validateOnly');
  }
  const charset = typed ?? params.get('charset') ?? undefined;
  return { csv, validateOnly: dry === 'true', lines, ...(charset && { charset: charsetOf(charset) }) };
}

function fromLines(request: FastifyRequest): JobRequest {
  const [query, ...others] = paramsOf(request).getAll('query');
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

async function fromForm(request: FastifyRequest): Promise<JobRequest | CsvRequest> {
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
  if (fields.has('csv')) {
    if (!file)
      throw new ApiError(400, 'Give a file, behind the other fields.', 'graphql', {}, 'BAD_REQUEST', 'file');
    return csvRequest(fields, undefined, piecesOf(file.file));
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
