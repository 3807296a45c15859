/** Which addresses count as one when attempts are counted. */

const GROUPS = 8;
const NETWORK_GROUPS = 4; // a /64: one customer has all of its 2^64 addresses

/** An IPv4 address as it is, also out of its IPv6 form; of an IPv6 address the /64 that it lies in. */
export function countedAddress(clientIp: string): string {
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
