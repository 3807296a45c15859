/**
 * An answer that is ready before its request has been read to the end leaves at once, and must not be lost: a connection
 * that is closed with bytes unread is reset, and the client sees EPIPE instead of the answer. So only our half is closed,
 * and the rest is read and dropped for a while (RFC 9112 §9.6).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_REST_BYTES = 4 * 1024 * 1024; // who sends more may lose the answer
const MAX_REST_MS = 5_000;

/** Call it before the answer leaves. The connection serves no further request. */
export function answerEarly(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  response.shouldKeepAlive = false;
  // What Node calls once the answer is written, and which would close both halves.
  socket.destroySoon = () => {
    socket.end();
    void restOf(request).then(() => socket.destroy());
  };
}

/** Resolves when all of the request has come, or when it is too much or takes too long. */
function restOf(request: IncomingMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MAX_REST_BYTES) resolve();
  };
  const timer = setTimeout(resolve, MAX_REST_MS);
  request.on('data', count).once('end', resolve).once('close', resolve).once('error', resolve).resume();
  return promise.finally(() => clearTimeout(timer));
}

/** Whether a body is still on its way. */
export const isUnread = ({ complete, readableEnded, destroyed, headers }: IncomingMessage): boolean =>
  !complete &&
  !readableEnded &&
  !destroyed &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
