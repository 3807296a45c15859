/**
 * One request to a host that someone else has named. It goes to judged addresses only (allowed-addresses.ts), knows no
 * proxy, follows no redirect, and ends by its deadline whatever the other side does or fails to do.
 */
import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import {
  type AddressAllowList,
  allowedAddresses,
  lookupAmong,
  type Resolve,
  type ResolvedAddress,
} from './allowed-addresses.ts';
import { type Deadline, startDeadline } from './deadline.ts';

const MAX_HEADER_BYTES = 16_384; // more than that is no answer
const MAX_INFORMATIONAL = 32; // answers 1xx before the real one

export type Guard = { readonly allow: AddressAllowList; readonly resolve: Resolve };

/** Connections kept for the next request to the same host. */
export type Connections = { readonly http: HttpAgent; readonly https: HttpsAgent; close(): void };

export type OutgoingRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

export type RequestLimits = {
  /** Name resolution, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  readonly totalTimeoutMs: number;
  /** Bytes of the answer's body that are read. */
  readonly maxResponseBytes: number;
};

export type Answer = {
  readonly statusCode: number;
  /** `HTTP/1.1 200 OK` */
  readonly statusLine: string;
  readonly headers: IncomingHttpHeaders;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Why there is no more of the body; null = it is whole. */
  readonly cut: string | null;
};

export function keepConnections(idleMs: number, maxIdlePerHost: number): Connections {
  const options = { keepAlive: true, maxFreeSockets: maxIdlePerHost, timeout: idleMs };
  const [http, https] = [new HttpAgent(options), new HttpsAgent(options)];
  const close = () => {
    http.destroy();
    https.destroy();
  };
  return { http, https, close };
}

/**
 * Resolves once a status line and header have come: what the other side says after that, or fails to say, changes
 * nothing but `cut`. @throws Error when none have come in time, RefusedAddressError
 */
export async function guardedRequest(
  asked: OutgoingRequest,
  guard: Guard,
  limits: RequestLimits,
  connections?: Connections,
): Promise<Answer> {
  const deadline = startDeadline(limits.connectTimeoutMs, limits.totalTimeoutMs);
  try {
    const addresses = await deadline.orLate(allowedAddresses(asked.url, guard.allow, guard.resolve));
    return await exchange({ asked, addresses, deadline, limits, connections });
  } finally {
    deadline.end();
  }
}

type Exchange = {
  asked: OutgoingRequest;
  addresses: readonly ResolvedAddress[];
  deadline: Deadline;
  limits: RequestLimits;
  connections: Connections | undefined;
};

function exchange(all: Exchange): Promise<Answer> {
  const { asked, deadline, limits } = all;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = open(all);
  deadline.onLate((reason) => {
    reject(reason);
    outgoing.destroy();
  });
  outgoing.on('socket', (socket) => {
    if (outgoing.reusedSocket) deadline.connected();
    else socket.once(asked.url.protocol === 'https:' ? 'secureConnect' : 'connect', deadline.connected);
  });
  outgoing.on('response', (incoming) => resolve(read(incoming, outgoing, deadline, limits.maxResponseBytes)));
  // No one has asked for another protocol. Without a listener Node closes the connection and tells no one.
  outgoing.on('upgrade', (incoming, socket) => {
    socket.destroy();
    resolve(answerOf(incoming, [], 'another protocol'));
  });
  limitInformational(outgoing);
  outgoing.on('error', (error) => {
    // The other side closed a kept connection at the very moment it was taken: no one has read the request.
    const stale =
      outgoing.reusedSocket && 'code' in error && error.code === 'ECONNRESET' && !deadline.isLate();
    if (stale) resolve(exchange(all));
    else reject(error);
  });
  // The last event, whatever happened; before it comes an answer or an error.
  outgoing.on('close', () => reject(new Error('socket hang up')));
  outgoing.end(asked.body ?? undefined);
  return promise;
}

function open({ asked, addresses, connections }: Exchange): ClientRequest {
  const { method, url, headers, body } = asked;
  const length = body === null ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const options = {
    method,
    headers: { ...headers, ...length },
    lookup: lookupAmong(addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  return url.protocol === 'https:'
    ? requestHttps(url, { ...options, agent: connections?.https ?? false })
    : requestHttp(url, { ...options, agent: connections?.http ?? false });
}

/** RFC 9110 §15.2: they may come unasked, and are passed over; without number they are an attack. */
function limitInformational(outgoing: ClientRequest): void {
  let seen = 0;
  outgoing.on('information', () => {
    seen += 1;
    if (seen > MAX_INFORMATIONAL) outgoing.destroy(new Error('too many answers 1xx'));
  });
}

/** Never rejects: the head has come. */
function read(
  incoming: IncomingMessage,
  outgoing: ClientRequest,
  deadline: Deadline,
  maxBytes: number,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const cut = (why: string) => {
    resolve(answerOf(incoming, chunks, why));
    outgoing.destroy();
  };
  deadline.onLate((reason) => cut(reason.message));
  incoming.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
    if (bytes > maxBytes) cut(`more than ${maxBytes} bytes`);
  });
  incoming.on('end', () => resolve(answerOf(incoming, chunks, null)));
  incoming.on('error', (error) => cut(error.message));
  incoming.on('close', () => cut('the connection was closed'));
  return promise;
}

function answerOf(incoming: IncomingMessage, chunks: readonly Buffer[], cut: string | null): Answer {
  const { httpVersion, statusCode = 0, statusMessage, headers, rawHeaders } = incoming;
  const statusLine = `HTTP/${httpVersion} ${statusCode} ${statusMessage}`;
  return { statusCode, statusLine, headers, rawHeaders, body: Buffer.concat(chunks), cut };
}
