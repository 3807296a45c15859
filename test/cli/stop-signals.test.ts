/** Signals that end the server: SIGTERM and SIGHUP let a load balancer send requests elsewhere first. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../support/program.ts';

const LIMIT_MS = 60_000;

test.each(['SIGTERM', 'SIGHUP'] as const)('%s drains', { timeout: LIMIT_MS }, async (signal) => {
  const program = await startProgram({ env: { TEGATA_DRAIN: '300' } });
  onTestFinished(() => void program.stop());
  process.kill(program.pid, signal);
  const ready = async () => (await fetch(`${program.url}/ready`)).status;
  while ((await ready()) === 200) await sleep(50);
  const page = await fetch(`${program.url}/admin/login`);
  expect([page.status, page.headers.get('connection')]).toEqual([200, 'close']);
  // The second signal ends the wait.
  expect(await program.stop()).toBe(0);
  expect(program.output()).toContain('still serving');
});
