/** Signals that end the server: SIGTERM and SIGHUP let a load balancer send requests elsewhere first. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
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

/** The first process and those that share its port. */
const family = (pid: number): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number),
];

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  server.close();
  return free;
}

/** A request of which half is sent; `answer` sends the rest. */
async function halfSent(port: number): Promise<{ answer(): Promise<string> }> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const body = 'grant_type=refresh_token&client_id=x';
  const head = ['POST /token HTTP/1.1', 'Host: localhost', 'Content-Type: application/x-www-form-urlencoded'];
  socket.write([...head, `Content-Length: ${body.length}`, 'Expect: 100-continue', '', ''].join('\r\n'));
  await once(socket, 'data'); // 100: a worker has it
  return {
    answer: async () => {
      socket.write(body);
      return String((await once(socket, 'data'))[0]);
    },
  };
}

/** As a terminal and systemd send it: to every process of the group. */
const signalAll = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) process.kill(pid, signal);
};

test('SIGUSR1 opens no debugger and ends nothing', { timeout: LIMIT_MS }, async () => {
  const program = await startProgram({ env: { TEGATA_WORKERS: '2' } });
  onTestFinished(() => void program.stop());
  const pids = family(program.pid);
  signalAll(pids, 'SIGUSR1');
  expect((await fetch(`${program.url}/health`)).status).toBe(200);
  expect(await program.stop()).toBe(0);
  expect(program.output()).not.toMatch(/debugger|inspector|starting another/i);
});

test.each(['SIGHUP', 'SIGINT'] as const)(
  'two workers lose nothing at %s and free the port',
  { timeout: LIMIT_MS },
  async (signal) => {
    const program = await startProgram({ env: { TEGATA_DRAIN: '300', TEGATA_WORKERS: '2' } });
    onTestFinished(() => void program.stop());
    const pids = family(program.pid);
    expect(pids).toHaveLength(3);
    const port = Number(new URL(program.url).port);
    const halves = await Promise.all([1, 2, 3, 4].map(() => halfSent(port)));
    signalAll(pids, signal);
    if (signal === 'SIGHUP') {
      await expect
        .poll(async () => (await fetch(`${program.url}/ready`)).status, { timeout: 20_000 })
        .toBe(503);
      for (let i = 0; i < 4; i++) expect((await fetch(`${program.url}/admin/login`)).status).toBe(200);
    }
    for (const half of halves) expect(await half.answer()).toMatch(/^HTTP\/1\.1 401 /);
    expect(await program.stop()).toBe(0);
    expect([await isFree(port), program.output()]).toEqual([
      true,
      expect.not.stringContaining('starting another'),
    ]);
  },
);
