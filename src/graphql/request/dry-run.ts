/**
 * A mutation that is only tried: its transaction stays open until its result has been read in it, and is then rolled back.
 * The one who opens one closes it; until then other writers of the same rows wait.
 */
import type { Db } from '../../database/open.ts';

/** Runs `work` in a transaction, or in a part of one, which is taken back when it throws. */
export type Transact = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

export type DryRun = {
  /** The open transaction. */
  readonly db: Db;
  /** Readers that read in it; belongs to `plan.ts`. */
  readonly plans: Map<string, unknown>;
  /** Rolls back. */
  close(): Promise<void>;
};

class RolledBack extends Error {}

/** @throws what `work` throws */
export function openDryRun<T>(
  transact: Transact,
  work: (db: Db) => Promise<T>,
): Promise<{ readonly result: T; readonly dryRun: DryRun }> {
  return new Promise((resolve, reject) => {
    const over: Promise<void> = transact(async (db) => {
      const result = await work(db);
      await new Promise<void>((release) => {
        const close = (): Promise<void> => {
          release();
          return over;
        };
        resolve({ result, dryRun: { db, plans: new Map(), close } });
      });
      throw new RolledBack();
    }).catch((error: unknown) => {
      // Behind the result there is no one left to hear of it; what was not committed is gone.
      if (!(error instanceof RolledBack)) reject(error);
    });
  });
}
