/** The query of a `DATABASE_URL`, apart from the rest: drivers would take any of their own settings from it. */

export type SplitUrl = { readonly base: string; readonly query: URLSearchParams };

export function splitUrl(url: string): SplitUrl {
  const [base = '', ...rest] = url.split('?');
  return { base, query: new URLSearchParams(rest.join('?')) };
}

/** What `read` refuses, as words; undefined when it refuses nothing. */
export function urlFaultIn(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UrlFault) return error.message;
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_URL')
      return 'is no URL; write special characters of user and password as %XX';
    throw error;
  }
}

/** A parameter that cannot be followed. */
export class UrlFault extends Error {}
