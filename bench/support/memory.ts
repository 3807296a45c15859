/** The resident memory of a process by the kernel's account (proc(5)). */
import { readFileSync, writeFileSync } from 'node:fs';

const RESET_PEAK = '5';

const mibOf = (pid: number, name: string): number => {
  const [, kib] =
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
};

/** MiB since the start, or since the peak was forgotten. */
export const peakMemory = (pid: number): number => mibOf(pid, 'VmHWM');

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, RESET_PEAK);
}
