/**
 * A bound on how long an answer waits for a database that has gone silent. The statement itself is cut later
 * (database/dialect/limits.ts): by then a client has long hung up, and does not know whether it may come again.
 */
import { LateError } from './unavailable.ts';

/** As much of an AbortSignal as is asked of it: a whole one takes as long to make as a statement. */
type Patience = Pick<AbortSignal, 'throwIfAborted'>;

/**
 * What `work` resolves to, or a `LateError` after `ms`. The work is told by its signal, and goes on until it looks at it.
 */
export function withPatience<T>(ms: number, work: (signal: Patience) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let late: LateError | undefined;
  const timer = setTimeout(() => {
    late = new LateError(ms);
    reject(late);
  }, ms);
  const throwIfAborted = (): void => {
    if (late) throw late;
  };
  const before =
    <A>(settle: (outcome: A) => void) =>
    (outcome: A): void => {
      clearTimeout(timer);
      settle(outcome);
    };
  work({ throwIfAborted }).then(before(resolve), before(reject));
  return promise;
}
