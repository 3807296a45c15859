/**
 * Answers in fewer bytes, by what the caller takes (RFC 9110 §12.5.3). Compressed off the event loop and a few at a time, so
 * that it costs latency rather than throughput: when all of those are busy an answer leaves as it is. BREACH needs a secret
 * and an attacker's words in one body that a victim's browser fetches with its cookies: what is compressed here opens to
 * bearer tokens or to everybody, never to cookies (docs/limits.md).
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mediaRangesOf } from './media-type.ts';

const SMALLEST_BYTES = 4_096; // below this the saving is a packet or two
const AT_ONCE = 3; // of the four threads that do such work in a process
const GZIP_LEVEL = 4;
const BROTLI_QUALITY = 4; // smaller than gzip's usual level, in less time

export type Coding = 'br' | 'gzip';

const CODINGS: readonly Coding[] = ['br', 'gzip'];

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

let running = 0;

/** The coding that is liked best, brotli among equals; undefined: the answer as it is. */
export function acceptedCoding(accepted: string | undefined): Coding | undefined {
  if (accepted === undefined || accepted === '') return undefined;
  const ranges = mediaRangesOf(accepted);
  const weightOf = (name: string): number | undefined => ranges.find((range) => range.name === name)?.weight;
  const others = weightOf('*') ?? 0;
  const identity = weightOf('identity') ?? 0;
  const [best] = CODINGS.map((coding) => ({ coding, weight: weightOf(coding) ?? others }))
    .filter(({ weight }) => weight > 0 && weight >= identity)
    .sort((a, b) => b.weight - a.weight);
  return best?.coding;
}

/** The body to send, with its headers set; `Vary` also where it leaves as it is. */
export async function inFewerBytes(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  text: string,
): Promise<string | Buffer> {
  reply.header('vary', 'Accept-Encoding');
  if (text.length * 3 < SMALLEST_BYTES || running >= AT_ONCE) return text;
  const coding = acceptedCoding(headers['accept-encoding']);
  if (coding === undefined) return text;
  const body = Buffer.from(text);
  if (body.length < SMALLEST_BYTES) return body;
  running += 1;
  try {
    const compressed = await compress(coding, body);
    reply.header('content-encoding', coding);
    return compressed;
  } finally {
    running -= 1;
  }
}

const compress = (coding: Coding, body: Buffer): Promise<Buffer> =>
  coding === 'gzip'
    ? gzipped(body, { level: GZIP_LEVEL })
    : brotli(body, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        },
      });
