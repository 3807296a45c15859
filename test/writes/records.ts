/**
 * What EC-CUBE itself wrote (records/*.json): for each of its operations the rows before, what changed in them, and what stood
 * around. Copies of recordings of a running EC-CUBE 4.3, with made-up people. Here they are brought into a database.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Store } from '../../src/database/open.ts';
import type { TestDatabase } from '../support/databases.ts';

export type Value = string | number | boolean | null;
/** Columns that are absent are null. */
export type RecordRow = Readonly<Record<string, Value>>;

export type EccubeRecord = {
  readonly record: string;
  readonly database: TestDatabase['name'];
  readonly path: string;
  readonly fields: Readonly<Record<string, Value>>;
  /** The uploaded file. */
  readonly csv?: string;
  /** `before` null: a new row; otherwise `after` has the columns that changed. */
  readonly changed: readonly {
    readonly table: string;
    readonly before: RecordRow | null;
    readonly after: RecordRow;
  }[];
  /** Rows that the operation looked at and left as they were. */
  readonly around: readonly { readonly table: string; readonly row: RecordRow }[];
  /** Products of the order. */
  readonly lines?: readonly { product_class_id: number; product_id: number; quantity: number }[];
  /** What else the customer's summary counts; `later`: with an id behind the order's. */
  readonly purchases?: readonly { total: number; order_date: string; later: boolean }[];
  readonly pointsOff?: true;
};

export const recordsOf = (family: string): EccubeRecord[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'records', `${family}.json`), 'utf8')) as EccubeRecord[];

export type Place = { readonly table: string; readonly id: number };

/** The rows that a record speaks of, as they were before. */
export const rowsBefore = ({ changed, around }: EccubeRecord): (Place & { row: RecordRow })[] => [
  ...changed.flatMap(({ table, before }) => (before ? [{ table, id: Number(before.id), row: before }] : [])),
  ...around.map(({ table, row }) => ({ table, id: Number(row.id), row })),
];

export const orderIdOf = (record: EccubeRecord): number =>
  Number(rowsBefore(record).find(({ table }) => table === 'dtb_order')?.id);

const FIRST_PURCHASE = 1; // ids below those of the records, and above them
const FIRST_LATER = 900_001;

/** Without the foreign keys: the records hold the rows that count, not all that these point to. */
const WITHOUT_KEYS = {
  postgres: ['set session_replication_role = replica', 'set session_replication_role = origin'],
  mysql: ['set foreign_key_checks = 0', 'set foreign_key_checks = 1'],
  sqlite: ['pragma foreign_keys = off', 'pragma foreign_keys = off'],
} as const;

/** Brings the rows of a record into the database in place of all orders and customers that are there. */
export async function bring(store: Store, name: TestDatabase['name'], record: EccubeRecord): Promise<void> {
  const [off, on] = WITHOUT_KEYS[name];
  await store.db.connection().execute(async (db) => {
    await sql.raw(off).execute(db);
    for (const table of ['dtb_mail_history', 'dtb_order_item', 'dtb_shipping', 'dtb_order']) {
      await sql`delete from ${sql.table(table)}`.execute(db);
    }
    for (const { table, id, row } of rowsBefore(record)) {
      await sql`delete from ${sql.table(table)} where id = ${id}`.execute(db);
      await insert(db, table, row);
    }
    await bringAround(db, record);
    const points = sql.lit(name === 'postgres' ? !record.pointsOff : Number(!record.pointsOff));
    await sql`update dtb_base_info set option_point = ${points}, shop_name = 'EC-CUBE SHOP'`.execute(db);
    await sql.raw(on).execute(db);
  });
}

async function bringAround(db: Db, record: EccubeRecord): Promise<void> {
  const order = rowsBefore(record).find(({ table }) => table === 'dtb_order');
  if (!order) return;
  for (const [index, line] of (record.lines ?? []).entries()) {
    await insert(db, 'dtb_order_item', {
      id: index + 1,
      order_id: order.id,
      order_item_type_id: 1,
      product_name: '商品',
      price: 1,
      tax: 0,
      tax_rate: 10,
      tax_adjust: 0,
      discriminator_type: 'orderitem',
      ...line,
    });
  }
  for (const [index, { total, order_date, later }] of (record.purchases ?? []).entries()) {
    const id = (later ? FIRST_LATER : FIRST_PURCHASE) + index;
    const name = `purchase-${id}`;
    await insert(db, 'dtb_order', {
      ...order.row,
      id,
      order_no: name,
      pre_order_id: name,
      order_status_id: 1,
      total,
      order_date,
    });
  }
}

async function insert(db: Db, table: string, row: RecordRow): Promise<void> {
  const columns = Object.keys(row);
  const values = columns.map((column) => stored(row[column] ?? null));
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.id(column)))})
    values (${sql.join(values)})`.execute(db);
}

const DATE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;

function stored(value: Value): RawBuilder<unknown> {
  if (typeof value === 'boolean') return sql.lit(value);
  return sql`${typeof value === 'string' && DATE.test(value) ? dateText(value) : value}`;
}

const dateText = (value: string): string => value.slice(0, 19).replace('T', ' ');

/** One form for what three drivers and the records write differently. */
export function plain(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return String(Number(value));
  const text = String(value);
  if (DATE.test(text)) return dateText(text);
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text;
}

export const isDate = (value: unknown): boolean => typeof value === 'string' && DATE.test(value);

/** A row as it is now, its columns in plain form. */
export async function rowNow(db: Db, { table, id }: Place): Promise<Readonly<Record<string, string | null>>> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} where id = ${id}`.execute(db);
  return plainRow(rows[0] ?? {});
}

export const plainRow = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, string | null>> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)]));

export async function newRows(db: Db, table: string): Promise<Readonly<Record<string, string | null>>[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
  return rows.map(plainRow);
}
