/**
 * The bodies in which clients send parameters to the token endpoints, as one form text. RFC 6749 §3.2 knows the form; PHP's
 * cURL makes multipart of an array, and hand-made connectors send JSON: the plugin takes both, so apps do.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAuthError } from '../oauth/rules/errors.ts';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const JSON_TYPE = 'application/json';

export const isMultipart = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().startsWith(MULTIPART) ?? false;

export function tokenBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser<Buffer>(
    MULTIPART,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      formOfMultipart(request.headers['content-type'] ?? '', body),
  );
  app.addContentTypeParser<string>(
    JSON_TYPE,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => formOfJson(body),
  );
  app.addContentTypeParser('*', (_request, _payload, done) =>
    done(new OAuthError('invalid_request', `Send the parameters as ${FORM}.`)),
  );
}

async function formOfMultipart(contentType: string, body: Buffer): Promise<string> {
  const fields = await readMultipart(contentType, body).catch(() => undefined);
  const entries = fields && [...fields];
  if (!entries?.every((pair): pair is [string, string] => typeof pair[1] === 'string'))
    throw malformed(MULTIPART);
  return new URLSearchParams(entries).toString();
}

async function readMultipart(contentType: string, body: Buffer): Promise<FormData> {
  // The parser below would put U+FFFD where bytes are no UTF-8.
  new TextDecoder('utf-8', { fatal: true }).decode(body);
  const type = { headers: { 'content-type': contentType } };
  return new Response(new Uint8Array(body), type).formData();
}

function formOfJson(text: string): string {
  const fields = parsed(text.replace(/^\uFEFF/, ''));
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw malformed(JSON_TYPE);
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    // `resource` may come more than once (RFC 8707 §2); null is nothing sent.
    (Array.isArray(value) ? value : [value ?? '']).map((one: unknown) => [name, one]),
  );
  if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string'))
    throw malformed(JSON_TYPE);
  return new URLSearchParams(pairs).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const malformed = (type: string): OAuthError =>
  new OAuthError('invalid_request', `The body is no ${type} of texts; better send ${FORM}.`);
