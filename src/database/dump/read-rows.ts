/** Reads a table from its first row to its last, a batch at a time, however large it is. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../open.ts';
import type { Tables } from '../tables.ts';
import type { NamedTable } from './kept-tables.ts';

/** Tegata's own columns hold whole numbers and texts only, in all three databases. */
export type DumpedValue = string | number | null;

export type DumpedRow = Readonly<Record<string, DumpedValue>>;

export const isDumpedValue = (value: unknown): value is DumpedValue =>
  value === null || typeof value === 'string' || Number.isSafeInteger(value);

export async function* batchesOf(db: Db, { name, key, batch }: NamedTable): AsyncGenerator<DumpedRow[]> {
  let last: DumpedRow | undefined;
  do {
    let query = db.withTables<Record<string, DumpedRow>>().selectFrom(name).selectAll().limit(batch);
    for (const column of key) query = query.orderBy(column);
    if (last) query = query.where(behindRow(key, last));
    const rows = (await query.execute()) as DumpedRow[];
    if (rows.length > 0) yield rows.map((row) => judged(name, row));
    last = rows.length < batch ? undefined : rows.at(-1);
  } while (last);
}

/** Spelled out, as some databases use no index for a comparison of lists. */
function behindRow([column, ...others]: readonly string[], row: DumpedRow): RawBuilder<boolean> {
  if (column === undefined) return sql`1 = 0`;
  const name = sql.ref(column);
  const value = row[column];
  if (others.length === 0) return sql`${name} > ${value}`;
  return sql`(${name} >= ${value} and (${name} > ${value} or ${behindRow(others, row)}))`;
}

function judged(table: string, row: DumpedRow): DumpedRow {
  for (const [column, value] of Object.entries(row)) {
    if (!isDumpedValue(value))
      throw new Error(`${table}.${column} holds a ${typeof value} that no backup can keep`);
  }
  return row;
}

export async function countRows(db: Db, table: keyof Tables): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
