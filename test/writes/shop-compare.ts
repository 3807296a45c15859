/**
 * Compares all rows of the shop's tables with what EC-CUBE left of the same rows. Ids of new rows are theirs alone, and so
 * stand for the place among the new rows of their table, also where another new row points to them.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/database/open.ts';
import { plain, plainRow } from './records.ts';
import { SHOP_TABLES, type ShopRecord } from './shop-records.ts';

type PlainRow = Readonly<Record<string, string | null>>;
type Tables = ReadonlyMap<string, readonly PlainRow[]>;

export async function readShop(db: Db): Promise<Tables> {
  const read = async (table: string) => {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
    return [table, rows.map(plainRow).map(withoutChance)] as const;
  };
  const tables: (readonly [string, readonly PlainRow[]])[] = [];
  for (const table of SHOP_TABLES) tables.push(await read(table));
  return new Map(tables);
}

/** What is drawn by chance, as the records say it. */
const withoutChance = (row: PlainRow): PlainRow => ({
  ...row,
  ...(row.password?.startsWith('$2y$') && { password: '(bcrypt)' }),
  ...(/^[\w-]{32}$/.test(row.secret_key ?? '') && { secret_key: '(secret)' }),
  ...(/^[\w-]{60}@dummy\.dummy$/.test(row.email ?? '') && { email: '(withdrawn)' }),
});

/** `table.column` of everything that differs, or `table` where rows are too many or too few, with what differs. */
export function shopDifferences(
  record: ShopRecord,
  before: Tables,
  after: Tables,
  clockNow: string,
): ReadonlyMap<string, string> {
  const wanted = expected(record, before, plain(clockNow) ?? '');
  const found = new Map<string, string>();
  for (const table of SHOP_TABLES) {
    const old = new Set((before.get(table) ?? []).map(keyOf));
    const isOld = (row: PlainRow) => old.has(keyOf(row));
    const [want, is] = [wanted.get(table) ?? [], after.get(table) ?? []];
    compareOld(found, table, want.filter(isOld), is.filter(isOld));
    const fresh = (rows: readonly PlainRow[]) => rows.filter((row) => !isOld(row));
    compareNew(found, table, anonymous(fresh(want), wanted, before), anonymous(fresh(is), after, before));
  }
  return found;
}

function compareOld(
  found: Map<string, string>,
  table: string,
  wanted: readonly PlainRow[],
  is: readonly PlainRow[],
): void {
  const byKey = new Map(is.map((row) => [keyOf(row), row]));
  for (const row of wanted) {
    const other = byKey.get(keyOf(row));
    byKey.delete(keyOf(row));
    if (other) note(found, table, row, other);
    else found.set(table, `${table}#${keyOf(row)} is gone`);
  }
  if (byKey.size > 0) found.set(table, `${table}#${[...byKey.keys()]} should be gone`);
}

function compareNew(
  found: Map<string, string>,
  table: string,
  wanted: readonly PlainRow[],
  is: readonly PlainRow[],
): void {
  if (wanted.length !== is.length)
    found.set(table, `${table}: ${wanted.length} new rows expected, ${is.length} found`);
  else for (const [i, row] of wanted.entries()) note(found, table, row, is[i] ?? {});
}

function note(found: Map<string, string>, table: string, wanted: PlainRow, is: PlainRow): void {
  for (const column of new Set([...Object.keys(wanted), ...Object.keys(is)])) {
    const [want, have] = [wanted[column] ?? null, is[column] ?? null];
    if (want !== have) {
      found.set(`${table}.${column}`, `${table}#${is.id ?? ''}.${column}: ${want} expected, ${have} found`);
    }
  }
}

const keyOf = (row: PlainRow): string => row.id ?? `${row.product_id} ${row.category_id}`;

const POINTS_TO: Readonly<Record<string, string>> = {
  product_id: 'dtb_product',
  product_class_id: 'dtb_product_class',
  category_id: 'dtb_category',
  parent_category_id: 'dtb_category',
  class_name_id: 'dtb_class_name',
  tag_id: 'dtb_tag',
  customer_id: 'dtb_customer',
};

/** New rows in the order of their ids, each without its own, and with places for the ids of others that are new. */
function anonymous(rows: readonly PlainRow[], all: Tables, before: Tables): PlainRow[] {
  const placeOf = (table: string, id: string | null): string | null => {
    const old = new Set((before.get(table) ?? []).map(keyOf));
    const fresh = sorted((all.get(table) ?? []).filter((row) => !old.has(keyOf(row))));
    const place = fresh.findIndex((row) => row.id === id);
    return place === -1 ? id : `new ${place}`;
  };
  const withPlaces = (row: PlainRow): PlainRow =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => {
        const table = POINTS_TO[column];
        return [column, table && value !== null ? placeOf(table, value) : value];
      }),
    );
  return sorted(rows).map(({ id: _own, ...row }) => withPlaces(row));
}

const sorted = (rows: readonly PlainRow[]): PlainRow[] =>
  rows.toSorted((a, b) => Number(a.id) - Number(b.id) || Number(a.category_id) - Number(b.category_id));

/** The rows before, with the record's changes; times of the record are now. */
function expected(record: ShopRecord, before: Tables, now: string): Tables {
  const at = plain(record.at ?? null);
  const dated = (row: Readonly<Record<string, unknown>>): PlainRow =>
    Object.fromEntries(
      Object.entries(plainRow(row)).map(([column, value]) => [
        column,
        value !== null && value === at ? now : value,
      ]),
    );
  const tables = new Map([...before].map(([table, rows]) => [table, [...rows]]));
  for (const { table, before: old, after } of record.changed) {
    const rows = tables.get(table) ?? [];
    const place = old ? rows.findIndex((row) => keyOf(row) === keyOf(plainRow(old))) : rows.length;
    const changed = after && { ...rows[place], ...dated(after) };
    rows.splice(place, 1, ...(changed ? [changed] : []));
    tables.set(table, rows);
  }
  return tables;
}
