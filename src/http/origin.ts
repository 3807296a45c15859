import type { FastifyRequest } from 'fastify';
import type { Origin } from '../audit/origin.ts';

/** `ip` honours `TRUSTED_PROXIES`. */
export const originOf = (request: FastifyRequest): Origin => ({
  clientIp: request.ip,
  requestId: request.id,
});
