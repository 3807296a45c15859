/** Where a redirect URI leads, as a person reads it: the host, or the scheme of an app without one. */
export function redirectTarget(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host === '' ? `${url.protocol}${url.pathname}` : url.host;
}
