import { expect, test } from 'vitest';
import { Freshness } from './freshness.ts';

test('a standby is as old as the oldest thing that it lacks', () => {
  const freshness = new Freshness();
  expect(freshness.lagMs(0)).toBeUndefined();
  freshness.wrote(1_000, 100n);
  freshness.replayed(99n);
  expect(freshness.lagMs(1_000)).toBeUndefined();
  freshness.replayed(100n);
  expect(freshness.lagMs(1_500)).toBe(500);
  freshness.wrote(2_000, 200n);
  freshness.wrote(3_000, 300n);
  freshness.replayed(250n);
  expect(freshness.lagMs(3_000)).toBe(1_000);
  freshness.replayed(300n);
  expect(freshness.lagMs(3_000)).toBe(0);
});

test('an idle shop makes no standby old, and a receiver that hangs makes it so', () => {
  const freshness = new Freshness();
  for (let at = 0; at < 100_000; at += 500) {
    freshness.wrote(at, 100n);
    freshness.replayed(100n);
  }
  expect(freshness.lagMs(99_500)).toBe(0);
  for (let at = 100_000; at <= 160_000; at += 500) {
    freshness.wrote(at, 101n + BigInt(at));
    freshness.replayed(100n);
  }
  expect(freshness.lagMs(160_000)).toBe(60_500);
});

test('one that is behind for hours takes no memory, and is as new as it was when it has come after', () => {
  const freshness = new Freshness();
  freshness.wrote(0, 1n);
  freshness.replayed(1n);
  for (let at = 500; at <= 3_600_000; at += 500) freshness.wrote(at, BigInt(at));
  freshness.replayed(1_800_000n);
  const lagMs = freshness.lagMs(3_600_000) ?? 0;
  expect(lagMs).toBeGreaterThanOrEqual(1_800_000);
  expect(lagMs).toBeLessThan(3_600_000);
  freshness.replayed(3_600_000n);
  expect(freshness.lagMs(3_600_000)).toBeLessThan(60_000);
});
