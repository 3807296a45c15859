/**
 * Where the program may connect to on someone's word: webhook deliveries, clients' `jwks_uri` (SSRF guard, ADV-20).
 * To public addresses, and to those private ones that the operator has allowed (`TEGATA_WEBHOOK_ALLOW` for the one,
 * `TEGATA_JWKS_ALLOW` for the other). A name is
 * resolved once, every address it has is judged, and the connection is made to an address that was judged; so a name
 * that changes its mind in between gains nothing. Whatever is not known to be public is refused: IPv6 outside 2000::/3
 * too (loopback, link-local, unique-local, mapped, NAT64).
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net';

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 };

/** All addresses of a name; rejects when it has none. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/**
 * The system's own way, `/etc/hosts` included. It cannot be cut short, and a few at once is all that the runtime lets
 * run: who asks for a name that is being looked for waits for that answer, so that a name whose servers are silent takes
 * one place and not all.
 */
export const systemResolve: Resolve = (hostname) => {
  const running = lookups.get(hostname) ?? lookUp(hostname).finally(() => lookups.delete(hostname));
  lookups.set(hostname, running);
  return running;
};

const lookups = new Map<string, Promise<readonly ResolvedAddress[]>>();

async function lookUp(hostname: string): Promise<readonly ResolvedAddress[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** What the operator has allowed beyond public addresses. */
export type AddressAllowList = { readonly hosts: ReadonlySet<string>; readonly ranges: BlockList };

/** The URL or its address is one that deliveries must not go to. */
export class RefusedAddressError extends Error {}

/** IANA IPv4 Special-Purpose ResolvedAddress Registry, multicast and reserved. */
const IPV4_NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const IPV6_PUBLIC = ['2000::/3'];
/** Inside 2000::/3: protocol assignments with Teredo, documentation, 6to4 (wraps IPv4 addresses). */
const IPV6_NOT_PUBLIC = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublic4 = rangesOf(IPV4_NOT_PUBLIC);
const public6 = rangesOf(IPV6_PUBLIC);
const notPublic6 = rangesOf(IPV6_NOT_PUBLIC);

/** Entries are host names, addresses or CIDR ranges. @throws Error for a range that is none. */
export function parseAllowList(entries: readonly string[]): AddressAllowList {
  const isRange = (entry: string) => entry.includes('/') || isIP(entry) !== 0;
  return {
    hosts: new Set(entries.filter((entry) => !isRange(entry)).map((entry) => entry.toLowerCase())),
    ranges: rangesOf(entries.filter(isRange)),
  };
}

/** The addresses of a URL's host, each judged. @throws RefusedAddressError, or what `resolve` throws. */
export async function allowedAddresses(
  url: URL,
  allow: AddressAllowList,
  resolve: Resolve,
): Promise<readonly ResolvedAddress[]> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RefusedAddressError(`only http and https are delivered to, not ${url.protocol}`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, ''); // a URL writes IPv6 in brackets
  const addresses = await addressesOf(host, resolve);
  if (addresses.length === 0) throw new RefusedAddressError(`${host} has no address`);
  if (allow.hosts.has(host.replace(/\.$/, ''))) return addresses;
  const refused = addresses.find((address) => !isAllowed(address.address, allow));
  if (refused) throw new RefusedAddressError(`${host} is the private address ${refused.address}`);
  return addresses;
}

/** The URL parser has already turned every other way to write an IPv4 address (decimal, octal, hex) into four numbers. */
async function addressesOf(host: string, resolve: Resolve): Promise<readonly ResolvedAddress[]> {
  const family = isIP(host);
  if (family === 4 || family === 6) return [{ address: host, family }];
  return resolve(host);
}

function isAllowed(text: string, allow: AddressAllowList): boolean {
  const address = unmapped(text);
  return isPublic(address) || contains(allow.ranges, address);
}

function isPublic(address: string): boolean {
  if (isIPv4(address)) return !contains(notPublic4, address);
  return contains(public6, address) && !contains(notPublic6, address);
}

const contains = (ranges: BlockList, address: string): boolean =>
  isIP(address) !== 0 && ranges.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` are 127.0.0.1 to the system that connects. */
function unmapped(address: string): string {
  const tail = /^(?:0{0,4}:){1,6}:?ffff:([0-9a-f.:]+)$/i.exec(address)?.[1];
  if (tail === undefined || isIPv4(tail)) return tail ?? address;
  const [high = 0, low = 0] = tail.split(':').map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Answers a connection's question for an address with those that were judged; asks no one again. */
export const lookupAmong =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };

/** Addresses and CIDR ranges as one list to ask. @throws Error for an entry that is neither. */
export function rangesOf(entries: readonly string[]): BlockList {
  const ranges = new BlockList();
  for (const entry of entries) addRange(ranges, entry);
  return ranges;
}

function addRange(ranges: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/');
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  try {
    ranges.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  } catch {
    throw new Error(`not an address range: ${entry}`);
  }
}
