/**
 * A bound on how long an answer waits for a database that has gone silent. The statement itself is cut later
 * (database/dialect/limits.ts): by then a client has long hung up, and does not know whether it may come again.
 */
import { LateError } from './unavailable.ts';

/**
 * What `work` resolves to, or a `LateError` after `ms`. The work is told by its signal, and goes on until it looks at it.
 */
export async function withPatience<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new LateError(ms);
    end.abort(error);
    late.reject(error);
  }, ms);
  try {
    return await Promise.race([work(end.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
