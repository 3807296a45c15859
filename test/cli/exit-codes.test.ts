/** How a command ends reaches the shell that started it: the other tests of commands run them in their own process. */
import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

const dataDir = scratchFolder('tegata-exit-');
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test.each([
  [0, 'stdout', 'what was asked for', ['client', 'list']],
  [1, 'stderr', 'a refusal', ['client', 'show', 'a'.repeat(32)]],
  [2, 'stderr', 'wrong usage', ['clients']],
] as const)('%d, and a line on %s, at %s', async (code, written, _what, args) => {
  const env = { TEGATA_DATA_DIR: dataDir, TEGATA_ADMIN_PASSWORD: 'correct-horse-1' };
  const finished = await runProgram(args, env);
  expect(finished.code).toBe(code);
  expect(finished[written]).toMatch(/^.+\n/);
  expect(finished[written === 'stdout' ? 'stderr' : 'stdout']).toBe('');
});

test.each([
  ['help that another word follows', ['--help', 'key']],
  ['help on no command', ['help', 'nosuch', 'key']],
])('all commands are listed: %s', async (_what, args) => {
  const { stdout, stderr } = await runProgram(args, { TEGATA_DATA_DIR: dataDir });
  const listed = [...`${stdout}${stderr}`.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  expect(listed).toEqual(expect.arrayContaining(['serve', 'client', 'key', 'uninstall']));
});

test('what was meant is told, whatever other command’s name follows', async () => {
  const { stderr } = await runProgram(['toke', 'client'], { TEGATA_DATA_DIR: dataDir });
  expect(stderr).toMatch(/unknown command 'toke'\n\(Did you mean token\?\)/);
});
