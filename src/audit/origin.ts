/** Where a request comes from, for the audit log. */
export type Caller = { readonly clientIp: string; readonly requestId: string };
