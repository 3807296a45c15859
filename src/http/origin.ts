import type { FastifyRequest } from 'fastify';
import type { Caller } from '../audit/origin.ts';

/** `ip` honours `TRUSTED_PROXIES`. */
export const callerOf = (request: FastifyRequest): Caller => ({
  clientIp: request.ip,
  requestId: request.id,
});
