/**
 * A bound on how long an answer waits for a database that has gone silent. The statement itself is cut later
 * (database/dialect/limits.ts): by then a client has long hung up, and does not know whether it may try again.
 */
import type { TokenRequest } from '../oauth/token/authenticate-client.ts';
import { LateError } from './unavailable.ts';

type Patience = TokenRequest['patience'];

/** What `work` resolves to, or a `LateError` after `ms`, counted again from its commit on. The work itself goes on. */
export function withPatience<T>(ms: number, work: (patience: Patience) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let late: LateError | undefined;
  const timer = setTimeout(() => {
    late = new LateError(ms);
    reject(late);
  }, ms);
  const beforeCommit = (): void => {
    if (late) throw late;
    timer.refresh();
  };
  const before =
    <A>(settle: (outcome: A) => void) =>
    (outcome: A): void => {
      clearTimeout(timer);
      settle(outcome);
    };
  work({ beforeCommit }).then(before(resolve), before(reject));
  return promise;
}
