/** Rows by the million, made in the database from numbers: `insert into … select …, i, … from n`, on each of the three. */
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../src/database/dialect/kit.ts';
import type { Db, Store } from '../../src/database/open.ts';

const ROWS_PER_INSERT = 50_000;
const HEAD_START = Date.UTC(2020, 0, 1) / 1000;

/** What each calls `i` as a text, a text of its own, and the moment that lies `i` times so many seconds behind 2020. */
export type Numbers = {
  readonly i: RawBuilder<unknown>;
  text(of: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Texts and expressions, one behind the other. */
  joined(...parts: readonly (string | RawBuilder<unknown>)[]): RawBuilder<unknown>;
  date(secondsApart: number): RawBuilder<unknown>;
  boolean(value: boolean): RawBuilder<unknown>;
};

export type Filling = {
  /** `insert into INTO select SELECT from n where ONLY`, for the numbers of one portion. */
  insert(into: string, select: RawBuilder<unknown>, only?: RawBuilder<unknown>): Promise<unknown>;
  readonly numbers: Numbers;
};

/** Calls `fill` for each portion of the numbers, in a transaction of its own. */
export async function fillByNumbers(
  { db, kit }: Store,
  first: number,
  count: number,
  fill: (filling: Filling) => Promise<void>,
): Promise<void> {
  if (kit.name === 'mysql') await sql`set max_recursive_iterations = 1000000`.execute(db);
  for (let from = first; from < first + count; from += ROWS_PER_INSERT) {
    const to = Math.min(from + ROWS_PER_INSERT, first + count) - 1;
    await db
      .transaction()
      .execute((tx) => fill({ insert: inserter(tx, kit, from, to), numbers: numbersOf(kit) }));
  }
}

function inserter(db: Db, kit: DialectKit, from: number, to: number): Filling['insert'] {
  const numbers = sql`with recursive n(i) as (select ${sql.lit(from)} union all select i + 1 from n where i < ${sql.lit(to)})`;
  return (into, select, only = sql`1 = 1`) => {
    const rows = sql`select ${select} from n where ${only}`;
    return (
      kit.name === 'mysql'
        ? sql`insert into ${sql.raw(into)} ${numbers} ${rows}`
        : sql`${numbers} insert into ${sql.raw(into)} ${rows}`
    ).execute(db);
  };
}

function numbersOf(kit: DialectKit): Numbers {
  const text = (of: RawBuilder<unknown>) =>
    kit.name === 'mysql' ? sql`cast(${of} as char)` : sql`cast(${of} as text)`;
  const dates = {
    sqlite: (apart: number) => sql`datetime(${sql.lit(HEAD_START)} + i * ${sql.lit(apart)}, 'unixepoch')`,
    postgres: (apart: number) => sql`to_timestamp(${sql.lit(HEAD_START)} + i * ${sql.lit(apart)})`,
    mysql: (apart: number) =>
      sql`timestamp '1970-01-01 00:00:00' + interval (${sql.lit(HEAD_START)} + i * ${sql.lit(apart)}) second`,
  };
  return {
    i: sql`i`,
    text,
    joined: (...parts) =>
      kit.concat(parts.map((part) => (typeof part === 'string' ? sql.lit(part) : text(part)))),
    date: dates[kit.name],
    boolean: (value) => sql.lit(kit.name === 'postgres' ? value : Number(value)),
  };
}
