/**
 * Log lines that may come without end, as while the database is away: of each window the first ones are written, with
 * their stacks; the rest are a number in one line at its end. Counted in each process.
 */
import type { Log } from './log.ts';

type Level = 'warn' | 'error';

export const LINES_WRITTEN = 20;
export const WINDOW_MS = 60_000;

export type SparingLog = {
  /** Writes by `log`, or counts. The number is written by `summary`, which bears the id of no request. */
  write<L extends Level>(
    level: L,
    log: Pick<Log, L>,
    detail: object,
    message: string,
    summary?: Pick<Log, L>,
  ): void;
};

export function sparingLog(): SparingLog {
  let written = 0;
  let leftOut = 0;
  const begin = <L extends Level>(level: L, summary: Pick<Log, L>, message: string): void => {
    const timer = setTimeout(() => {
      if (leftOut > 0) summary[level]({ repeated: leftOut, seconds: WINDOW_MS / 1000 }, message);
      [written, leftOut] = [0, 0];
    }, WINDOW_MS);
    timer.unref();
  };
  return {
    write: (level, log, detail, message, summary = log) => {
      if (written === 0) begin(level, summary, message);
      if (written === LINES_WRITTEN) {
        leftOut += 1;
        return;
      }
      written += 1;
      log[level](detail, message);
    },
  };
}
