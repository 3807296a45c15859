/** `TEGATA_WORKERS` processes that share the port: started, kept alive, stopped together. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { whenOrphaned } from './orphan.ts';
import { STOP_SIGNALS } from './stop-signals.ts';

const RESTART_DELAY_MS = 1_000; // so that a worker that cannot start does not spin

/** Resolves when every worker listens; rejects when one of them cannot. `stopped` is called once, when the stop begins. */
export async function superviseWorkers(count: number, log: Logger, stopped: () => void): Promise<void> {
  let stopping = false;
  const workers = Array.from({ length: count }, () => cluster.fork());
  await Promise.all(workers.map(listening));
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    log.error({ pid: worker.process.pid, code, signal }, 'a worker ended; starting another');
    setTimeout(() => stopping || cluster.fork(), RESTART_DELAY_MS);
  });
  const stop = (signal: NodeJS.Signals) => {
    if (!stopping) stopped();
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop(signal));
  whenOrphaned(() => stop('SIGTERM'));
}

async function listening(worker: Worker): Promise<void> {
  const failed = once(worker, 'exit').then(([code]) => {
    throw new Error(`a worker could not start (exit code ${code}); its own line above says why`);
  });
  await Promise.race([once(worker, 'listening'), failed]);
}
