/** Requests to `/token`. */
import { pause, retryAfterMs } from './send.ts';

export interface ClientIdentity {
  /** `PUBLIC_URL` of the server. */
  readonly url: string;
  readonly clientId: string;
  /** Absent: a public client (a page, an app on a phone). */
  readonly clientSecret?: string;
  readonly fetch?: typeof fetch;
  /** Of one attempt; default 30,000. */
  readonly timeoutMs?: number;
}

export interface Tokens {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly refreshToken?: string | undefined;
  readonly scope: string;
}

/** `code` is `error` of RFC 6749 §5.2 or §4.1.2.1; `no_response` when none came. */
export class TegataOAuthError extends Error {
  override readonly name = 'TegataOAuthError';
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(
    code: string,
    message: string,
    status: number,
    more: { requestId?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = status;
    this.requestId = more.requestId;
  }
}

type TokenBody = {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly request_id?: string;
};

const ATTEMPTS = 4;
const WAIT_MS = 1_000;
const MOST_WAIT_MS = 60_000;
/** A code that was taken, and whose response was lost, must not be sent again: that would end its tokens. */
const ONCE = 'authorization_code';

/** @throws TegataOAuthError */
export async function requestTokens(
  identity: ClientIdentity,
  params: Record<string, string>,
): Promise<Tokens> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await postToken(identity, params).catch((cause: Error) => cause);
    const lost = response instanceof Error;
    if (!lost && response.ok) return tokensOf((await response.json()) as TokenBody);
    const error = lost
      ? new TegataOAuthError('no_response', `No response from ${identity.url}: ${response.message}`, 0, {
          cause: response,
        })
      : await refusalOf(response);
    const passing = lost || response.status === 503 || response.status === 429;
    const waitMs =
      (lost ? undefined : retryAfterMs(response.headers.get('retry-after'))) ?? WAIT_MS * attempt;
    const again = passing && attempt < ATTEMPTS && waitMs <= MOST_WAIT_MS && params.grant_type !== ONCE;
    if (!again) throw error;
    await pause(waitMs);
  }
}

function postToken(identity: ClientIdentity, params: Record<string, string>): Promise<Response> {
  const { url, clientId, clientSecret, timeoutMs = 30_000 } = identity;
  const request = identity.fetch ?? fetch;
  const body = new URLSearchParams(params);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (clientSecret === undefined) body.set('client_id', clientId);
  else headers.authorization = `Basic ${btoa(`${formCoded(clientId)}:${formCoded(clientSecret)}`)}`;
  const signal = AbortSignal.timeout(timeoutMs);
  return request(`${url.replace(/\/+$/, '')}/token`, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal,
  });
}

/** RFC 6749 §2.3.1 */
const formCoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function tokensOf({ access_token, expires_in = 0, refresh_token, scope = '' }: TokenBody): Tokens {
  if (access_token === undefined)
    throw new TegataOAuthError('server_error', 'The response has no token.', 200);
  const expiresAt = Date.now() + expires_in * 1000;
  return {
    accessToken: access_token,
    expiresAt,
    scope,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
  };
}

async function refusalOf(response: Response): Promise<TegataOAuthError> {
  const text = await response.text();
  let body: TokenBody = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // a proxy's page
  }
  const { error = 'server_error', error_description, request_id } = body;
  return new TegataOAuthError(
    error,
    error_description ?? `The server responded with status ${response.status}.`,
    response.status,
    request_id === undefined ? {} : { requestId: request_id },
  );
}
