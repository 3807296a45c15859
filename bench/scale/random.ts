/** Numbers that look random and are the same for the same seed (mulberry32). */

export type Random = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** 0 ≤ n < below. */
  whole(below: number): number;
  /** Exponential, with this mean. */
  around(mean: number): number;
};

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (below) => Math.floor(next() * below),
    around: (mean) => -Math.log(1 - next()) * mean,
  };
}
