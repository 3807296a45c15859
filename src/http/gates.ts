/**
 * Which addresses may reach what, and which request targets are read at all. A target has one reader, the router: gates
 * go by the route that it matched, never by the text.
 */
import type { IncomingMessage } from 'node:http';
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

/** A name or an address, and a port: nothing that separates one from the next. */
const HOST = /^[^\s,/?#@\\]*$/;

/**
 * Whether the request names its host at most once, by a value that can be one (RFC 9112 §3.2). Node takes the first of
 * several lines, a proxy before it may take the last; a request of HTTP/1.1 without any it refuses itself.
 */
export function isForOneHost({ rawHeaders }: IncomingMessage): boolean {
  let lines = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    lines += 1;
    if (lines > 1 || !HOST.test(rawHeaders[i + 1] ?? '')) return false;
  }
  return true;
}

/** Marks every route of this scope as the admin's. */
export function markForPeople(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, forPeople: true };
  });
}

export const isForPeople = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.forPeople === true;
