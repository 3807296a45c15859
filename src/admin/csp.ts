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

export const contentSecurityPolicy = (): string => [...FIXED, "form-action 'self'"].join('; ');

/**
 * For the pages whose form ends at a client: without `form-action`. Chromium holds every redirect that follows a form
 * against it (w3c/webappsec-csp#8), and where a client's callback leads on to, this server cannot know. Nothing typed is
 * in these forms, and their token is worth nothing without this browser's cookies.
 */
export const leadingOutPolicy = (): string => FIXED.join('; ');
