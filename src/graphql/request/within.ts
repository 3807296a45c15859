/** A request that is a part of its caller's transaction: it reads and writes in that, and is taken back alone when it fails. */
import type { Db } from '../../database/open.ts';
import { outageOf } from '../../database/outage.ts';
import { inSavepoint } from '../../database/savepoint.ts';
import type { RowStore } from '../../shop/rows/rows.ts';
import type { Transact } from './dry-run.ts';
import type { ApiLimits } from './limits.ts';

/** A transaction of the caller's that the request is a part of: its mutation is taken back alone when it fails. */
export type Within = {
  readonly db: Db;
  readonly limits: Pick<ApiLimits, 'seconds' | 'resultBytes'>;
  /** Belongs to `plan.ts`. */
  readonly plans: Map<string, unknown>;
  /** What its mutation prepares, done before the transaction. */
  readonly prepared?: string | undefined;
  /** Told of an error that leaves nothing of the transaction: it has to be begun again. */
  onLost(error: unknown): void;
  /** Told of what is to follow the commit. */
  afterCommit(deed: () => Promise<void>): void;
};

/** Everything is read in the transaction, where what it has written is seen. */
export const joined = <D extends { readonly store: RowStore; readonly limits: ApiLimits }>(
  deps: D,
  { db, limits }: Within,
): D => ({
  ...deps,
  store: { db, kit: deps.store.kit },
  limits: { ...deps.limits, ...limits },
});

export const partOf =
  ({ db, onLost }: Within, { kit }: RowStore): Transact =>
  (work) =>
    inSavepoint(db, () => work(db), 'tegata_line').catch((error: unknown) => {
      if (kit.isDeadlock(error) || outageOf(error) !== undefined) onLost(error);
      throw error;
    });
