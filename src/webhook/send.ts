/**
 * One POST to one endpoint. The result is data, whatever happens. Connections go to judged addresses only
 * (allowed-addresses.ts), are kept alive between deliveries, know no proxy and follow no redirect.
 */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Clock } from '../base/clock.ts';
import {
  type Address,
  type AllowList,
  allowedAddresses,
  lookupAmong,
  RefusedAddressError,
  type Resolve,
} from '../outbound/allowed-addresses.ts';
import type { WebhookLimits } from './limits.ts';

const HEAD_BYTES = 4_096; // of header lines that are written down
const MAX_HEADER_BYTES = 16_384; // more than that is no answer
const KEEP_ALIVE_MS = 15_000; // how long an idle connection is kept
const MAX_IDLE_PER_ENDPOINT = 4;

export type Sent = {
  /** null = no answer came; then `error` says why. */
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly tookMs: number;
  readonly requestHead: string;
  /** Status line, header lines, an empty line, the beginning of the body. */
  readonly responseHead: string | null;
  /** The answer's Retry-After as it came. */
  readonly retryAfter: string | null;
};

/** What is written down when no request was made at all. */
export const notSent = (error: string): Sent => ({
  statusCode: null,
  error,
  tookMs: 0,
  requestHead: '',
  responseHead: null,
  retryAfter: null,
});

export type Sender = {
  post(url: string, headers: Record<string, string>, body: string): Promise<Sent>;
  close(): void;
};

type Answer = { statusCode: number; retryAfter: string | null; head: string };
type Agents = { http: HttpAgent; https: HttpsAgent };
type Request = { url: URL; headers: Record<string, string>; body: string; addresses: readonly Address[] };

export function openSender(deps: {
  clock: Clock;
  limits: WebhookLimits;
  allow: AllowList;
  resolve: Resolve;
}): Sender {
  const options = { keepAlive: true, maxFreeSockets: MAX_IDLE_PER_ENDPOINT, timeout: KEEP_ALIVE_MS };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return {
    post: async (url, headers, body) => {
      const startedMs = deps.clock.monotonicMs();
      const requestHead = `POST ${withoutPassword(url)}\n${linesOf(headers)}`;
      const done = { tookMs: () => deps.clock.monotonicMs() - startedMs, requestHead };
      try {
        const { head, ...answer } = await attempt(deps, agents, new URL(url), headers, body);
        const tookMs = done.tookMs();
        return { ...answer, error: null, tookMs, requestHead, responseHead: head };
      } catch (error) {
        const failed = { statusCode: null, responseHead: null, retryAfter: null };
        return { ...failed, error: reasonOf(error), tookMs: done.tookMs(), requestHead };
      }
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** One deadline for everything, an earlier one for being connected. */
async function attempt(
  { limits, allow, resolve }: { limits: WebhookLimits; allow: AllowList; resolve: Resolve },
  agents: Agents,
  url: URL,
  headers: Record<string, string>,
  body: string,
): Promise<Answer> {
  const total = AbortSignal.timeout(limits.totalTimeoutMs);
  const connecting = new AbortController();
  const timer = setTimeout(
    () => connecting.abort(new Error('no connection in time')),
    limits.connectTimeoutMs,
  );
  const signal = AbortSignal.any([total, connecting.signal]);
  const connected = () => clearTimeout(timer);
  try {
    const addresses = await beforeAbort(allowedAddresses(url, allow, resolve), signal);
    const request = { url, headers, body, addresses };
    return await post(request, agents, signal, connected, limits.maxResponseBytes);
  } catch (error) {
    throw total.aborted ? new Error('no answer in time') : error;
  } finally {
    connected();
  }
}

function post(
  request: Request,
  agents: Agents,
  signal: AbortSignal,
  connected: () => void,
  maxBytes: number,
): Promise<Answer> {
  const { url, headers, body, addresses } = request;
  const secure = url.protocol === 'https:';
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const options = {
    method: 'POST',
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    lookup: lookupAmong(addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  };
  const outgoing = secure
    ? requestHttps(url, { ...options, agent: agents.https })
    : requestHttp(url, { ...options, agent: agents.http });
  outgoing.on('socket', (socket) => {
    if (outgoing.reusedSocket) connected();
    else socket.once(secure ? 'secureConnect' : 'connect', connected);
  });
  outgoing.on('response', (incoming) => readHead(incoming, maxBytes).then(resolve, reject));
  outgoing.on('error', (error) => {
    // The endpoint closed a kept connection at the very moment it was taken: nobody has read the request.
    const stale = outgoing.reusedSocket && 'code' in error && error.code === 'ECONNRESET' && !signal.aborted;
    if (stale) post(request, agents, signal, connected, maxBytes).then(resolve, reject);
    else reject(signal.aborted ? signal.reason : error);
  });
  outgoing.end(body);
  return promise;
}

/** Reads `maxBytes` of the body at the most; what the endpoint says after that, or fails to say, changes nothing. */
async function readHead(incoming: IncomingMessage, maxBytes: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= maxBytes) break; // leaving the loop closes the connection
    }
  } catch (error) {
    chunks.push(Buffer.from(`\n(${reasonOf(error)})`));
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
  const raw = incoming.rawHeaders;
  const lines = raw.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${raw[i + 1] ?? ''}`] : [])).join('\n');
  const status = `HTTP/${incoming.httpVersion} ${incoming.statusCode} ${incoming.statusMessage}`;
  return {
    statusCode: incoming.statusCode ?? 0,
    retryAfter: incoming.headers['retry-after'] ?? null,
    head: `${status}\n${lines.slice(0, HEAD_BYTES)}\n\n${body}`,
  };
}

/** Settles with `work`, or rejects when the signal comes first. */
function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}

/** What is written down for staff to read. */
function withoutPassword(url: string): string {
  const shown = URL.parse(url);
  if (!shown?.password) return url;
  shown.password = '***';
  return shown.href;
}

const linesOf = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function reasonOf(error: unknown): string {
  if (error instanceof RefusedAddressError) return `refused: ${error.message}`;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error instanceof Error ? error.message : 'unknown error';
}
