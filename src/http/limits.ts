/**
 * How much one address or client may do a minute. Counted in each process: with n processes at most n times as much gets
 * through, which is enough against floods; what must be exact (login) is counted in the database. At the token endpoints
 * only failures count, so that a busy, well-behaved client is never held up; at the authorization endpoint every visit does.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { countedAddress, countedCaller, proxyOf } from '../staff/rules/counted-address.ts';

const WINDOW_SECONDS = 60;
const PROXY = 'proxy ';
const PROXY_TIMES = 10; // the share of all that comes through a proxy that nobody named

/** Too many requests; the scope's error handler says so in its own form. */
export class TooManyError extends Error {
  readonly statusCode = 429;
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('Too many requests.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type Limiter = {
  /** Throws when any of the keys has used up its share. */
  check(keys: readonly string[]): Promise<void>;
  /** Counts one against each key. */
  count(keys: readonly string[]): Promise<void>;
  /** Counts one against each key and throws at the first for which that was one too many. */
  spend(...keys: readonly string[]): Promise<void>;
};

export function limiter(points: number, windowSeconds = WINDOW_SECONDS): Limiter {
  const single = new RateLimiterMemory({ points, duration: windowSeconds });
  const whole = new RateLimiterMemory({ points: points * PROXY_TIMES, duration: windowSeconds });
  const memoryOf = (key: string): RateLimiterMemory => (key.startsWith(PROXY) ? whole : single);
  return {
    async check(keys) {
      for (const key of keys) {
        const memory = memoryOf(key);
        const used = await memory.get(key);
        if (used && used.consumedPoints >= memory.points) throw new TooManyError(secondsUntil(used));
      }
    },
    async count(keys) {
      for (const key of keys) await memoryOf(key).penalty(key);
    },
    async spend(...keys) {
      for (const key of keys) {
        await memoryOf(key)
          .consume(key)
          .catch((refused: unknown) => {
            throw refused instanceof RateLimiterRes ? new TooManyError(secondsUntil(refused)) : refused;
          });
      }
    },
  };
}

const secondsUntil = (used: RateLimiterRes): number => Math.max(1, Math.ceil(used.msBeforeNext / 1000));

/**
 * What a request counts against. Behind a proxy that is not named anybody may write addresses of his own choice: bounded
 * for the proxy as a whole, and first, so that nothing is remembered of addresses beyond that.
 */
export function addressKeys({ ip, socket, headers }: FastifyRequest): string[] {
  const forwardedFor = headers['x-forwarded-for']?.toString();
  const caller = countedCaller({ ip, peer: socket.remoteAddress ?? '', forwardedFor });
  const proxy = proxyOf(caller);
  const whole = proxy === undefined ? [] : [`${PROXY}${countedAddress(proxy)}`];
  return [...whole, `address ${countedAddress(caller)}`];
}

/** RFC 6585 §4. */
export const retryAfter = (reply: FastifyReply, error: TooManyError): FastifyReply =>
  reply.header('retry-after', String(error.retryAfterSeconds));
