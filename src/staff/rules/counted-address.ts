/** Which addresses count as one when attempts are counted. */

const GROUPS = 8;
const NETWORK_GROUPS = 4; // a /64: one customer has all of its 2^64 addresses

/** Who may be a proxy that no one told us of: this machine and private networks. */
const NEAR = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80:)/i;

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:.]{1,40})$/i;

export type Seen = {
  /** Whom the request is from, as far as trusted proxies tell. */
  readonly ip: string;
  /** The other end of the connection. */
  readonly peer: string;
  readonly forwardedFor: string | undefined;
};

/**
 * Whose failures are counted: `ip`, or behind an unnamed proxy `proxy>address`, since there all the world has the proxy's
 * address and would be locked out together. The last address in the header is the one that the proxy itself has written.
 */
export function countedCaller({ ip, peer, forwardedFor }: Seen): string {
  const claimed = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  const near = NEAR.test(peer.replace(/^::ffff:/i, ''));
  return ip === peer && near && ADDRESS.test(claimed) ? `${ip}>${claimed}` : ip;
}

/** The unnamed proxy of `proxy>address`; undefined for a plain address. */
export const proxyOf = (caller: string): string | undefined =>
  caller.includes('>') ? caller.slice(0, caller.indexOf('>')) : undefined;

/** An IPv4 address as it is, also out of its IPv6 form; of an IPv6 address the /64 that it lies in. */
export function countedAddress(clientIp: string): string {
  const proxy = proxyOf(clientIp);
  if (proxy !== undefined) return `${proxy}>${countedAddress(clientIp.slice(proxy.length + 1))}`;
  if (!clientIp.includes(':')) return clientIp;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(clientIp)?.[1];
  if (mapped !== undefined) return mapped;
  const url = URL.parse(`http://[${clientIp}]`);
  return url ? network(url.hostname.slice(1, -1)) : clientIp;
}

/** `address`: in the shortest form (RFC 5952), as URL writes it. */
function network(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: GROUPS - groups.length - after.length }, () => '0');
  return [...groups, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':');
}
