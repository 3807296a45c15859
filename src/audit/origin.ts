/** Where a request comes from, for the audit log. */
export type Caller = { readonly clientIp: string; readonly requestId: string };

/** Where a request came from, for sessions and the audit log. */
export type Origin = {
  readonly clientIp: string;
  /** Whose failures are counted, where that is not the address (staff/rules/counted-address.ts). */
  readonly countedAs?: string;
  readonly userAgent: string;
  readonly requestId: string | null;
};

/** Who does it: a member on a page, or the operator at the command line. */
export type Actor = {
  readonly loginId: string | null;
  readonly clientIp: string | null;
  readonly requestId: string | null;
  /** At the command line: the account of the machine that ran it. */
  readonly operator?: string;
};
