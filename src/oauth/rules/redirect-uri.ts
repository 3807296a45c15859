/** Redirect URIs: what may be registered, and whether a requested one is the registered one. */

export type UriFault =
  | 'not-a-uri'
  | 'fragment'
  | 'user-info'
  | 'http-not-loopback'
  | 'private-scheme-confidential'
  | 'scheme-refused'
  | 'wildcard'
  | 'response-parameter'
  | 'too-long'
  | 'white-space';

const MAX_LENGTH = 2000; // characters; longer ones break real browsers and proxies
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
// RFC 8252 §7.1: a private-use scheme is a reversed domain name, so it holds a dot.
const PRIVATE_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;
/** Parameters that the answer adds; a registered URI that already holds one would make the answer ambiguous (CVE-2026-9689). */
const RESPONSE_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];

/** Splits what was typed: one URI a line, commas accepted too. */
export const splitUris = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\r\n,]+/)
      .map((uri) => uri.trim())
      .filter((uri) => uri !== ''),
  ),
];

/** What is wrong with a URI for registration; undefined when it may be registered. RFC 6749 §3.1.2, RFC 9700 §2.1, §2.6. */
export function registrationFault(uri: string, isPublic: boolean): UriFault | undefined {
  if (uri.length > MAX_LENGTH) return 'too-long';
  if (/[\s\p{Cc}]/u.test(uri)) return 'white-space';
  // RFC 3986 §2: ASCII only; anything else could not stand in a Location header.
  if (/[^\x21-\x7e]/.test(uri)) return 'not-a-uri';
  if (uri.includes('*')) return 'wildcard';
  const url = URL.parse(uri);
  if (!url) return 'not-a-uri';
  if (uri.includes('#')) return 'fragment';
  if (url.username || url.password || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) return 'user-info';
  if (RESPONSE_PARAMETERS.some((name) => url.searchParams.has(name))) return 'response-parameter';
  return schemeFault(uri, url, isPublic);
}

// Parsers let `;` and quotes through, which would end a directive of the consent page's policy.
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

function schemeFault(uri: string, url: URL, isPublic: boolean): UriFault | undefined {
  if (url.protocol === 'https:' || url.protocol === 'http:') {
    if (!/^https?:\/\/[^/\\]/i.test(uri) || uri.includes('\\') || !HOST.test(url.hostname)) {
      return 'not-a-uri';
    }
    if (url.protocol === 'https:' || LOOPBACK_HOSTS.includes(url.hostname)) return undefined;
    return 'http-not-loopback';
  }
  if (!PRIVATE_SCHEME.test(url.protocol)) return 'scheme-refused';
  return isPublic ? undefined : 'private-scheme-confidential';
}

/**
 * RFC 9700 §2.1, §4.1.3: simple string comparison. Sole exception, RFC 8252 §7.3: on a loopback IP literal the port may
 * differ; scheme, host, path and query are still compared as written.
 */
export function matchesRegistered(requested: string, registered: readonly string[]): boolean {
  if (registered.includes(requested)) return true;
  const wanted = withoutLoopbackPort(requested);
  return wanted !== undefined && registered.some((uri) => withoutLoopbackPort(uri) === wanted);
}

// The host is parsed by the grammar, not by prefix: `127.0.0.1.evil.example` and `127.0.0.1:1@evil.example` do not match.
const LOOPBACK_URI = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?(\/[^#]*|\?[^#]*)?$/;

function withoutLoopbackPort(uri: string): string | undefined {
  const parts = LOOPBACK_URI.exec(uri);
  if (!parts || Number(parts[2] ?? 0) > 65535) return undefined;
  return `${parts[1]}${parts[3] ?? ''}`;
}

export type UriDifference = 'scheme' | 'host' | 'port' | 'path' | 'query' | 'text';

/** Which component of the nearest registered URI differs: for the audit log and the client's page, never for the public. */
export function nearestDifference(
  requested: string,
  registered: readonly string[],
): { nearest: string; differs: UriDifference[] } | undefined {
  const candidates = registered.map((nearest) => ({ nearest, differs: differences(requested, nearest) }));
  return candidates.sort((a, b) => a.differs.length - b.differs.length)[0];
}

function differences(a: string, b: string): UriDifference[] {
  const [x, y] = [URL.parse(a), URL.parse(b)];
  if (!x || !y) return ['text'];
  const found: UriDifference[] = [];
  if (x.protocol !== y.protocol) found.push('scheme');
  if (x.hostname !== y.hostname) found.push('host');
  if (x.port !== y.port) found.push('port');
  if (x.pathname !== y.pathname) found.push('path');
  if (x.search !== y.search) found.push('query');
  return found.length > 0 ? found : ['text'];
}

/** Adds answer parameters to a redirect URI's query; what the URI already holds stays (RFC 6749 §3.1.2). */
export function answerUrl(redirectUri: string, parameters: Record<string, string | null>): string {
  const present = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== null);
  const query = new URLSearchParams(present).toString();
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}
