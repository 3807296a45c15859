/** How much the API is used, an hour and a subject: all together, a client, a grant. */
import { sql } from 'kysely';
import type { Db, Store } from '../../database/open.ts';

export const HOUR_SECONDS = 3_600;
/** The subject of all calls together. */
export const EVERYBODY = '';
/** Upper bounds of the spans that calls are sorted into by how long they took. */
export const SPANS_MS = [50, 100, 250, 500, 1_000, 2_500] as const;

const KEPT_SECONDS = 2 * 86_400; // of one client or grant: pages speak of the last day
const KEPT_OF_ALL_SECONDS = 32 * 86_400; // the home page draws thirty days

export type UseCount = {
  readonly calls: number;
  readonly errors: number;
  /** Taken by all calls together. */
  readonly ms: number;
  /** As many as `SPANS_MS`; calls beyond the last are in none. */
  readonly spans: readonly number[];
};

export type HourUse = UseCount & { readonly subject: string; readonly hourAt: number };

const spanColumn = (bound: (typeof SPANS_MS)[number]) => `ms_${bound}` as const;

/** Adds to the row, making it first where it is missing. Each statement stands alone: see staff/store/throttle.ts. */
export async function addApiUse({ db, kit }: Store, use: HourUse): Promise<void> {
  if (await countUp(db, use)) return;
  const zero = { subject: use.subject, hour_at: use.hourAt, calls: 0, errors: 0, ms: 0 };
  const spans = { ms_50: 0, ms_100: 0, ms_250: 0, ms_500: 0, ms_1000: 0, ms_2500: 0 };
  await kit.ifAbsent(db.insertInto('tegata_api_use').values({ ...zero, ...spans })).execute();
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
      ...Object.fromEntries(
        SPANS_MS.map((bound, index) => [spanColumn(bound), plus(spanColumn(bound), use.spans[index] ?? 0)]),
      ),
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
    .where('hour_at', '<', now - KEPT_SECONDS)
    .where((eb) => eb.or([eb('subject', '!=', EVERYBODY), eb('hour_at', '<', now - KEPT_OF_ALL_SECONDS)]))
    .orderBy('hour_at')
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
