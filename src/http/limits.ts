/**
 * How much one address or client may do a minute. Counted in each process: with n processes at most n times as much gets
 * through, which is enough against floods, unless they share their counts; what must be exact (login) is counted in the database. At the token endpoints
 * only failures count, so that a busy, well-behaved client is never held up; at the authorization endpoint every visit does.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type SharedCounter, SharedCounts } from '../base/shared-count.ts';
import { countedAddress, countedCaller, proxyOf } from '../staff/rules/counted-address.ts';
import { type RateStanding, tellStandings } from './rate-limit.ts';

const WINDOW_SECONDS = 60;
const PROXY = 'proxy ';
const PROXY_TIMES = 10; // the share of all that comes through a proxy that no one named

/** Too many requests; the scope's error handler says so in its own form. */
export class TooManyError extends Error {
  readonly statusCode = 429;
  readonly retryAfterSeconds: number;
  /** Of the limit that was reached. */
  readonly standing: RateStanding | undefined;
  constructor(retryAfterSeconds: number, standing?: RateStanding) {
    super('Too many requests.');
    this.retryAfterSeconds = retryAfterSeconds;
    this.standing = standing;
  }
}

export type Limiter = {
  /** Throws when any of the keys has used up its share; says how the one that has least left stands. */
  check(keys: readonly string[]): Promise<RateStanding>;
  /** Counts one against each key; says how the one that has least left stands. */
  count(keys: readonly string[]): Promise<RateStanding>;
  /** Counts one against each key and throws at the first for which that was one too many; else as `check`. */
  spend(...keys: readonly string[]): Promise<RateStanding>;
};

type LimiterWish = {
  readonly windowSeconds?: number;
  /** The name under which callers are told of it. */
  readonly policy?: string;
  /** Where nodes count together; `name` tells limits apart there. */
  readonly shared?: SharedLimit | undefined;
};

export type SharedLimit = { readonly counter: SharedCounter; readonly name: string };

export function limiter(
  points: number,
  { windowSeconds = WINDOW_SECONDS, policy = 'requests', shared }: LimiterWish = {},
): Limiter {
  const single = new RateLimiterMemory({ points, duration: windowSeconds });
  const whole = new RateLimiterMemory({ points: points * PROXY_TIMES, duration: windowSeconds });
  const memoryOf = (key: string): RateLimiterMemory => (key.startsWith(PROXY) ? whole : single);
  const tell = tellOthers(shared, windowSeconds, memoryOf);
  const standing = (used: RateLimiterRes | null, memory: RateLimiterMemory): RateStanding => ({
    policy,
    unit: 'requests',
    quota: memory.points,
    windowSeconds,
    remaining: Math.max(0, memory.points - (used?.consumedPoints ?? 0)),
    resetSeconds: used ? secondsUntil(used) : windowSeconds,
  });
  const untouched = standing(null, single);
  return {
    async check(keys) {
      let least = untouched;
      for (const key of keys) {
        const memory = memoryOf(key);
        const now = standing(await memory.get(key), memory);
        if (now.remaining === 0) throw new TooManyError(now.resetSeconds, now);
        least = leastOf(least, now);
      }
      return least;
    },
    async count(keys) {
      let least = untouched;
      for (const key of keys) {
        const memory = memoryOf(key);
        tell(key);
        least = leastOf(least, standing(await memory.penalty(key), memory));
      }
      return least;
    },
    async spend(...keys) {
      let least = untouched;
      for (const key of keys) {
        const memory = memoryOf(key);
        tell(key);
        const used = await memory.consume(key).catch((refused: unknown) => {
          if (!(refused instanceof RateLimiterRes)) throw refused;
          throw new TooManyError(secondsUntil(refused), standing(refused, memory));
        });
        least = leastOf(least, standing(used, memory));
      }
      return least;
    },
  };
}

/** What all have counted takes the place of what this process has. */
function tellOthers(
  shared: SharedLimit | undefined,
  windowSeconds: number,
  memoryOf: (key: string) => RateLimiterMemory,
): (key: string) => void {
  if (!shared) return () => {};
  const place = `${shared.name} `;
  const counts = new SharedCounts(shared.counter, windowSeconds, (placed, { total, msLeft }, { since }) => {
    const key = placed.slice(place.length);
    void memoryOf(key).set(key, total + since, msLeft / 1000);
  });
  return (key) => counts.count(`${place}${key}`, 1);
}

const leastOf = (a: RateStanding, b: RateStanding): RateStanding => (b.remaining <= a.remaining ? b : a);

const secondsUntil = (used: RateLimiterRes): number => Math.max(1, Math.ceil(used.msBeforeNext / 1000));

/**
 * What a request counts against. Behind a proxy that is not named anyone may write addresses of his own choice: bounded
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
export function retryAfter(reply: FastifyReply, { retryAfterSeconds, standing }: TooManyError): FastifyReply {
  reply.header('retry-after', String(retryAfterSeconds));
  return standing ? tellStandings(reply, [standing]) : reply;
}
