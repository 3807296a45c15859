/**
 * What a client may spend: cost points in a leaky bucket that holds a minute's worth and empties evenly. Kept in each
 * process, as all limits on floods are: with n processes at most n times as much gets through.
 */
import { LRUCache } from 'lru-cache';

export const QUOTA_SECONDS = 60;
const REMEMBERED_CLIENTS = 20_000; // a bucket that is forgotten was full again a minute later anyway

/** In the names that clients of Shopify's Admin API know. Points, and points a second. */
export type ThrottleStatus = {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
};

/** The bucket of one client. */
export class Quota {
  readonly #nowMs: () => number;
  #perMinute: number;
  #used = 0;
  #atMs: number;

  constructor(perMinute: number, nowMs: () => number) {
    this.#perMinute = perMinute;
    this.#nowMs = nowMs;
    this.#atMs = nowMs();
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** A change counts from now on; what was spent stays spent. */
  set perMinute(points: number) {
    this.#leak();
    this.#perMinute = points;
  }

  /** Takes the points, or nothing when there are too few. */
  take(points: number): boolean {
    this.#leak();
    if (this.#used + points > this.#perMinute) return false;
    this.#used += points;
    return true;
  }

  /** Takes what was spent beyond what had been taken, or gives back (negative). May leave a debt. */
  charge(points: number): void {
    this.#leak();
    this.#used = Math.max(0, this.#used + points);
  }

  /** Whole seconds until so many points are there; at least 1. */
  waitSeconds(points: number): number {
    this.#leak();
    const lacking = this.#used + Math.min(points, this.#perMinute) - this.#perMinute;
    return Math.max(1, Math.ceil((lacking * QUOTA_SECONDS) / this.#perMinute));
  }

  /** Whole seconds until nothing is used any more. */
  resetSeconds(): number {
    this.#leak();
    return Math.ceil((this.#used * QUOTA_SECONDS) / this.#perMinute);
  }

  get available(): number {
    this.#leak();
    return Math.max(0, Math.floor(this.#perMinute - this.#used));
  }

  status(): ThrottleStatus {
    return {
      maximumAvailable: this.#perMinute,
      currentlyAvailable: this.available,
      restoreRate: Math.round((this.#perMinute / QUOTA_SECONDS) * 100) / 100,
    };
  }

  #leak(): void {
    const nowMs = this.#nowMs();
    const leaked = ((nowMs - this.#atMs) * this.#perMinute) / (QUOTA_SECONDS * 1000);
    this.#used = Math.max(0, this.#used - Math.max(0, leaked));
    this.#atMs = nowMs;
  }
}

/** The buckets of all clients. */
export class Quotas {
  readonly #usual: number;
  readonly #nowMs: () => number;
  readonly #byClient = new LRUCache<string, Quota>({ max: REMEMBERED_CLIENTS });

  constructor(usual: number, nowMs: () => number) {
    this.#usual = usual;
    this.#nowMs = nowMs;
  }

  /** `own`: what the client has for itself, points a minute. */
  of(clientId: string, own: number | null | undefined): Quota {
    const perMinute = own ?? this.#usual;
    let quota = this.#byClient.get(clientId);
    if (!quota) {
      quota = new Quota(perMinute, this.#nowMs);
      this.#byClient.set(clientId, quota);
    }
    if (quota.perMinute !== perMinute) quota.perMinute = perMinute;
    return quota;
  }
}
