/** Where a command's output goes: a reader that stops before the end (`tegata … | head`), a disk that is full. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

test('a reader that has left: the program ends without a word', async () => {
  const child = spawn(process.execPath, [MAIN, 'client', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([code, said]).toEqual([0, '']);
});

test('a full disk: one line that says so, and a failure', async () => {
  const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const;
  const child = spawn(process.execPath, [MAIN, 'client', '--help'], { stdio: [...stdio] });
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  expect([code, said]).toEqual([1, 'tegata: the disk is full\n']);
});
