/**
 * Two servers under the same load, turn and turn about so that a busy moment of the machine meets both; the median of each
 * and their ratios as a Markdown table, ready for docs/performance.md. The first rounds are not counted: in them a server is
 * still being compiled.
 */
import { givenNumber } from './given.ts';
import type { Measurement } from './measure.ts';

export const WARM_UP_ROUNDS = 2;
/** `--rounds 3`, for a look while something is being changed. */
export const ROUNDS = givenNumber('rounds', 5);

export type Comparison = { readonly name: string; readonly floor: Measurement; readonly tegata: Measurement };

export async function compare(
  name: string,
  measureFloor: () => Promise<Measurement>,
  measureTegata: () => Promise<Measurement>,
): Promise<Comparison> {
  const [floor, tegata]: [Measurement[], Measurement[]] = [[], []];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    floor.push(await measureFloor());
    tegata.push(await measureTegata());
  }
  const counted = (all: readonly Measurement[]) => middle(all.slice(WARM_UP_ROUNDS));
  return { name, floor: counted(floor), tegata: counted(tegata) };
}

/** The round with the median CPU time. */
function middle(all: readonly Measurement[]): Measurement {
  const sorted = all.toSorted((a, b) => a.cpuMsPerThousand - b.cpuMsPerThousand);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('nothing was measured');
  return found;
}

const HEAD = `| what | server | CPU ms / 1000 answers | answers / s | p50 ms | p99 ms |
| --- | --- | --- | --- | --- | --- |`;

export function asMarkdown(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap(({ name, floor, tegata }) => [
    row(name, 'floor', floor),
    row(name, 'Tegata', tegata),
    ratioRow(name, floor, tegata),
  ]);
  return [HEAD, ...rows].join('\n');
}

const row = (name: string, server: string, m: Measurement): string =>
  `| ${name} | ${server} | ${m.cpuMsPerThousand.toFixed(0)} | ${m.answersPerSecond.toFixed(0)} | ${m.p50Ms.toFixed(1)} | ${m.p99Ms.toFixed(1)} |`;

function ratioRow(name: string, floor: Measurement, tegata: Measurement): string {
  const ratio = (of: (m: Measurement) => number) => `${(of(tegata) / of(floor)).toFixed(2)} ×`;
  const cells = [ratio((m) => m.cpuMsPerThousand), ratio((m) => m.answersPerSecond)];
  return `| ${name} | ratio | ${cells.join(' | ')} | ${ratio((m) => m.p50Ms)} | ${ratio((m) => m.p99Ms)} |`;
}
