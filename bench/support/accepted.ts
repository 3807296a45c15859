/**
 * The ratios of CPU that were last accepted (bench/accepted.json). A run that falls behind one ends with exit code 1; who makes
 * something faster, or has a reason for slower, writes the new ratio there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from './compare.ts';

const TOLERANCE = 1.15; // between two runs of the same program on a busy machine

type Accepted = Readonly<Record<string, number>>;

/** A line for each comparison that is worse than accepted by more than the noise. */
function fallenBehind(comparisons: readonly Comparison[], accepted: Accepted): string[] {
  return comparisons.flatMap(({ name, floor, tegata }) => {
    const ratio = tegata.cpuMsPerThousand / floor.cpuMsPerThousand;
    const limit = accepted[name];
    if (limit === undefined || ratio <= limit * TOLERANCE) return [];
    return [`${name}: ${ratio.toFixed(2)} × the floor's CPU; accepted is ${limit.toFixed(2)} ×`];
  });
}

export function judgeByAccepted(comparisons: readonly Comparison[]): void {
  const file = join(import.meta.dirname, '../accepted.json');
  const behind = fallenBehind(comparisons, JSON.parse(readFileSync(file, 'utf8')) as Accepted);
  for (const line of behind) console.error(line);
  if (behind.length > 0) process.exitCode = 1;
}
