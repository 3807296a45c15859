/** For what may happen between a look and the transaction that rests on it. */
import { vi } from 'vitest';
import type { Db } from '../../src/database/open.ts';

/** `deed` comes before the next transaction that `file` of src/ begins; `done` throws when there was none. */
export function beforeTransactionOf(db: Db, file: string, deed: () => Promise<unknown>): { done(): void } {
  const begin = db.transaction.bind(db);
  let isDone = false;
  const spy = vi.spyOn(db, 'transaction').mockImplementation(() => {
    const builder = begin();
    if (!new Error('where').stack?.includes(`/${file}:`)) return builder;
    spy.mockRestore();
    isDone = true;
    const execute = builder.execute.bind(builder);
    builder.execute = async (work) => {
      await deed();
      return execute(work);
    };
    return builder;
  });
  return {
    done: () => {
      spy.mockRestore();
      if (!isDone) throw new Error(`${file} has begun no transaction`);
    },
  };
}
