/**
 * Who has the one connection. While another process writes (EC-CUBE, or another store of this process) no write of ours
 * begins. SQLite would wait for it within the call, and this whole process with it; so it is tried again and again instead,
 * and in between the turn is others': they read.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../base/clock.ts';
import { outageOf } from '../../outage.ts';

const PATIENCE_MS = 4_000; // who waits for a token does for 5 s, and is to hear why it has not come
const LONGEST_PAUSE_MS = 5; // between two attempts; who writes all the time leaves a gap that is soon over

/** Those of this process that pause; more than one only where it has more than one store. */
const PAUSED = new Set<SqliteTurns>();

/** Undefined: it is done already. */
export type LockWait = Promise<void> | undefined;

export class SqliteTurns {
  readonly #file: string;
  #held = false;
  readonly #waiting: (() => void)[] = [];
  /** From an attempt that was in vain until the next. */
  #pause: LockWait;

  constructor(file: string) {
    this.#file = file;
  }

  get #isPaused(): boolean {
    return this.#pause !== undefined;
  }

  /** Another store of this process waits for ours: between two of our writes there may be no turn of the event loop for it. */
  get #isWaitedFor(): boolean {
    return PAUSED.values().some((one) => one !== this && one.#file === this.#file);
  }

  /** For who does not wait; false: another has it. */
  takeFree(): boolean {
    if (this.#held) return false;
    this.#held = true;
    return true;
  }

  async take(): Promise<void> {
    if (!this.takeFree()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** After all who had come before, those who wait for another process among them. */
  async takeLast(): Promise<void> {
    await this.take();
    while (this.#pause) {
      this.passOn();
      await this.#pause;
      await this.take();
    }
  }

  passOn(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }

  /** For who has the turn: does what begins a write as soon as no other process writes. */
  whenFree(begin: () => void): LockWait {
    if (this.#isWaitedFor) return this.#again(begin);
    try {
      begin();
      return undefined;
    } catch (error) {
      if (outageOf(error) !== 'busy') throw error;
      return this.#again(begin);
    }
  }

  /** Of those who wait one tries for all. Whether it works or fails, whoever waited has the turn again. */
  async #again(begin: () => void): Promise<void> {
    const deadlineMs = systemClock.monotonicMs() + PATIENCE_MS;
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      this.passOn();
      this.#pause ??= this.#sleep(pauseMs);
      await this.#pause;
      await this.take();
      const isLast = systemClock.monotonicMs() >= deadlineMs;
      if (this.#isPaused && !isLast) continue; // another has tried in vain
      try {
        return begin();
      } catch (error) {
        if (outageOf(error) !== 'busy' || isLast) throw error;
      }
    }
  }
  async #sleep(ms: number): Promise<void> {
    PAUSED.add(this);
    await sleep(ms);
    PAUSED.delete(this);
    this.#pause = undefined;
  }
}
