/** The indexes that the shop's tables have, and those of the advice that may be made where the shop is our own. */
import { type RawBuilder, sql } from 'kysely';
import type { IndexColumn } from '../../database/dialect/kit.ts';
import type { Store } from '../../database/open.ts';
import {
  type Advice,
  adviceSql,
  type Indexes,
  missingIndexes,
  missingLargeIndexes,
} from '../index-advice.ts';
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

/** From so many rows on, to read or sort a table for each page of a list is felt. */
const LARGE_ROWS = 50_000;

/** What this shop lacks, in view of how large its tables are. */
export async function advisedIndexes(
  target: Target,
  registry: Registry,
  largeRows = LARGE_ROWS,
): Promise<Advice[]> {
  const live = await readIndexes(target);
  const { indexesEndInKey } = target.kit;
  const ofLarge = missingLargeIndexes(registry, live, indexesEndInKey);
  const large = new Set<string>();
  for (const table of new Set(ofLarge.map((advice) => advice.table))) {
    if (await hasRows(target, table, largeRows)) large.add(table);
  }
  return [
    ...missingIndexes(registry, live, indexesEndInKey),
    ...ofLarge.filter(({ table }) => large.has(table)),
  ];
}

async function hasRows({ db }: Target, table: string, count: number): Promise<boolean> {
  const nth = sql`select id from ${sql.table(table)} order by id limit 1 offset ${sql.lit(count - 1)}`;
  return (await nth.execute(db)).rows.length > 0;
}

/** Makes what every shop is advised to have; for the embedded shop only. */
export async function createAdvisedIndexes(target: Target, registry: Registry): Promise<void> {
  await makeIndexes(target, missingIndexes(registry, await readIndexes(target), target.kit.indexesEndInKey));
}

export async function makeIndexes({ db, kit }: Target, advised: readonly Advice[]): Promise<void> {
  for (const advice of advised) await sql.raw(adviceSql(advice, kit)).execute(db);
}
