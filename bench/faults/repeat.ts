import type { End } from './faults.ts';

/** `work` again and again until the end; the end waits for the last round. */
export function repeat(work: () => Promise<void>): End {
  let ended = false;
  const rounds = (async () => {
    while (!ended) await work();
  })();
  return () => {
    ended = true;
    return rounds;
  };
}
