/** One request with its token, timeout and retries. */
import { errorOf, type GraphQLErrorBody, TegataError } from './errors.ts';

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that should be valid; parallel callers share one request for it. */
  token(): Promise<string>;
  /** Told of a token that was refused: the next `token()` is another one. */
  refused(token: string): void;
}

export type SendDeps = {
  readonly url: string;
  readonly tokens: TokenSource;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Attempts after the first. */
  readonly retries: number;
  readonly maxWaitMs: number;
  readonly onRetry: ((retry: Retry) => void) | undefined;
};

export interface Retry {
  readonly attempt: number;
  readonly waitMs: number;
  readonly error: TegataError;
}

export type Sending<Result> = {
  readonly path: string;
  readonly init: RequestInit;
  /** True: done twice it is as good as done once. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** Reads the response, within the timeout. */
  readonly read: (response: Response) => Promise<Result>;
};

const FIRST_WAIT_MS = 500;
/** The server has not begun. */
const NOT_BEGUN = ['THROTTLED', 'BUSY'];
/** The same request may be done later; whether this one was is not sure. */
const PASSING = [...NOT_BEGUN, 'UNAVAILABLE', 'UNKNOWN', 'NETWORK'];
const PASSING_STATUS = [429, 502, 503, 504];

export async function send<Result>(deps: SendDeps, sending: Sending<Result>): Promise<Result> {
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    const token = await deps.tokens.token();
    try {
      return await attemptOnce(deps, sending, token);
    } catch (error) {
      if (!(error instanceof TegataError) || sending.signal?.aborted) throw error;
      if (error.status === 401 && !renewed) {
        renewed = true; // a token that was taken back: nothing has been done
        deps.tokens.refused(token);
        continue;
      }
      if (attempt > deps.retries || !mayRepeat(error, sending.repeatable)) throw error;
      const waitMs = waitBefore(attempt, error);
      if (waitMs > deps.maxWaitMs) throw error;
      deps.onRetry?.({ attempt, waitMs, error });
      await pause(waitMs, sending.signal);
    }
  }
}

function mayRepeat({ code, status }: TegataError, repeatable: boolean): boolean {
  if (status === 429 || NOT_BEGUN.includes(code)) return true;
  return repeatable && (PASSING.includes(code) || (code === 'HTTP' && PASSING_STATUS.includes(status)));
}

const waitBefore = (attempt: number, { retryAfterMs }: TegataError): number =>
  retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);

async function attemptOnce<Result>(
  deps: SendDeps,
  { path, init, signal, timeoutMs, read }: Sending<Result>,
  token: string,
): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new DOMException('The response took too long.', 'TimeoutError')),
    timeoutMs ?? deps.timeoutMs,
  );
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  const { fetch } = deps;
  try {
    const response = await fetch(`${deps.url}${path}`, {
      ...init,
      headers,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
    if (!response.ok) throw await refusalOf(response);
    return await read(response);
  } catch (error) {
    if (error instanceof TegataError) throw error;
    if (signal?.aborted) throw signal.reason;
    const cause = late.signal.aborted ? late.signal.reason : error;
    const message = `No response from ${deps.url}: ${(cause as Error).message}`;
    throw new TegataError('NETWORK', message, { status: 0, cause });
  } finally {
    clearTimeout(timer);
  }
}

async function refusalOf(response: Response): Promise<TegataError> {
  const text = await response.text();
  let body: { data?: unknown; errors?: GraphQLErrorBody[] } = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // a proxy's page
  }
  return errorOf(response.status, body, retryAfterMs(response.headers.get('retry-after')));
}

/** Seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', ended);
      resolve();
    }, ms);
    if (signal?.aborted) ended();
    else signal?.addEventListener('abort', ended, { once: true });
  });
}
