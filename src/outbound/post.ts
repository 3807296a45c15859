/**
 * One POST to one endpoint. The result is data, whatever happens; how it is kept from going where it must not, and from
 * lasting, is outbound/guarded-request.ts.
 */
import type { Clock } from '../base/clock.ts';
import { RefusedAddressError } from './allowed-addresses.ts';
import {
  type Answer,
  type Guard,
  guardedRequest,
  keepConnections,
  type RequestLimits,
} from './guarded-request.ts';

const HEAD_CHARACTERS = 4_096; // of header lines that are written down
const KEEP_ALIVE_MS = 15_000; // how long an idle connection is kept
const MAX_IDLE_PER_ENDPOINT = 4;

export type Sent = {
  /** null = no answer came; then `error` says why. */
  readonly statusCode: number | null;
  readonly error: string | null;
  /** Whole milliseconds. */
  readonly tookMs: number;
  readonly requestHead: string;
  /** Status line, header lines, an empty line, the beginning of the body. */
  readonly responseHead: string | null;
  /** The answer's Retry-After as it came. */
  readonly retryAfter: string | null;
};

/** What is written down when no request was made at all. */
export const notSent = (error: string): Sent => ({
  statusCode: null,
  error,
  tookMs: 0,
  requestHead: '',
  responseHead: null,
  retryAfter: null,
});

export type Sender = {
  post(url: string, headers: Record<string, string>, body: string): Promise<Sent>;
  close(): void;
};

export function openSender({
  clock,
  limits,
  ...guard
}: Guard & { clock: Clock; limits: RequestLimits }): Sender {
  const connections = keepConnections(KEEP_ALIVE_MS, MAX_IDLE_PER_ENDPOINT);
  return {
    post: async (url, headers, body) => {
      const startedMs = clock.monotonicMs();
      const requestHead = `POST ${withoutPassword(url)}\n${linesOf(Object.entries(headers))}`;
      const took = () => ({ tookMs: clock.monotonicMs() - startedMs, requestHead });
      try {
        const asked = { method: 'POST', url: new URL(url), headers, body } as const;
        const answer = await guardedRequest(asked, guard, limits, connections);
        return { ...answered(answer), ...took() };
      } catch (error) {
        return { ...notSent(reasonOf(error)), ...took() };
      }
    },
    close: connections.close,
  };
}

/** A body that did not end is no fault of the delivery: the endpoint has said by its status what became of it. */
function answered(answer: Answer): Omit<Sent, 'tookMs' | 'requestHead'> {
  const { statusCode, statusLine, headers, rawHeaders, body, cut } = answer;
  const pairs = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : [],
  );
  const lines = linesOf(pairs).slice(0, HEAD_CHARACTERS);
  const text = `${body.toString('utf8')}${cut === null ? '' : `\n(${cut})`}`;
  const retryAfter = headers['retry-after'] ?? null;
  return { statusCode, error: null, responseHead: `${statusLine}\n${lines}\n\n${text}`, retryAfter };
}

/** What is written down for staff to read. */
function withoutPassword(url: string): string {
  const shown = URL.parse(url);
  if (!shown?.password) return url;
  shown.password = '***';
  return shown.href;
}

const linesOf = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}: ${value}`).join('\n');

function reasonOf(error: unknown): string {
  if (error instanceof RefusedAddressError) return `refused: ${error.message}`;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error instanceof Error ? error.message : 'unknown error';
}
