/** The indexes that the shop's tables have, and those of the advice that may be made where the shop is our own. */
import { type RawBuilder, sql } from 'kysely';
import type { IndexColumn } from '../../database/dialect/kit.ts';
import type { Store } from '../../database/open.ts';
import { adviceSql, type Indexes, missingIndexes } from '../index-advice.ts';
import type { Registry } from '../registry.ts';

type Target = Pick<Store, 'db' | 'kit'>;

export async function readIndexes({ db, kit }: Target): Promise<Indexes> {
  const { rows } = await (kit.indexColumns as RawBuilder<IndexColumn>).execute(db);
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return new Map(
    [...byTable].map(([table, columns]) => {
      const ordered = columns.toSorted((a, b) => Number(a.place) - Number(b.place));
      const indexes = Map.groupBy(ordered, ({ index }) => index);
      return [table, [...indexes.values()].map((own) => own.map(({ column }) => column))];
    }),
  );
}

/** Makes what is advised; for the embedded shop only. */
export async function createAdvisedIndexes(target: Target, registry: Registry): Promise<void> {
  const missing = missingIndexes(registry, await readIndexes(target), target.kit.indexesEndInKey);
  for (const advice of missing) await sql.raw(adviceSql(advice)).execute(target.db);
}
