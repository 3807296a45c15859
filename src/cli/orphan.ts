/** Started by npm, the server is the child of a shell that ends at SIGTERM without passing it on: its end is ours. */
import { startedByNpm } from '../app/config/config.ts';

const LOOK_EVERY_MS = 250;

/** Calls `then` once, when the process that started us is gone. */
export function whenOrphaned(then: () => void): void {
  if (!startedByNpm()) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
}
