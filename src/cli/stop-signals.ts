/** The signals that end the server, and who hears them where several processes share the port. */
import cluster from 'node:cluster';

/** A terminal that was closed (SIGHUP) is no reason to drop requests: all but Ctrl-C (SIGINT) end the server alike. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` for each signal. A worker hears of it from the first process alone: terminals and service managers signal
 * the whole group, and a signal that came twice would end the wait that the first one begins.
 */
export function onStopSignal(stop: (signal: string) => void): void {
  for (const signal of STOP_SIGNALS) process.on(signal, () => cluster.isWorker || stop(signal));
  if (!cluster.isWorker) return;
  process.on('message', (message) => {
    const signal = STOP_SIGNALS.find((one) => one === message);
    if (signal) stop(signal);
  });
}
