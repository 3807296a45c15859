/**
 * What a caller has left, as the fields `RateLimit-Policy` and `RateLimit` say it (draft-ietf-httpapi-ratelimit-headers-10:
 * lists of structured fields, RFC 9651).
 */
import type { FastifyReply } from 'fastify';
import { QUOTA_SECONDS, type Quota } from '../graphql/request/quota.ts';

/** `requests` is the draft's own unit, `cost-points` ours. */
export type RateUnit = 'requests' | 'cost-points';

export type RateStanding = {
  readonly policy: string;
  readonly unit: RateUnit;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Until all of it is there again. */
  readonly resetSeconds: number;
};

export const standingOfQuota = (quota: Quota): RateStanding => ({
  policy: 'cost',
  unit: 'cost-points',
  quota: quota.perMinute,
  windowSeconds: QUOTA_SECONDS,
  remaining: quota.available,
  resetSeconds: quota.resetSeconds(),
});

/** The header fields; the first standing is the one that matters most. */
export function rateLimitFields(
  standings: readonly RateStanding[],
): Record<'ratelimit-policy' | 'ratelimit', string> {
  let [policies, lefts] = ['', ''];
  for (const { policy, unit, quota, windowSeconds, remaining, resetSeconds } of standings) {
    const comma = policies === '' ? '' : ', ';
    const named = unit === 'requests' ? '' : `;qu="${unit}"`;
    policies += `${comma}"${policy}";q=${quota}${named};w=${windowSeconds}`;
    lefts += `${comma}"${policy}";r=${remaining};t=${resetSeconds}`;
  }
  return { 'ratelimit-policy': policies, ratelimit: lefts };
}

export function tellStandings(reply: FastifyReply, standings: readonly RateStanding[]): FastifyReply {
  return standings.length === 0 ? reply : reply.headers(rateLimitFields(standings));
}
