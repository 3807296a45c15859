/**
 * A bound on how long an answer waits for a database that has gone silent. The statement itself is cut later
 * (database/dialect/limits.ts): by then a client has long hung up, and does not know whether it may try again.
 */
import { systemClock } from '../base/clock.ts';
import type { TokenRequest } from '../oauth/token/authenticate-client.ts';
import { LateError } from './unavailable.ts';

type Patience = TokenRequest['patience'];

/** How long a caller has been kept by what is over. */
const keptMs = new WeakMap<object, number>();

/**
 * What `work` resolves to, or a `LateError` when all that `caller` has waited for takes longer than `ms`. A commit is given
 * as long again, from its beginning on. The work itself goes on.
 */
export function withPatience<T>(
  caller: object,
  ms: number,
  work: (patience: Patience) => Promise<T>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const before = keptMs.get(caller) ?? 0;
  const begunMs = systemClock.monotonicMs();
  let late: LateError | undefined;
  const giveUp = (): void => {
    late = new LateError(ms);
    reject(late);
  };
  let timer = setTimeout(giveUp, ms - before);
  const beforeCommit = (): void => {
    if (late) throw late;
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms);
  };
  const ending =
    <A>(settle: (outcome: A) => void) =>
    (outcome: A): void => {
      clearTimeout(timer);
      keptMs.set(caller, before + systemClock.monotonicMs() - begunMs);
      settle(outcome);
    };
  work({ beforeCommit }).then(ending(resolve), ending(reject));
  return promise;
}
