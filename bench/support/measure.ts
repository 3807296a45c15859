/** Measures a server under load from another process: CPU time by the kernel's account, answers per second, latencies. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadPlan, LoadReport } from './load.ts';
import { forgetPeak, peakMemory } from './memory.ts';

export type Measurement = {
  readonly answers: number;
  /** CPU milliseconds (user and system, all threads of the server) for 1000 answers. */
  readonly cpuMsPerThousand: number;
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The most resident memory of the server meanwhile. */
  readonly peakMib: number;
};

/** The process that puts servers under load, started once: while it is being compiled, a load is slow itself. */
let idleLoad: ChildProcess | undefined;

/** Runs `plan` against the server with this process id. */
export async function measure(serverPid: number, plan: LoadPlan): Promise<Measurement> {
  const load = idleLoad ?? fork(join(import.meta.dirname, 'load.ts'));
  idleLoad = undefined;
  load.ref();
  load.channel?.ref();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // it may end while nobody waits
  const fail = (code: number | null) => broken.reject(new Error(`the load ended with exit code ${code}`));
  load.once('exit', fail);
  const message = async () => (await Promise.race([once(load, 'message'), broken.promise]))[0];
  load.send(plan);
  await message();
  const before = cpuMs(serverPid);
  forgetPeak(serverPid);
  load.send('go');
  const report: LoadReport = await message();
  const measured = { ...summary(report, cpuMs(serverPid) - before), peakMib: peakMemory(serverPid) };
  load.off('exit', fail);
  load.channel?.unref();
  load.unref();
  idleLoad = load;
  return measured;
}

function summary({ elapsedMs, latenciesMs }: LoadReport, cpu: number): Omit<Measurement, 'peakMib'> {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return {
    answers: sorted.length,
    cpuMsPerThousand: (cpu / sorted.length) * 1000,
    answersPerSecond: (sorted.length / elapsedMs) * 1000,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
  };
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** proc(5): `utime` and `stime` are fields 14 and 15; the second field is in brackets and may hold spaces. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
}
