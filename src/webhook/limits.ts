/** Every number that delivery depends on, with its unit. */

export type WebhookLimits = {
  /** Changes recorded within this time are joined into one body. 0 = at once. */
  readonly windowSeconds: number;
  /** Events in one body; 1,000 are about 58 kB, what a TEXT column of MySQL holds. */
  readonly maxEvents: number;
  /** Deliveries on their way to one endpoint; what comes after stays in the feed and is folded there. */
  readonly maxPending: number;
  /** Requests at once from one process, and of these to one endpoint, and to one that is failing. */
  readonly maxInFlight: number;
  readonly maxInFlightPerEndpoint: number;
  readonly maxInFlightFailing: number;
  /** Name resolution, TCP and TLS together, as curl (and so the plugin) counts it. */
  readonly connectTimeoutMs: number;
  readonly totalTimeoutMs: number;
  /** Bytes of an answer that are read. */
  readonly maxResponseBytes: number;
  /** How long a claim holds; must exceed the total timeout by far. */
  readonly leaseSeconds: number;
  /** The first retry; each further one waits twice as long, up to the longest. */
  readonly retryBaseSeconds: number;
  readonly retryMaxSeconds: number;
  readonly giveUpAfterSeconds: number;
  /** How long an endpoint's Retry-After is obeyed at the most. */
  readonly retryAfterMaxSeconds: number;
  /** An endpoint that has accepted nothing for so long is paused. */
  readonly pauseAfterSeconds: number;
  /** Pause after a round that found work; it doubles with each round that finds none, up to `idleMs`. */
  readonly busyMs: number;
  readonly idleMs: number;
  readonly pruneEverySeconds: number;
  readonly keepFeedSeconds: number;
  readonly keepDeliveredSeconds: number;
  readonly keepFailedSeconds: number;
};

const MOST_SPREAD = 1.25; // of a retry's pause, so that what failed together is spread

const HOUR = 3_600;
const DAY = 24 * HOUR;

export const WEBHOOK_LIMITS: WebhookLimits = {
  windowSeconds: 1,
  maxEvents: 1_000,
  maxPending: 64,
  maxInFlight: 32,
  maxInFlightPerEndpoint: 4,
  maxInFlightFailing: 1,
  connectTimeoutMs: 1_000,
  totalTimeoutMs: 5_000,
  maxResponseBytes: 4_096,
  leaseSeconds: 30,
  retryBaseSeconds: 5,
  retryMaxSeconds: 4 * HOUR,
  giveUpAfterSeconds: 3 * DAY,
  retryAfterMaxSeconds: DAY,
  pauseAfterSeconds: DAY,
  busyMs: 25,
  idleMs: 500,
  pruneEverySeconds: 60,
  keepFeedSeconds: 7 * DAY,
  keepDeliveredSeconds: 7 * DAY,
  keepFailedSeconds: 30 * DAY,
};

/** By so much the clocks of nodes may differ; what lies further ahead than it could was written by a wrong one. */
export const CLOCK_SLACK_SECONDS = 60;

const RETRIES_TOLD_APART = 16; // by then each waits for the longest time

/** How far ahead the times on deliveries may lie (webhook/store/wrong-clocks.ts). */
export function furthestAhead(limits: WebhookLimits) {
  const waits = Array.from({ length: RETRIES_TOLD_APART }, (_, i) =>
    Math.ceil(Math.min(limits.retryBaseSeconds * 2 ** i, limits.retryMaxSeconds) * MOST_SPREAD),
  );
  return {
    afterAttempts: [0, ...waits].map((seconds) => seconds + CLOCK_SLACK_SECONDS),
    leaseSeconds: limits.leaseSeconds + CLOCK_SLACK_SECONDS,
    quietSeconds: limits.retryAfterMaxSeconds + CLOCK_SLACK_SECONDS,
  };
}
