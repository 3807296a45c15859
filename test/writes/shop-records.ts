/**
 * What EC-CUBE wrote to the catalogue, customers and masters (records/shop-*.json): copies of recordings of a running EC-CUBE
 * 4.3, with made-up people. A family keeps each row once, and its records name rows by their place; here they are brought
 * into a database.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Store } from '../../src/database/open.ts';
import type { TestDatabase } from '../support/databases.ts';
import { isDate, type RecordRow, type Value, WITHOUT_KEYS } from './records.ts';

export type ShopRow = RecordRow;

export type ShopRecord = {
  readonly record: string;
  readonly database: TestDatabase['name'];
  readonly path: string;
  /** What the form posted; a text of many equal letters is `⟨あ×256⟩`. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** The uploaded file. */
  readonly csv?: string;
  /** What the page said. */
  readonly says: readonly string[];
  /** The answer, when it was an error. */
  readonly status?: number;
  /** When it was made; undefined where no row is dated with it. */
  readonly at?: string;
  /** Without `before`: a new row; without `after`: one that went; otherwise `after` has the columns that changed. */
  readonly changed: readonly {
    readonly table: string;
    readonly before?: ShopRow;
    readonly after?: ShopRow;
  }[];
  /** Rows that were there and stayed as they were. */
  readonly around: readonly { readonly table: string; readonly row: ShopRow }[];
};

type Stored = Omit<ShopRecord, 'changed' | 'around'> & {
  readonly changed: readonly { readonly table: string; readonly before?: number; readonly after?: ShopRow }[];
  readonly around: Readonly<Record<string, readonly number[]>>;
};

const SHORTENED = /⟨(.)×(\d+)⟩/gsu;
const whole = (_key: string, value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(SHORTENED, (_all, letter: string, times: string) => letter.repeat(Number(times)))
    : value;

export function shopRecords(family: string): ShopRecord[] {
  const text = readFileSync(join(import.meta.dirname, 'records', `shop-${family}.json`), 'utf8');
  const { rows, records } = JSON.parse(text, whole) as {
    rows: Record<string, ShopRow[]>;
    records: Stored[];
  };
  const rowAt = (table: string, place: number): ShopRow => rows[table]?.[place] ?? {};
  return records.map(({ changed, around, ...record }) => ({
    ...record,
    changed: changed.map(({ table, before, after }) => ({
      table,
      ...(before !== undefined && { before: rowAt(table, before) }),
      ...(after && { after }),
    })),
    around: Object.entries(around).flatMap(([table, places]) =>
      places.map((place) => ({ table, row: rowAt(table, place) })),
    ),
  }));
}

/** The tables that the records of these families write or look at, and what hangs on them. */
export const SHOP_TABLES = [
  'dtb_cart_item',
  'dtb_cart',
  'dtb_customer_favorite_product',
  'dtb_order_item',
  'dtb_order',
  'dtb_tax_rule',
  'dtb_product_image',
  'dtb_product_tag',
  'dtb_product_category',
  'dtb_product_stock',
  'dtb_product_class',
  'dtb_product',
  'dtb_tag',
  'dtb_class_category',
  'dtb_class_name',
  'dtb_category',
  'dtb_customer_address',
  'dtb_customer',
  'dtb_news',
  'dtb_payment',
  'dtb_delivery_time',
  'dtb_delivery',
] as const;

/** Beyond every id of the records. */
const FIRST_NEW = 5001;

/** New rows of PostgreSQL take their ids from sequences, which know nothing of rows that are brought with theirs. */
export async function passSequences(store: Store, name: TestDatabase['name']): Promise<void> {
  if (name !== 'postgres') return;
  for (const table of SHOP_TABLES.filter((one) => one !== 'dtb_product_category')) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${FIRST_NEW})`.execute(store.db);
  }
}

/** Brings the rows of a record into the database in place of all that stand in `SHOP_TABLES`. */
export async function bringShop(store: Store, name: TestDatabase['name'], record: ShopRecord): Promise<void> {
  const [off, on] = WITHOUT_KEYS[name];
  const before = record.changed.flatMap(({ table, before: row }) => (row ? [{ table, row }] : []));
  await store.db.connection().execute(async (db) => {
    await sql.raw(off).execute(db);
    for (const table of SHOP_TABLES) await sql`delete from ${sql.table(table)}`.execute(db);
    for (const { table, row } of [...before, ...record.around]) await insert(db, table, row);
    const option = sql.lit(name === 'postgres' ? taxed(record) : Number(taxed(record)));
    await sql`update dtb_base_info set option_product_tax_rule = ${option}`.execute(db);
    await sql.raw(on).execute(db);
  });
}

/** The shop option that these records were made under. */
const taxed = ({ record }: ShopRecord): boolean => record.startsWith('product-own-tax');

async function insert(db: Db, table: string, row: ShopRow): Promise<void> {
  const columns = Object.keys(row);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.id(column)))})
    values (${sql.join(columns.map((column) => stored(row[column] ?? null)))})`.execute(db);
}

function stored(value: Value): RawBuilder<unknown> {
  if (typeof value === 'boolean') return sql.lit(value);
  return sql`${isDate(value) ? String(value).slice(0, 19).replace('T', ' ') : value}`;
}
