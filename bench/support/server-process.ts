/** A server as a process of its own, and how long it took until it answered. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port.ts';
import { cpuMs } from './measure.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 5;

/** What follows `node` on the command line, and the environment beside `PATH`. */
export type Command = { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> };

export type ServerProcess = {
  readonly pid: number;
  readonly url: string;
  /** Milliseconds from the start of the process to its first 200 on `/ready`, and what of the CPU it took till then. */
  readonly startMs: number;
  readonly startCpuMs: number;
  stop(): Promise<void>;
};

export async function startServer(command: (port: number) => Command): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { args, env } = command(port);
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(url, child);
  const startMs = performance.now() - begun;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  return { pid: child.pid!, url, startMs, startCpuMs: cpuMs(child.pid!), stop };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(POLL_MS);
  }
  child.kill();
  throw new Error(`no answer of ${child.spawnargs.join(' ')}`);
}
