/** What the routes read of a request beside its form. */
import type { FastifyRequest } from 'fastify';
import type { BrowserOrigin } from '../audit/origin.ts';
import { countedCaller } from '../staff/rules/counted-address.ts';

type Requested = { readonly request: FastifyRequest };

export const browserOriginOf = ({ request }: Requested): BrowserOrigin => ({
  clientIp: request.ip,
  countedAs: countedCaller({
    ip: request.ip,
    peer: request.socket.remoteAddress ?? '',
    forwardedFor: request.headers['x-forwarded-for']?.toString(),
  }),
  userAgent: request.headers['user-agent'] ?? '',
  requestId: request.id,
});

/** The query exactly as it came: behind the first question mark. */
export function queryTextOf({ request: { url } }: Requested): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}

export const queryOf = (exchange: Requested): URLSearchParams => new URLSearchParams(queryTextOf(exchange));

/** Returns the path by which the router found the page: its route with the values of its parameters. */
export function matchedPath({ routeOptions, params }: FastifyRequest): string {
  const given = params as Readonly<Record<string, string>>;
  return (routeOptions.url ?? '').replaceAll(/:(\w+)|\*$/g, (sign, name) => given[name ?? sign] ?? '');
}
