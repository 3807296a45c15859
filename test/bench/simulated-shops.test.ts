/** The simulation of many shops: the same seed says the same, and docs/scale.md says what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beside, growth } from '../../bench/scale/report.ts';
import { simulate } from '../../bench/scale/simulation.ts';

const CHEAP = [1, 10];
const PLAN = {
  shops: { small: 20, medium: 2, large: 1, huge: 0 },
  processes: 2,
  databaseServers: 1,
  routing: 'any',
  seconds: 40,
  warmSeconds: 10,
} as const;

test.each(['docs/scale.md', 'docs/ja/scale.md'])('%s has the rows that it gives today', (file) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  for (const row of [...growth(CHEAP), ...beside()]) expect(text).toContain(`| ${row.join(' | ')} |\n`);
});

test('a seed gives one outcome, and another seed another', () => {
  const [first, again, other] = [1, 1, 2].map((seed) => simulate({ ...PLAN, seed }));
  expect(again).toEqual(first);
  expect(other?.latencies.large).not.toEqual(first?.latencies.large);
});

test('nobody waits for less than a statement takes, and what is bound is refused', () => {
  const noisy = { ...PLAN, seed: 1, noisy: { size: 'large', times: 30 } } as const;
  const open = simulate(noisy);
  const bound = simulate({ ...noisy, runningPerShop: 1 });
  expect(open.refused).toBe(0);
  expect(bound.refused).toBeGreaterThan(0);
  expect(bound.answered).toBeLessThan(open.answered);
  expect(Math.min(...open.latencies.large, ...open.noisyLatencies)).toBeGreaterThan(0.4);
});
