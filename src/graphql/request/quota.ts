/**
 * What a client may spend: cost points in a leaky bucket that holds a minute's worth and empties evenly. Kept in each
 * process, as all limits on floods are: with n processes at most n times as much gets through, unless they share what
 * they have spent.
 */
import { LRUCache } from 'lru-cache';
import { type SharedCounter, SharedCounts, type SharedTotal } from '../../base/shared-count.ts';

export const QUOTA_SECONDS = 60;
const PLACE = 'cost ';
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
  readonly #tell: (points: number) => void;
  #perMinute: number;
  #used = 0;
  /** What would have leaked if there had been something: others' points that came in meanwhile. */
  #spared = 0;
  #atMs: number;

  /** `tell`: told of what is spent here, so that other processes hear of it. */
  constructor(perMinute: number, nowMs: () => number, tell: (points: number) => void = () => {}) {
    this.#tell = tell;
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
    this.#tell(points);
    return true;
  }

  /** Takes what was spent beyond what had been taken, or gives back (negative). May leave a debt. */
  charge(points: number): void {
    this.#leak();
    this.#used = Math.max(0, this.#used + points);
    this.#tell(points);
  }

  /** Takes what the client has spent at other processes since this was last called, `unseenMs` before there was a bucket here. */
  chargeOthers(points: number, unseenMs = 0): void {
    this.#leak();
    const leaked = this.#spared + this.#leakOf(unseenMs);
    this.#spared = 0;
    this.#used = Math.max(0, this.#used + (points > 0 ? Math.max(0, points - leaked) : points));
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
    const leaked = this.#leakOf(Math.max(0, nowMs - this.#atMs));
    this.#spared += Math.max(0, leaked - this.#used);
    this.#used = Math.max(0, this.#used - leaked);
    this.#atMs = nowMs;
  }

  #leakOf(ms: number): number {
    return (ms * this.#perMinute) / (QUOTA_SECONDS * 1000);
  }
}

/** The buckets of all clients. */
export class Quotas {
  readonly #usual: number;
  readonly #nowMs: () => number;
  readonly #byClient = new LRUCache<string, Quota>({ max: REMEMBERED_CLIENTS });

  readonly #tell: (clientId: string, points: number) => void;

  constructor(usual: number, nowMs: () => number, shared?: SharedCounter) {
    this.#usual = usual;
    this.#nowMs = nowMs;
    this.#tell = shared ? this.#share(shared) : () => {};
  }

  /** What a count has grown by, beyond this process's own part, others have spent. */
  #share(shared: SharedCounter): (clientId: string, points: number) => void {
    const known = new LRUCache<string, SharedTotal>({ max: REMEMBERED_CLIENTS });
    const counts = new SharedCounts(shared, QUOTA_SECONDS, (place, { total, msLeft }, { told }) => {
      const clientId = place.slice(PLACE.length);
      const before = known.get(clientId);
      known.set(clientId, { total, msLeft });
      // Of a window that began meanwhile all is new.
      const grown = before === undefined || msLeft > before.msLeft ? total : total - before.total;
      // What others spent before this process knew of the client has leaked since, as in its own bucket.
      const unseenMs = before === undefined ? QUOTA_SECONDS * 1000 - msLeft : 0;
      this.#byClient.get(clientId)?.chargeOthers(grown - told, unseenMs);
    });
    return (clientId, points) => {
      if (points !== 0) counts.count(`${PLACE}${clientId}`, points);
    };
  }

  /** `own`: what the client has for itself, points a minute. */
  of(clientId: string, own: number | null | undefined): Quota {
    const perMinute = own ?? this.#usual;
    let quota = this.#byClient.get(clientId);
    if (!quota) {
      quota = new Quota(perMinute, this.#nowMs, (points) => this.#tell(clientId, points));
      this.#byClient.set(clientId, quota);
    }
    if (quota.perMinute !== perMinute) quota.perMinute = perMinute;
    return quota;
  }
}
