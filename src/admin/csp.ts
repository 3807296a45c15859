/** The Content-Security-Policy of every admin page: own files only, nothing inline, never framed. */

const FIXED = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

/**
 * For the explorer’s page alone: GraphiQL brings its fonts as data. Scripts, styles and
 * requests stay at our own origin, and nothing inline is let through.
 */
export const explorerPolicy = (): string =>
  contentSecurityPolicy().replace("font-src 'self'", "font-src 'self' data:");

/**
 * `redirectUri` is where this page's form may lead in the end. Browsers apply `form-action` to the redirect that answers
 * a form too (CSP 3 §6.4.1), so the consent page has to name the client's origin, or its scheme when it has no origin.
 */
export function contentSecurityPolicy(redirectUri?: string): string {
  const target = redirectUri === undefined ? '' : ` ${formTarget(redirectUri)}`;
  return [...FIXED, `form-action 'self'${target}`].join('; ');
}

function formTarget(redirectUri: string): string {
  const url = new URL(redirectUri);
  // An IPv6 literal is no host-source in CSP 3 §2.3.1, so for `[::1]` the scheme alone has to do.
  const namable = url.origin !== 'null' && !url.hostname.startsWith('[');
  return namable ? url.origin : url.protocol;
}
