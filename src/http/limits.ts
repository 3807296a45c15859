/**
 * How much one address or client may do a minute. Counted in each process: with n processes at most n times as much gets
 * through, which is enough against floods; what must be exact (login) is counted in the database. At the token endpoints
 * only failures count, so that a busy, well-behaved client is never held up; at the authorization endpoint every visit does.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { countedAddress, countedCaller } from '../staff/rules/counted-address.ts';

const WINDOW_SECONDS = 60;

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
  /** Counts one against the key and throws when that was one too many. */
  spend(key: string): Promise<void>;
};

export function limiter(points: number, windowSeconds = WINDOW_SECONDS): Limiter {
  const memory = new RateLimiterMemory({ points, duration: windowSeconds });
  return {
    async check(keys) {
      for (const key of keys) {
        const used = await memory.get(key);
        if (used && used.consumedPoints >= points) throw new TooManyError(secondsUntil(used));
      }
    },
    async count(keys) {
      for (const key of keys) await memory.penalty(key);
    },
    async spend(key) {
      await memory.consume(key).catch((refused: unknown) => {
        throw refused instanceof RateLimiterRes ? new TooManyError(secondsUntil(refused)) : refused;
      });
    },
  };
}

const secondsUntil = (used: RateLimiterRes): number => Math.max(1, Math.ceil(used.msBeforeNext / 1000));

export function addressKey({ ip, socket, headers }: FastifyRequest): string {
  const forwardedFor = headers['x-forwarded-for']?.toString();
  return `address ${countedAddress(countedCaller({ ip, peer: socket.remoteAddress ?? '', forwardedFor }))}`;
}

/** RFC 6585 §4. */
export const retryAfter = (reply: FastifyReply, error: TooManyError): FastifyReply =>
  reply.header('retry-after', String(error.retryAfterSeconds));
