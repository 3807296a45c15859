/** What a server's process holds behind many pieces of work, with its flags, with and without giving memory back between them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { spareMemory } from '../../src/base/spare-memory.ts';

const FLAGS = [
  '--single-threaded-gc',
  '--max-semi-space-size=8',
  '--heap-growing-percent=40',
  '--no-incremental-marking',
  '--no-memory-pool',
  '--expose-gc',
];
const MODULE = join(import.meta.dirname, '../../src/base/spare-memory.ts');
const MIB = 1024 * 1024;

/** MiB more than at the beginning, at the most: each piece leaves behind all that it has made. */
const grownBy = (flags: readonly string[], between: string): number => {
  const script = `
    import { spareMemory } from ${JSON.stringify(MODULE)};
    const between = () => { ${between} };
    const before = process.memoryUsage.rss();
    let most = before;
    let rows = [];
    for (let piece = 0; piece < 60; piece += 1) {
      rows = Array.from({ length: 20_000 }, (_none, i) => ({ i, text: String(i + piece), more: [i] }));
      between();
      most = Math.max(most, process.memoryUsage.rss());
    }
    console.log(rows.length > 0 && most - before);`;
  const args = [...flags, '--input-type=module-typescript', '--eval', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' })) / MIB;
};

const SPARING = 'spareMemory({ monotonicMs: () => 0 })';

test('work in the background grows by what may gather and one piece, however long it is', () => {
  expect(grownBy(FLAGS, '')).toBeGreaterThan(64);
  expect(grownBy(FLAGS, SPARING)).toBeLessThan(64);
});

test('a command, in which the collector cannot be called, goes on as it is', () => {
  expect(grownBy([], SPARING)).toBeGreaterThan(0);
});

test('collecting all takes a tenth of the time at the most', () => {
  let [now, rss, times] = [0, 0, 0];
  vi.spyOn(process.memoryUsage, 'rss').mockImplementation(() => rss);
  vi.stubGlobal('gc', ({ type }: { type: string }) => {
    if (type !== 'major') return;
    times += 1;
    now += 100;
  });
  onTestFinished(() => void vi.restoreAllMocks().unstubAllGlobals());
  for (let piece = 0; piece < 1_000; piece += 1) {
    rss += 40 * MIB;
    now += 10;
    spareMemory({ monotonicMs: () => now });
  }
  expect(times).toBeGreaterThan(5);
  expect((times * 100) / now).toBeLessThan(0.1);
});
