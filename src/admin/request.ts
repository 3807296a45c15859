/** What the routes read of a request beside its form. */
import type { FastifyRequest } from 'fastify';
import type { Origin } from '../flow/session.ts';
import { countedCaller } from '../identity/counted-address.ts';

export const originOf = (request: FastifyRequest): Origin => ({
  clientIp: request.ip,
  countedAs: countedCaller({
    ip: request.ip,
    peer: request.socket.remoteAddress ?? '',
    forwardedFor: request.headers['x-forwarded-for']?.toString(),
  }),
  userAgent: request.headers['user-agent'] ?? '',
  requestId: request.id,
});

export const queryOf = (request: FastifyRequest): URLSearchParams =>
  new URLSearchParams(request.url.split('?')[1] ?? '');
