/**
 * A session goes on taking no writes when the setting that it began with (`default_transaction_read_only`, `tx_read_only`) has
 * long been taken back. So one that has refused a write is given up for a new one, but not each at once: on a standby a new one
 * is no better.
 */
import { systemClock } from '../../base/clock.ts';

const RENEW_AFTER_MS = 1_000;

export class StaleSession {
  readonly #openedMs = systemClock.monotonicMs();
  #refused = false;

  /** It has refused to write for the sake of its own settings. */
  refused(): void {
    this.#refused = true;
  }

  /** Whether to give it up; asked when nobody uses it. */
  isOver(): boolean {
    const isOver = this.#refused && systemClock.monotonicMs() - this.#openedMs >= RENEW_AFTER_MS;
    this.#refused = false;
    return isOver;
  }
}
