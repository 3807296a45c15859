/**
 * POST /api/images: takes in one image for the products of the shop, as the body itself or as the one file of a
 * `multipart/form-data` body. The answer, 201, names it; a product takes it by that name within a day.
 */
import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lackingScopes } from '../graphql/request/required-scopes.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import { MOST_PIXELS } from '../shop/images/clean-image.ts';
import type { Uploaded } from '../shop/images/upload.ts';
import {
  ApiError,
  authenticate,
  type BearerGate,
  insufficientScope,
  type Publish,
  refuse,
} from './api-refusal.ts';
import { openToPages } from './cors.ts';
import type { Limiter } from './limits.ts';
import type { Running } from './running.ts';

const URL = '/api/images';
const MOST_IMAGE_BYTES = 10 * 1024 * 1024;
const ENVELOPE_BYTES = 16 * 1024; // of a multipart body around its file
const SCOPES = { full: ['read', 'write'], own: ['write:products'] };
const UNREADABLE = 'The body cannot be read to its end as multipart/form-data with one file.';
const TOO_LARGE = `An image has at most ${MOST_IMAGE_BYTES} bytes.`;

export type ImagesRoute = BearerGate & {
  /** undefined: the shop's folder of images is not known here. */
  readonly upload: ((bytes: Buffer) => Promise<Uploaded>) | undefined;
  /** Where visitors see an image. */
  readonly urlOf: (name: string) => string;
  readonly publish: Publish;
  /** Requests a minute of one client. */
  readonly requests: Limiter;
  readonly running: Running;
  /** Told of every image that is about to be taken in. */
  recordUse(grantId: string, operation: string, ip: string): void;
};

export async function imagesRoute(app: FastifyInstance, deps: ImagesRoute): Promise<void> {
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.publish, asApiError(error), request, reply),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await app.register(multipart, {
    limits: {
      files: 1,
      fileSize: MOST_IMAGE_BYTES,
      fields: 10,
      fieldSize: 1_024,
      parts: 11,
      headerPairs: 20,
    },
  });
  const principals = new WeakMap<FastifyRequest, Principal>();
  app.route({
    method: 'POST',
    url: URL,
    bodyLimit: MOST_IMAGE_BYTES + ENVELOPE_BYTES,
    // Before the body: a large one is not read for someone who may not send it.
    onRequest: async (request) => {
      principals.set(request, await admitted(deps, request));
    },
    handler: (request, reply) => takeIn(deps, principals.get(request) as Principal, request, reply),
  });
  const usePost = (): never => {
    throw new ApiError(405, 'Use POST.', 'graphql', { allow: 'POST' });
  };
  openToPages(app, {
    [URL]: { methods: 'POST', headers: 'Authorization, Content-Type, *', refuse: usePost },
  });
  app.route({ method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], url: URL, handler: async () => usePost() });
}

async function admitted(deps: ImagesRoute, request: FastifyRequest): Promise<Principal> {
  const principal = await authenticate(deps, request);
  const lacking = lackingScopes(SCOPES, principal.scopes);
  if (lacking)
    throw insufficientScope(`Insufficient permission. (${lacking.join(',')})`, lacking, deps.issuer);
  if (deps.upload === undefined) {
    const text =
      'This server takes in no images: TEGATA_IMAGE_DIR is not set. Set it to the html/upload/save_image of the shop, or use names of images that the shop has.';
    throw new ApiError(501, text, 'graphql', {}, 'INVALID');
  }
  await deps.requests.spend(`client ${principal.clientId}`);
  return principal;
}

async function takeIn(
  deps: ImagesRoute,
  { clientId, grantId }: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const bytes = await bytesOf(request);
  const leave = await deps.running.enter(clientId, bytes.length);
  try {
    deps.recordUse(grantId, 'images', request.ip);
    const uploaded = await deps.upload?.(bytes);
    if (!uploaded?.ok) throw refusalOf(uploaded?.reason ?? 'format');
    const { name, image } = uploaded;
    const { type, width, height } = image;
    const told = { file_name: name, url: deps.urlOf(name), type, width, height };
    reply.code(201).header('cache-control', 'no-store');
    return reply.send({ ...told, bytes: image.bytes.length });
  } finally {
    leave();
  }
}

async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  const bytes = request.isMultipart() ? await fileOf(request) : request.body;
  if (Buffer.isBuffer(bytes) && bytes.length > MOST_IMAGE_BYTES) throw tooLarge();
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw invalid(
      400,
      'There is no image. Send one as the body, or as the file of a multipart/form-data body.',
    );
  }
  return bytes;
}

/** The one file of the body, read to its end: whatever is wrong with the body is the caller's, never ours. */
async function fileOf(request: FastifyRequest): Promise<Buffer | undefined> {
  let file: Buffer | undefined;
  try {
    for await (const part of request.files()) file = await part.toBuffer();
  } catch (error) {
    throw 'statusCode' in (error as Error) ? error : invalid(400, UNREADABLE);
  }
  return file;
}

const REFUSALS = {
  format: [415, 'The file is none of JPEG, PNG, GIF and WebP.'],
  broken: [400, 'The file cannot be read as an image to its end.'],
  pixels: [413, `The image has too many pixels: at most ${MOST_PIXELS}, and 16,383 a side.`],
} as const;

function refusalOf(reason: keyof typeof REFUSALS): ApiError {
  const [status, message] = REFUSALS[reason];
  return invalid(status, message);
}

const invalid = (status: number, message: string): ApiError =>
  new ApiError(status, message, 'Invalid argument', {}, status === 413 ? 'LIMIT' : 'INVALID');

const tooLarge = (): ApiError => invalid(413, TOO_LARGE);

const TOO_LARGE_CODES: ReadonlySet<unknown> = new Set([
  'FST_REQ_FILE_TOO_LARGE',
  'FST_ERR_CTP_BODY_TOO_LARGE',
]);

/** What the readers of bodies refuse, in the words of this route. */
function asApiError(error: FastifyError | Error): FastifyError | Error {
  const { statusCode, code } = error as FastifyError;
  if (error instanceof ApiError || statusCode === undefined || statusCode >= 500 || statusCode === 429) {
    return error;
  }
  return TOO_LARGE_CODES.has(code) ? tooLarge() : invalid(400, UNREADABLE);
}
