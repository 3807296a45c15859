/** Where nodes count together what callers may do, when the operator has named a place. */
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { type RedisCounter, redisCounter } from './redis-counter.ts';

/** @throws ConfigError when the client is not installed */
export async function openLimits(
  { redisUrl: url, publicUrl }: Config,
  log: Logger,
): Promise<RedisCounter | undefined> {
  if (url === undefined) return undefined;
  return redisCounter({
    url,
    installation: publicUrl,
    onAway: (error) => log.warn({ err: error }, 'limits hold for each process: Redis is away'),
    onBack: () => log.warn('limits are shared again'),
  });
}
