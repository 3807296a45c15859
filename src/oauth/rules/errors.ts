/**
 * The catalogue of OAuth errors: code, HTTP status, public text. No one writes a status or an error code elsewhere.
 * The private `detail` goes to the log and the audit trail, never to the wire. To add an error: one row in `CATALOGUE`.
 */

type Row = { readonly status: number; readonly text: string; readonly source: string };

export const CATALOGUE = {
  invalid_request: {
    status: 400,
    text: 'A required parameter is missing, repeated or malformed.',
    source: 'RFC 6749 §4.1.2.1, §5.2',
  },
  invalid_client: { status: 401, text: 'Client authentication failed.', source: 'RFC 6749 §5.2' },
  invalid_grant: {
    status: 400,
    text: 'The code or refresh token is invalid, expired, already used, revoked, or was issued to another client or redirect URI.',
    source: 'RFC 6749 §5.2',
  },
  unauthorized_client: {
    status: 400,
    text: 'This client is not registered for this grant type.',
    source: 'RFC 6749 §5.2',
  },
  unsupported_grant_type: {
    status: 400,
    text: 'This grant type is not supported. Supported: authorization_code, refresh_token, client_credentials.',
    source: 'RFC 6749 §5.2',
  },
  unsupported_response_type: {
    status: 400,
    text: 'The only supported response_type is code.',
    source: 'RFC 6749 §4.1.2.1',
  },
  invalid_scope: {
    status: 400,
    text: 'The scope is malformed, unknown, or not registered for this client.',
    source: 'RFC 6749 §5.2',
  },
  invalid_target: {
    status: 400,
    text: 'The resource is not one that this server issues tokens for.',
    source: 'RFC 8707 §2',
  },
  access_denied: { status: 403, text: 'The resource owner denied the request.', source: 'RFC 6749 §4.1.2.1' },
  server_error: { status: 500, text: 'The server could not answer.', source: 'RFC 6749 §4.1.2.1' },
  temporarily_unavailable: {
    status: 503,
    text: 'The server cannot answer now; try again in a moment.',
    source: 'RFC 6749 §4.1.2.1',
  },
  too_many_requests: {
    status: 429,
    text: 'Too many requests failed; wait as long as Retry-After says.',
    source: 'RFC 6585 §4',
  },
  invalid_token: { status: 401, text: 'The access token is invalid.', source: 'RFC 6750 §3.1' },
  insufficient_scope: {
    status: 403,
    text: 'The access token has too little scope.',
    source: 'RFC 6750 §3.1',
  },
} as const satisfies Record<string, Row>;

export type OAuthErrorCode = keyof typeof CATALOGUE;

/** A refusal in protocol form. `description` is public; `detail` is for the log only. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly status: number;
  readonly description: string;
  readonly detail: string | undefined;

  constructor(code: OAuthErrorCode, description?: string, detail?: string) {
    super(code);
    this.code = code;
    this.status = CATALOGUE[code].status;
    this.description = description ?? CATALOGUE[code].text;
    this.detail = detail;
  }
}
