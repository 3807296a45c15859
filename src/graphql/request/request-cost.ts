/** What one request costs, in points: asked of the client's quota before the database is, settled when all is known. */
import type { Quota, ThrottleStatus } from './quota.ts';

const LEAST = 1; // of any request
const OF_A_MUTATION = 10; // beside what its result shows

/** As `extensions.cost` of a response. */
export type CostExtension = {
  /** What the request was estimated at before its rows were read. */
  readonly requestedQueryCost: number;
  /** What it came to. */
  readonly actualQueryCost: number;
  /** Absent where no quota is kept. */
  readonly throttleStatus?: ThrottleStatus;
};

export class RequestCost {
  readonly #quota: Quota | undefined;
  #requested = 0;
  #actual = 0;
  #taken: number;
  #lacking: number | undefined;
  #isSettled = false;

  /** The quota has given the least already, when the request came in. */
  constructor(quota: Quota | undefined) {
    this.#quota = quota;
    this.#taken = quota ? LEAST : 0;
  }

  /** So many objects are estimated to come. False when the quota has not got them; `owed`: it must give them. */
  reserve(points: number, owed: boolean): boolean {
    this.#requested += points;
    const more = this.#requested - this.#taken;
    if (!this.#quota || more <= 0) return true;
    if (owed) this.#quota.charge(more);
    else if (!this.#quota.take(more)) {
      this.#lacking = more;
      return false;
    }
    this.#taken += more;
    return true;
  }

  /** Before a mutation is begun. Only the first may be refused: what is saved must be said. */
  reserveMutation(owed: boolean): boolean {
    const hasPoints = this.reserve(OF_A_MUTATION, owed);
    if (hasPoints) this.#actual += OF_A_MUTATION;
    return hasPoints;
  }

  /** Objects that came. */
  add(points: number): void {
    this.#actual += points;
  }

  /** Estimated so far. */
  get requested(): number {
    return this.#requested;
  }

  get actual(): number {
    return Math.max(LEAST, this.#actual);
  }

  /** Whether no waiting would make the quota give what was asked. */
  get isBeyondQuota(): boolean {
    return this.#quota !== undefined && this.#requested > this.#quota.perMinute;
  }

  /** Seconds to wait when the quota had too little; undefined when it had enough. */
  get waitSeconds(): number | undefined {
    return this.#lacking === undefined || this.isBeyondQuota
      ? undefined
      : this.#quota?.waitSeconds(this.#requested);
  }

  /** Takes the estimate back and charges what it came to; only once. */
  settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#quota?.charge(this.actual - this.#taken);
  }

  told(): CostExtension {
    const cost = { requestedQueryCost: Math.max(LEAST, this.#requested), actualQueryCost: this.actual };
    return this.#quota ? { ...cost, throttleStatus: this.#quota.status() } : cost;
  }
}
