/**
 * Compares what an operation has written with what EC-CUBE wrote: every column of every row that either has changed. Ids of
 * new rows are left out; a time that was "now" in the record must be "now" here.
 */
import type { Db } from '../../src/database/open.ts';
import {
  type EccubeRecord,
  isDate,
  newRows,
  type Place,
  plain,
  plainRow,
  rowNow,
  rowsBefore,
} from './records.ts';

type Snapshot = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

const nameOf = ({ table, id }: Place): string => `${table}#${id}`;

export async function snapshot(db: Db, record: EccubeRecord): Promise<Snapshot> {
  const rows = new Map<string, Readonly<Record<string, string | null>>>();
  for (const place of rowsBefore(record)) rows.set(nameOf(place), await rowNow(db, place));
  return rows;
}

/** `table.column` of everything that differs, with what was expected and found. */
export async function differences(
  db: Db,
  record: EccubeRecord,
  before: Snapshot,
  clockNow: string,
): Promise<ReadonlyMap<string, string>> {
  const now = plain(clockNow) ?? '';
  const found = new Map<string, string>();
  for (const place of rowsBefore(record)) {
    const old = before.get(nameOf(place)) ?? {};
    const row = await rowNow(db, place);
    const wanted = { ...old, ...expectedChange(record, place, now) };
    for (const column of new Set([...Object.keys(wanted), ...Object.keys(row)])) {
      const [want, is] = [wanted[column] ?? null, row[column] ?? null];
      if (want !== is)
        found.set(`${place.table}.${column}`, `${nameOf(place)}: ${want} expected, ${is} found`);
    }
  }
  for (const table of ['dtb_mail_history']) {
    const [wanted, is] = [expectedNew(record, table, now), await newRows(db, table)];
    const differing = wanted.length !== is.length || wanted.some((row, i) => !holds(is[i] ?? {}, row));
    if (differing) found.set(table, `${JSON.stringify(wanted)} expected, ${JSON.stringify(is)} found`);
  }
  return found;
}

function expectedChange(record: EccubeRecord, place: Place, now: string): Record<string, string | null> {
  const change = record.changed.find(
    ({ table, before }) => table === place.table && Number(before?.id) === place.id,
  );
  return change ? dated(change.after, recordedNow(record), now) : {};
}

const expectedNew = (record: EccubeRecord, table: string, now: string) =>
  record.changed
    .filter((one) => one.table === table && one.before === null)
    .map(({ after }) => dated(after, recordedNow(record), now));

/** Rendered texts are compared elsewhere, and ids come as they come. */
const holds = (
  row: Readonly<Record<string, string | null>>,
  wanted: Record<string, string | null>,
): boolean =>
  Object.entries(wanted).every(
    ([column, value]) => column === 'id' || value?.startsWith('(left out') || row[column] === value,
  );

/** The seconds in which the record was made: those that its rows are dated with. */
function recordedNow({ changed }: EccubeRecord): ReadonlySet<string | null> {
  const dates = changed.flatMap(({ after }) => [after.update_date, after.send_date]);
  return new Set(dates.filter(isDate).map(plain));
}

const dated = (
  after: Readonly<Record<string, unknown>>,
  recorded: ReadonlySet<string | null>,
  now: string,
): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(plainRow(after)).map(([column, value]) => [column, recorded.has(value) ? now : value]),
  );
