/**
 * The ratios that were last accepted (bench/accepted.json). A run that falls behind one ends with exit code 1; who makes something
 * faster, or has a reason for slower, writes the new ratio there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from './compare.ts';

const TOLERANCE = 1.15; // between two runs of the same program on a busy machine

export type Ratio = { readonly name: string; readonly ratio: number; readonly better: 'less' | 'more' };

/** Says which are worse than accepted by more than the noise. What nobody has accepted yet is not judged. */
export function judgeRatios(ratios: readonly Ratio[]): void {
  const file = join(import.meta.dirname, '../accepted.json');
  const accepted = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, number>>;
  for (const { name, ratio, better } of ratios) {
    const limit = accepted[name];
    if (limit === undefined || (better === 'less' ? ratio / limit : limit / ratio) <= TOLERANCE) continue;
    console.error(`${name}: ${ratio.toFixed(2)} ×; accepted is ${limit.toFixed(2)} ×`);
    process.exitCode = 1;
  }
}

/** By their CPU time. */
export function judgeByAccepted(comparisons: readonly Comparison[]): void {
  judgeRatios(
    comparisons.map(({ name, floor, tegata }) => ({
      name,
      ratio: tegata.cpuMsPerThousand / floor.cpuMsPerThousand,
      better: 'less',
    })),
  );
}
