/**
 * Notices that the clock was set. Every reading of the wall clock is held against the monotonic clock; while the two
 * disagree the old time goes on, and what answers by the time asks `isStepped` first. The new time counts when it is
 * confirmed, and the step is forgotten when it is taken back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CLOCK_LEEWAY_SECONDS, type Clock } from './clock.ts';

const STEP_MS = CLOCK_LEEWAY_SECONDS * 1000;
/** A time server that slews the clock stays below this (chrony: 8.3 %); what is quicker adds up to a step. */
const SLEW = 0.1;
/** Two readings of the monotonic clock as near as this have the wall clock's between them. */
const NEAR_MS = 100;
const LOOKS = 5;
const ASK_AGAIN_MS = 500;

export type ClockWatch = {
  /** What everything else is handed: it never leaps before the new time is confirmed. */
  readonly clock: Clock;
  isStepped(): boolean;
  /** By how many seconds the wall clock is ahead (or, below 0, behind) of the time that goes on; 0 = it was not set. */
  stepSeconds(): number;
  /** Asks for no evidence any more. */
  close(): void;
};

export type Evidence = {
  /** Whether `wall`, which the clock has told without another leap for `steadyMs`, is the right time. */
  bearsOut(wall: Clock, steadyMs: number): Promise<boolean>;
};

export type ClockNews = {
  /** Once for each step. */
  stepped(seconds: number): void;
  /** `takenBack`: it goes on as before; else the new time counts from now on. */
  settled(takenBack: boolean): void;
  /** The evidence could not be had; it is asked for again. */
  failed(error: unknown): void;
};

export function watchClock(wall: Clock, evidence: Evidence, news: ClockNews): ClockWatch {
  const watch = new Watch(wall, evidence, news);
  return {
    clock: {
      now: () => Math.floor(watch.nowMs() / 1000),
      nowMs: () => watch.nowMs(),
      monotonicMs: () => wall.monotonicMs(),
    },
    isStepped: () => watch.stepMs() !== 0,
    stepSeconds: () => Math.round(watch.stepMs() / 1000),
    close: () => watch.close(),
  };
}

class Watch {
  readonly #wall: Clock;
  readonly #evidence: Evidence;
  readonly #news: ClockNews;
  /** Wall clock less monotonic clock, as it was before any step. */
  #offsetMs: number;
  #readMs: number;
  /** The same since the step; undefined = there is none. `sinceMs`: by the monotonic clock. */
  #step: { offsetMs: number; sinceMs: number } | undefined;
  #asking = false;
  #closed = false;

  constructor(wall: Clock, evidence: Evidence, news: ClockNews) {
    [this.#wall, this.#evidence, this.#news] = [wall, evidence, news];
    const { wallMs, monotonicMs } = this.#read();
    [this.#offsetMs, this.#readMs] = [wallMs - monotonicMs, monotonicMs];
  }

  nowMs(): number {
    const { wallMs, monotonicMs } = this.#look();
    return this.#step ? Math.floor(monotonicMs + this.#offsetMs) : wallMs;
  }

  stepMs(): number {
    this.#look();
    return this.#step ? this.#step.offsetMs - this.#offsetMs : 0;
  }

  close(): void {
    this.#closed = true;
  }

  /** A process that is stopped between two readings would see a step where there is none. */
  #read(): { wallMs: number; monotonicMs: number } {
    for (let look = 1; ; look += 1) {
      const monotonicMs = this.#wall.monotonicMs();
      const wallMs = this.#wall.nowMs();
      if (look === LOOKS || this.#wall.monotonicMs() - monotonicMs < NEAR_MS) return { wallMs, monotonicMs };
    }
  }

  #look(): { wallMs: number; monotonicMs: number } {
    const read = this.#read();
    const offsetMs = read.wallMs - read.monotonicMs;
    const apartMs = offsetMs - this.#offsetMs;
    if (Math.abs(apartMs) > STEP_MS) this.#leapt(offsetMs, read.monotonicMs);
    else this.#follow(apartMs, read.monotonicMs);
    this.#readMs = read.monotonicMs;
    return read;
  }

  #follow(apartMs: number, monotonicMs: number): void {
    const mostMs = SLEW * (monotonicMs - this.#readMs);
    this.#offsetMs += Math.max(-mostMs, Math.min(mostMs, apartMs));
    if (this.#step) this.#settle(true);
  }

  #leapt(offsetMs: number, sinceMs: number): void {
    const before = this.#step;
    if (before && Math.abs(offsetMs - before.offsetMs) <= STEP_MS) return;
    this.#step = { offsetMs, sinceMs };
    this.#news.stepped(Math.round((offsetMs - this.#offsetMs) / 1000));
    if (!this.#asking) void this.#ask();
  }

  #settle(takenBack: boolean): void {
    if (this.#step && !takenBack) this.#offsetMs = this.#step.offsetMs;
    this.#step = undefined;
    this.#news.settled(takenBack);
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#step && !this.#closed) {
      const step = this.#step;
      const isRight = await this.#isBorneOut(this.#wall.monotonicMs() - step.sinceMs);
      this.#look(); // it may have been set again, or back, meanwhile
      if (isRight && this.#step === step) this.#settle(false);
      else await sleep(ASK_AGAIN_MS, undefined, { ref: false });
    }
    this.#asking = false;
  }

  async #isBorneOut(steadyMs: number): Promise<boolean> {
    try {
      return await this.#evidence.bearsOut(this.#wall, steadyMs);
    } catch (error) {
      if (!this.#closed) this.#news.failed(error);
      return false;
    }
  }
}
