/**
 * Which addresses may reach what, and which request targets are read at all. A target has one reader, the router: gates
 * go by the route that it matched, never by the text.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route of the admin: people's, behind the admin's gate. */
    forPeople?: boolean;
  }
}

/**
 * Origin form, and nothing a reader might cut off (RFC 9112 §3.2.1). The other forms are for proxies; a fragment never
 * leaves a browser.
 */
export const isOriginForm = (target: string): boolean => target.startsWith('/') && !target.includes('#');

/** Marks every route of this scope as the admin's. */
export function markForPeople(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, forPeople: true };
  });
}

export const isForPeople = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.forPeople === true;
