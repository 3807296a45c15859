/**
 * Deeds (database/hot/deed.ts) that are ready at about the same time, in one transaction: begun, written and committed in one call,
 * without a promise for each statement or a savepoint for each deed. When one throws, all are taken back, and the others are
 * done again without it.
 */
import type { CompiledQuery } from 'kysely';
import type { SqliteDriver } from './driver.ts';
import type { SqliteLease } from './lease.ts';

const MOST_TOGETHER = 16;
const LONGEST_WAIT_MS = 1; // for others that are expected

type Waiting = {
  readonly begin: () => Generator<CompiledQuery, unknown, number>;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
  result: unknown;
};

export class SqliteDeeds {
  readonly #driver: SqliteDriver;
  #waiting: Waiting[] = [];
  #looking = false;
  #timer: NodeJS.Timeout | undefined;
  /** How many are about to come. */
  expected = 0;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** Resolves when the disk has it. */
  carryOut<T>(begin: () => Generator<CompiledQuery, T, number>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({ begin, resolve, reject, result: undefined });
    this.#lookLater();
    return promise;
  }

  /** One that was expected is there, or will not come. */
  cameUp(): void {
    this.expected -= 1;
    if (this.#waiting.length > 0) this.#lookLater();
  }

  /** Does what waits now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const together = this.#waiting;
    this.#waiting = [];
    return this.#carryOutAll(together);
  }

  #lookLater(): void {
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(() => {
      this.#looking = false;
      if (this.expected === 0 || this.#waiting.length >= MOST_TOGETHER) void this.flush();
      else this.#timer ??= setTimeout(() => void this.flush(), LONGEST_WAIT_MS);
    });
  }

  async #carryOutAll(together: Waiting[]): Promise<void> {
    let left: readonly Waiting[] = together;
    while (left.length > 0) left = await this.#attempt(left);
  }

  /** Those that are to be done again. */
  async #attempt(together: readonly Waiting[]): Promise<readonly Waiting[]> {
    let lease: SqliteLease | undefined;
    try {
      lease = this.#driver.takeFree() ?? (await this.#driver.acquireConnection());
      const waiting = this.#driver.begin(lease);
      if (waiting) await waiting;
      const failed = writeAll(together, lease);
      if (failed) {
        await this.#driver.rollbackTransaction(lease);
        return together.filter((one) => one !== failed);
      }
      await this.#driver.commitAtOnce(lease);
      for (const one of together) one.resolve(one.result as never);
    } catch (error) {
      for (const one of together) one.reject(error);
    } finally {
      if (lease) this.#driver.release(lease);
    }
    return [];
  }
}

/** The one that has thrown, and heard of it. */
function writeAll(together: readonly Waiting[], lease: SqliteLease): Waiting | undefined {
  for (const one of together) {
    try {
      one.result = resultOf(one.begin(), lease);
    } catch (error) {
      one.reject(error);
      return one;
    }
  }
  return undefined;
}

function resultOf(writes: Generator<CompiledQuery, unknown, number>, lease: SqliteLease): unknown {
  let step = writes.next();
  while (!step.done) step = writes.next(lease.change(step.value));
  return step.value;
}
