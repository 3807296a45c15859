/**
 * `TEGATA_REDIS_URL`: limits that all nodes share in a Valkey or Redis. The client is ioredis, which an operator installs
 * beside Tegata. No request waits for it (base/shared-count.ts); while it is away the limits hold for each process.
 */
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { sha256Hex } from '../../base/bytes.ts';
import type { SharedCounter } from '../../base/shared-count.ts';
import { ConfigError } from '../config/config.ts';

type Client = import('ioredis').Redis;

const ANSWER_MS = 100;
const CONNECT_MS = 5_000; // no one waits for it
const RETRY_MS = 1_000;

export type RedisCounter = SharedCounter & { close(): Promise<void> };

export type RedisCounterDeps = {
  readonly url: string;
  /** Tells installations on one server apart. */
  readonly installation: string;
  /** Told once when it goes away, and once when it is back. */
  readonly onAway: (error: unknown) => void;
  readonly onBack: () => void;
};

/** @throws ConfigError when the client is not installed */
export async function redisCounter(deps: RedisCounterDeps): Promise<RedisCounter> {
  const Redis = await loadClient();
  const client = new Redis(deps.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: ANSWER_MS,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => RETRY_MS,
  });
  const standing = watch(client, deps);
  const engines = new Map<number, RateLimiterRedis>();
  const engineOf = (windowSeconds: number): RateLimiterRedis => {
    const known = engines.get(windowSeconds) ?? engine(client, deps.installation, windowSeconds);
    engines.set(windowSeconds, known);
    return known;
  };
  return {
    add: async (key, points, windowSeconds) => {
      // Addresses are personal data: what is stored says nothing of them.
      const counting = engineOf(windowSeconds).penalty(sha256Hex(key), points);
      const { consumedPoints, msBeforeNext } = await counting.catch((error: unknown) => {
        standing.failed(error);
        throw error;
      });
      standing.worked();
      return { total: consumedPoints, msLeft: msBeforeNext };
    },
    close: async () => client.disconnect(),
  };
}

/** Its points are not used: who counts here judges elsewhere. */
const engine = (storeClient: Client, installation: string, duration: number): RateLimiterRedis =>
  new RateLimiterRedis({
    storeClient,
    keyPrefix: `tegata:${sha256Hex(installation).slice(0, 12)}:${duration}`,
    points: Number.MAX_SAFE_INTEGER,
    duration,
    rejectIfRedisNotReady: true,
  });

/** It may also answer and take nothing: full, a replica, without the right to write. A command that comes late says nothing. */
type Standing = { failed(error: unknown): void; worked(): void };

function watch(client: Client, { onAway, onBack }: RedisCounterDeps): Standing {
  let isAway = false;
  const away = (error: unknown): void => {
    if (!isAway) onAway(error);
    isAway = true;
  };
  client.on('error', away);
  return {
    failed: (error) => {
      if (error instanceof Error && error.name === 'ReplyError') away(error);
    },
    worked: () => {
      if (isAway) onBack();
      isAway = false;
    },
  };
}

async function loadClient(): Promise<typeof import('ioredis').Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError([
      'TEGATA_REDIS_URL: limits in a Valkey or Redis need its client; install it beside Tegata: npm install ioredis',
    ]);
  }
}
