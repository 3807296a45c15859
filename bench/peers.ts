/**
 * `npm run bench -- peers [--rounds 5] [--posts 150] [--place DIR] [--json FILE]`: Tegata, three servers of npm and the naive floor with and
 * without storage, turn and turn about under the same load. Prints the table of docs/performance.md, and fails when Tegata falls
 * behind the best peer by more than was accepted (bench/accepted.json).
 */
import { writeFileSync } from 'node:fs';
import { judgeRatios, type Ratio } from './support/accepted.ts';
import { ROUNDS, WARM_UP_ROUNDS } from './support/compare.ts';
import { type Contender, startContenders } from './support/contenders.ts';
import { givenText } from './support/given.ts';
import type { LoadPlan } from './support/load.ts';
import { type Measurement, measure } from './support/measure.ts';
import { startServer } from './support/server-process.ts';
import { STORAGE_PLACE } from './support/storage-folder.ts';
import { type CodeSource, credentialsPlan, exchangePlan, refreshPlan } from './support/token-plans.ts';

const FLOWS: Readonly<Record<string, (source: CodeSource, base: string) => Promise<LoadPlan>>> = {
  'code exchange': exchangePlan,
  refresh: refreshPlan,
  'client credentials': credentialsPlan,
};

type Kind = Contender['kind'];
type Result = { readonly flow: string; readonly server: string; readonly kind: Kind } & Measurement;
type Start = { readonly server: string; readonly startMs: number; readonly startCpuMs: number };

export async function benchPeers(): Promise<void> {
  const contenders = await startContenders();
  try {
    const results: Result[] = [];
    for (const flow of Object.keys(FLOWS)) results.push(...(await measureFlow(flow, contenders)));
    await Promise.all(contenders.map(({ stop }) => stop()));
    const starts = await measureStarts(contenders);
    const ratios = ratiosOf(results);
    console.log(`Storage in ${STORAGE_PLACE}\n\n${resultTable(results)}\n\n${startTable(starts)}`);
    const file = givenText('json');
    if (file !== undefined) writeFileSync(file, JSON.stringify({ results, starts, ratios }, null, 2));
    judgeRatios(ratios);
  } finally {
    for (const { stop, remove } of contenders) await stop().then(remove);
  }
}

async function measureFlow(flow: string, contenders: readonly Contender[]): Promise<Result[]> {
  const counted = new Map<Contender, Measurement[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const [contender, measurements] of counted) {
      const { name, source, server } = contender;
      const measured = await measure(server.pid, await FLOWS[flow]!(source, server.url));
      console.error(JSON.stringify({ flow, round, name, ...measured }));
      if (round >= WARM_UP_ROUNDS) measurements.push(measured);
    }
  }
  return [...counted].map(([{ name, kind }, all]) => ({ flow, server: name, kind, ...medians(all) }));
}

/** How long each takes to answer, with all rows of the run in its database. */
async function measureStarts(contenders: readonly Contender[]): Promise<Start[]> {
  const seen = new Map<Contender, { startMs: number; startCpuMs: number }[]>(
    contenders.map((contender) => [contender, []]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const [{ command }, starts] of seen) {
      const { startMs, startCpuMs, stop } = await startServer(command);
      starts.push({ startMs, startCpuMs });
      await stop();
    }
  }
  return [...seen].map(([{ name }, starts]) => ({ server: name, ...medians(starts) }));
}

/** Each column's own median. */
function medians<T extends Readonly<Record<string, number>>>(all: readonly T[]): T {
  const columns = Object.keys(all[0] ?? {}).map((name) => {
    const sorted = all.map((one) => one[name] ?? 0).toSorted((a, b) => a - b);
    return [name, sorted[Math.floor(sorted.length / 2)] ?? 0];
  });
  return Object.fromEntries(columns) as T;
}

/** Tegata beside the best peer of each column. */
function ratiosOf(results: readonly Result[]): Ratio[] {
  return Object.keys(FLOWS).flatMap((flow) => {
    const of = (kind: Kind) => results.filter((one) => one.flow === flow && one.kind === kind);
    const [tegata] = of('tegata');
    if (!tegata) return [];
    const best = (column: (m: Measurement) => number, pick: (...all: number[]) => number) =>
      column(tegata) / pick(...of('peer').map(column));
    const name = (what: string) => `${flow}, ${what} beside the best peer`;
    return [
      { name: name('answers / s'), ratio: best((m) => m.answersPerSecond, Math.max), better: 'more' },
      { name: name('CPU'), ratio: best((m) => m.cpuMsPerThousand, Math.min), better: 'less' },
      { name: name('peak memory'), ratio: best((m) => m.peakMib, Math.min), better: 'less' },
    ];
  });
}

function resultTable(results: readonly Result[]): string {
  const head = ['what', 'server', 'answers / s', 'CPU ms / 1000', 'p50 ms', 'p99 ms', 'peak MiB'];
  const rows = results.map(({ flow, server, ...m }) => [
    flow,
    server,
    m.answersPerSecond.toFixed(0),
    m.cpuMsPerThousand.toFixed(0),
    m.p50Ms.toFixed(1),
    m.p99Ms.toFixed(1),
    m.peakMib.toFixed(0),
  ]);
  return table(head, rows);
}

const startTable = (starts: readonly Start[]): string =>
  table(
    ['server', 'start ms', 'start CPU ms'],
    starts.map(({ server, startMs, startCpuMs }) => [server, startMs.toFixed(0), startCpuMs.toFixed(0)]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
