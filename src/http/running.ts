/**
 * How many requests to /api are worked on at once, of one client and of all, in this process. Who comes when all places are
 * taken waits a little while in turn, and is then asked to come back (RFC 9110 §10.2.3). A place is given back when the
 * answer has left and the work has ended, so that neither a slow reader nor one who goes early gets more of them.
 */
import { ApiError } from './api-refusal.ts';

export type RunningLimits = {
  readonly perClient: number;
  readonly all: number;
  /** Requests that may wait for a place; more are turned away at once. */
  readonly waiting: number;
  /** Bytes of the bodies of those that wait. */
  readonly waitingBytes: number;
  readonly waitMs: number;
};

export type Leave = () => void;

type Waiting = {
  readonly clientId: string;
  readonly bytes: number;
  readonly enter: (leave: Leave) => void;
};

const RETRY_SECONDS = 1;

export class Running {
  readonly #limits: RunningLimits;
  readonly #byClient = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #all = 0;
  #waitingBytes = 0;

  constructor(limits: RunningLimits) {
    this.#limits = limits;
  }

  /** @throws ApiError when no place becomes free in time: 429 when the client has too many itself, else 503. */
  enter(clientId: string, bytes = 0): Leave | Promise<Leave> {
    if (this.#isFree(clientId)) return this.#take(clientId);
    const { waiting, waitingBytes } = this.#limits;
    if (this.#waiting.size >= waiting || this.#waitingBytes + bytes > waitingBytes)
      throw this.#refusal(clientId);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#forget(one);
        reject(this.#refusal(clientId));
      }, this.#limits.waitMs);
      const enter = (leave: Leave): void => {
        clearTimeout(timer);
        resolve(leave);
      };
      const one: Waiting = { clientId, bytes, enter };
      this.#waiting.add(one);
      this.#waitingBytes += bytes;
    });
  }

  #isFree(clientId: string): boolean {
    const { perClient, all } = this.#limits;
    return this.#all < all && (this.#byClient.get(clientId) ?? 0) < perClient;
  }

  #take(clientId: string): Leave {
    this.#all += 1;
    this.#byClient.set(clientId, (this.#byClient.get(clientId) ?? 0) + 1);
    let here = true;
    return () => {
      if (here) this.#leave(clientId);
      here = false;
    };
  }

  #leave(clientId: string): void {
    this.#all -= 1;
    const left = (this.#byClient.get(clientId) ?? 1) - 1;
    if (left === 0) this.#byClient.delete(clientId);
    else this.#byClient.set(clientId, left);
    for (const one of this.#waiting) {
      if (!this.#isFree(one.clientId)) continue;
      this.#forget(one);
      one.enter(this.#take(one.clientId));
      return;
    }
  }

  #forget(one: Waiting): void {
    if (this.#waiting.delete(one)) this.#waitingBytes -= one.bytes;
  }

  #refusal(clientId: string): ApiError {
    const own = (this.#byClient.get(clientId) ?? 0) >= this.#limits.perClient;
    const [status, text] = own
      ? ([429, 'Too many requests of this client are being worked on; wait for some of them.'] as const)
      : ([503, 'Too many requests are being worked on; try again in a little while.'] as const);
    return new ApiError(status, text, 'throttled', { 'retry-after': String(RETRY_SECONDS) }, 'BUSY');
  }
}
