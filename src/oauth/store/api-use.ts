/** How much the API is used, an hour and a subject: all together, a client, a grant. */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';

export const HOUR_SECONDS = 3_600;
/** The subject of all calls together. */
export const EVERYBODY = '';
/** Upper bounds of the spans that calls are sorted into by how long they took. */
export const SPANS_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000] as const;

export type UseCount = {
  readonly calls: number;
  readonly errors: number;
  /** Taken by all calls together. */
  readonly ms: number;
  /** As many as `SPANS_MS`; calls beyond the last are in none. */
  readonly spans: readonly number[];
};

export type HourUse = UseCount & { readonly subject: string; readonly hourAt: number };

export type KeptUse = HourUse & { readonly keptUntil: number };

const spanColumn = (bound: (typeof SPANS_MS)[number]) => `ms_${bound}` as const;

type SpanColumn = ReturnType<typeof spanColumn>;

const spanValues = <V>(value: (index: number) => V): Record<SpanColumn, V> =>
  Object.fromEntries(SPANS_MS.map((bound, index) => [spanColumn(bound), value(index)])) as Record<
    SpanColumn,
    V
  >;

/** Adds to the row, making it first where it is missing. Each statement stands alone: see staff/store/throttle.ts. */
export async function addApiUse({ db, kit }: Store, use: KeptUse): Promise<void> {
  if (await countUp(db, use)) return;
  const key = { subject: use.subject, hour_at: use.hourAt, kept_until: use.keptUntil };
  const row = { ...key, calls: 0, errors: 0, ms: 0, ...spanValues(() => 0) };
  await kit.ifAbsent(db.insertInto('tegata_api_use').values(row)).execute();
  await countUp(db, use);
}

async function countUp(db: Db, use: HourUse): Promise<boolean> {
  const plus = (column: string, n: number) => sql<number>`${sql.ref(column)} + ${n}`;
  const { numUpdatedRows } = await db
    .updateTable('tegata_api_use')
    .set({
      calls: plus('calls', use.calls),
      errors: plus('errors', use.errors),
      ms: plus('ms', use.ms),
      ...spanValues((index) => plus(`ms_${SPANS_MS[index]}`, use.spans[index] ?? 0)),
    })
    .where('subject', '=', use.subject)
    .where('hour_at', '=', use.hourAt)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The hours of a subject from `from` on, the oldest first. */
export async function apiUseSince(db: Db, subject: string, from: number): Promise<HourUse[]> {
  const rows = await db
    .selectFrom('tegata_api_use')
    .selectAll()
    .where('subject', '=', subject)
    .where('hour_at', '>=', from)
    .orderBy('hour_at')
    .execute();
  return rows.map((row) => ({
    subject,
    hourAt: Number(row.hour_at),
    calls: Number(row.calls),
    errors: Number(row.errors),
    ms: Number(row.ms),
    spans: SPANS_MS.map((bound) => Number(row[spanColumn(bound)])),
  }));
}

/** Removes what no page speaks of any more, `batch` rows at the most; says how many. */
export async function pruneApiUse(db: Db, now: number, batch: number): Promise<number> {
  const old = await db
    .selectFrom('tegata_api_use')
    .select(['subject', 'hour_at'])
    .where('kept_until', '<', now)
    .orderBy('kept_until')
    .limit(batch)
    .execute();
  let removed = 0;
  for (const hourAt of new Set(old.map((row) => row.hour_at))) {
    const subjects = old.filter((row) => row.hour_at === hourAt).map((row) => row.subject);
    const { numDeletedRows } = await db
      .deleteFrom('tegata_api_use')
      .where('hour_at', '=', hourAt)
      .where('subject', 'in', subjects)
      .executeTakeFirst();
    removed += Number(numDeletedRows);
  }
  return removed;
}
