/** Where Node keeps compiled code of the program, which the next start runs: in no folder that others may write to. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scratchFolder } from '../support/scratch.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = scratchFolder('tegata-cache-');
const cache = join(folder, 'dist/.cache');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function install(): void {
  const filter = (source: string) => !source.endsWith('.cache');
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true, filter });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

const run = () =>
  execFileSync('/bin/sh', ['-c', `umask 0; "$0" dist/main.js --version`, process.execPath], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });

test.skipIf(process.platform === 'win32')('is the owner’s alone under any umask, or not used', () => {
  install();
  expect(run()).toMatch(/^\d+\.\d+\.\d+/);
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  expect(readdirSync(cache)).toHaveLength(1);
  rmSync(cache, { recursive: true });
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  run();
  expect(readdirSync(cache)).toEqual([]);
});
