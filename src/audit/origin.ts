/** Where something came from: a request, on its own or of a browser, and who was behind it. What the audit log keeps of it. */
export type Origin = { readonly clientIp: string; readonly requestId: string | null };

/** Of a browser, for logins and sessions. */
export type BrowserOrigin = Origin & {
  /** Whose failures are counted, where that is not the address (staff/rules/counted-address.ts). */
  readonly countedAs?: string;
  readonly userAgent: string;
};

/** Of a deed: a member on a page, or the operator at the command line, who has no address. */
export type Actor = {
  readonly [Part in keyof Origin]: Origin[Part] | null;
} & {
  readonly loginId: string | null;
  /** At the command line: the account of the machine that ran it. */
  readonly operator?: string;
};
