/**
 * How long a body may take to come. Usually all of it within half a minute; where files of a hundred megabytes come, each
 * stretch of half a minute has to bring its share, so that a slow line gets through and one that only drips does not. Node's
 * own bound (`requestTimeout`) knows one time for all requests, and stays as the outermost.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUnread } from '../early-answer.ts';

export type ArrivalLimits = {
  readonly stretchMs: number;
  /** Bytes of a stretch, where a body may take longer than one. */
  readonly leastBytes: number;
  /** Whether its body may take longer. */
  isLong(request: FastifyRequest): boolean;
};

const LATE = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export function boundArrival(app: FastifyInstance, limits: ArrivalLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    // A short body comes with the head and is read by then: it needs no watch.
    if (isUnread(request.raw)) setImmediate(() => isUnread(request.raw) && watch(request, limits));
    done();
  });
}

function watch(request: FastifyRequest, { stretchMs, leastBytes, isLong }: ArrivalLimits): void {
  const { raw } = request;
  const { socket } = raw;
  const mayTakeLonger = isLong(request);
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const came = socket.bytesRead - seen;
    seen = socket.bytesRead;
    // What waits to be read is our slowness, not the sender's.
    if (mayTakeLonger && (came >= leastBytes || raw.readableLength > 0)) return;
    clearInterval(timer);
    if (socket.writable && socket.bytesWritten === 0) socket.write(LATE);
    socket.destroySoon();
  }, stretchMs);
  timer.unref();
  const over = (): void => clearInterval(timer);
  raw.once('end', over).once('close', over).once('error', over);
}
