/** A first start that cannot listen has made the demo shop all the same: its password is told then, since it is told once. */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

test('a first start on a port in use tells the password that it made', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const folder = scratchFolder('tegata-failed-');
  onTestFinished(() => {
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const env = { PORT: String(port), TEGATA_DATA_DIR: folder };
  const first = await runProgram(['serve'], env);
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('in use by another program');
  expect(first.stdout).toMatch(/Login ID: admin\n {2}Password: \S{8,} /);
  expect((await runProgram(['serve'], env)).stdout).not.toContain('Password');
});
