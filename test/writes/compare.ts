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
  for (const table of NEW_ROWS) {
    for (const row of await newRows(db, table)) rows.set(nameOf({ table, id: Number(row.id) }), row);
  }
  return rows;
}

/** Tables whose new rows are compared. */
const NEW_ROWS = ['dtb_mail_history', 'dtb_order', 'dtb_order_item', 'dtb_shipping'];

/** `table.column` of everything that differs, with what was expected and found. */
export async function differences(
  db: Db,
  recorded: EccubeRecord,
  before: Snapshot,
  clockNow: string,
): Promise<ReadonlyMap<string, string>> {
  const now = plain(clockNow) ?? '';
  const record = withoutRepeats(recorded);
  const found = new Map<string, string>();
  for (const place of rowsBefore(record)) {
    const old = before.get(nameOf(place)) ?? {};
    const row = await rowNow(db, place);
    const wanted = isGone(record, place) ? {} : { ...old, ...expectedChange(record, place, now) };
    for (const column of new Set([...Object.keys(wanted), ...Object.keys(row)])) {
      const [want, is] = [wanted[column] ?? null, row[column] ?? null];
      if (want !== is)
        found.set(`${place.table}.${column}`, `${nameOf(place)}: ${want} expected, ${is} found`);
    }
  }
  for (const table of NEW_ROWS) {
    const isNew = (row: { readonly [column: string]: string | null }) =>
      !before.has(nameOf({ table, id: Number(row.id) }));
    const [wanted, is] = [expectedNew(record, table, now), (await newRows(db, table)).filter(isNew)];
    const differing = wanted.length !== is.length || wanted.some((row, i) => !holds(is[i] ?? {}, row));
    if (differing) found.set(table, `${JSON.stringify(wanted)} expected, ${JSON.stringify(is)} found`);
  }
  return found;
}

/** A row that was deleted and put back under another id has stayed as it was. */
function withoutRepeats(record: EccubeRecord): EccubeRecord {
  const changed = [...record.changed];
  const around = [...record.around];
  for (const gone of record.changed) {
    if (gone.after !== null || !gone.before) continue;
    const bare = JSON.stringify({ ...gone.before, id: 0 });
    const again = changed.findIndex(
      ({ table, before, after }) =>
        table === gone.table && before === null && JSON.stringify({ ...after, id: 0 }) === bare,
    );
    if (again < 0) continue;
    changed.splice(again, 1);
    changed.splice(changed.indexOf(gone), 1);
    around.push({ table: gone.table, row: gone.before });
  }
  return { ...record, changed, around };
}

function expectedChange(record: EccubeRecord, place: Place, now: string): Record<string, string | null> {
  const change = record.changed.find(
    ({ table, before }) => table === place.table && Number(before?.id) === place.id,
  );
  return change?.after ? dated(change.after, recordedNow(record), now) : {};
}

const isGone = (record: EccubeRecord, place: Place): boolean =>
  record.changed.some(
    ({ table, before, after }) => table === place.table && Number(before?.id) === place.id && after === null,
  );

const expectedNew = (record: EccubeRecord, table: string, now: string) =>
  record.changed
    .filter((one) => one.table === table && one.before === null)
    .map(({ after }) => dated(after ?? {}, recordedNow(record), now));

/** Keys come as they come, and so does what is made of them. */
const OWN = new Set(['id', 'order_id', 'shipping_id', 'order_no', 'pre_order_id']);

/** Rendered texts are compared elsewhere. */
const holds = (
  row: Readonly<Record<string, string | null>>,
  wanted: Record<string, string | null>,
): boolean =>
  Object.entries(wanted).every(
    ([column, value]) => OWN.has(column) || value?.startsWith('(left out') || row[column] === value,
  );

/** The seconds in which the record was made: those that its rows are dated with. */
function recordedNow({ changed }: EccubeRecord): ReadonlySet<string | null> {
  const dates = changed.flatMap(({ after }) => [after?.update_date, after?.send_date]);
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
