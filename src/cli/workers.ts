/** `TEGATA_WORKERS` processes that share the port: started, kept alive, stopped together. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { whenOrphaned } from './orphan.ts';
import { onStopSignal } from './stop-signals.ts';
import { sumWorkerMetrics } from './worker-metrics.ts';

const RESTART_DELAY_MS = 1_000; // so that a worker that cannot start does not spin

/**
 * True when every worker listens, false when a stop came before; rejects when one of them cannot. `stopped` is called once,
 * when the stop begins.
 */
export async function superviseWorkers(count: number, log: Logger, stopped: () => void): Promise<boolean> {
  let stopping = false;
  const serving = new Set<Worker>();
  const stop = (signal: string) => {
    if (!stopping) stopped();
    stopping = true;
    for (const worker of serving) worker.send(signal);
  };
  sumWorkerMetrics(serving);
  // From the beginning: the first worker may serve long before the last one does.
  onStopSignal(stop);
  whenOrphaned(() => stop('SIGTERM'));
  cluster.on('listening', (worker) => {
    serving.add(worker);
    if (stopping) worker.send('SIGTERM');
  });
  cluster.on('exit', (worker) => serving.delete(worker));
  const workers = Array.from({ length: count }, () => cluster.fork());
  try {
    await Promise.all(workers.map(listening));
  } catch (error) {
    if (!stopping) throw error;
  }
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    log.error({ pid: worker.process.pid, code, signal }, 'a worker ended; starting another');
    setTimeout(() => stopping || cluster.fork(), RESTART_DELAY_MS);
  });
  return !stopping;
}

async function listening(worker: Worker): Promise<void> {
  const failed = once(worker, 'exit').then(([code]) => {
    throw new Error(`a worker could not start (exit code ${code}); its own line above says why`);
  });
  await Promise.race([once(worker, 'listening'), failed]);
}
