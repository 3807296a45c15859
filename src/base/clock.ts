/**
 * The only place that asks the time. Everything else is handed a `Clock`, so that a test can hold it still.
 * Times are whole seconds since the epoch (`…At`), durations are seconds (`…Seconds`) unless the name says `Ms`.
 */
export type Clock = {
  /** Whole seconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since the Unix epoch; only for ordering. */
  nowMs(): number;
  /** Whole milliseconds since some moment; never set back or forth, so the age of what is remembered is told by it. */
  monotonicMs(): number;
};

/**
 * How far ahead another machine's clock may be: times in signed tokens and assertions that lie farther in the future are
 * refused (RFC 7519 §4.1.5). FAPI 2.0 §5.3.2.1 asks to accept 10 seconds and to refuse more than 60.
 */
export const CLOCK_LEEWAY_SECONDS = 10;

export const systemClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  nowMs: () => Date.now(),
  monotonicMs: () => Math.floor(performance.now()),
};

/** A clock that stands still until it is told to go on. `step`: someone sets the clock, while no time goes by. */
export function fixedClock(
  startAt: number,
): Clock & { advance(seconds: number): void; step(seconds: number): void } {
  let at = startAt;
  let gone = 1; // like a process that runs already: 0 is "never" to lru-cache
  return {
    now: () => at,
    nowMs: () => at * 1000,
    monotonicMs: () => gone * 1000,
    advance: (seconds) => {
      at += seconds;
      gone += seconds;
    },
    step: (seconds) => {
      at += seconds;
    },
  };
}
