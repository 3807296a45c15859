/**
 * Reads rows to be changed, changes and adds rows of the shop's own tables, the way EC-CUBE itself does
 * (docs/eccube/database.md, Conventions): `update_date` and the acting member on every change, `discriminator_type` on every new row,
 * UTC dates. Entities and fields are named as in the registry; a field is a column or a relation whose key this row holds.
 * Dates go in as epoch seconds. Says nothing about whether a change is allowed.
 */
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import { columnName, type Entity, WHOLE_NUMBERS } from '../entity.ts';
import type { Registry } from '../registry.ts';

export type RowReading = {
  /** The transaction, where one is written in. */
  readonly db: Db;
  readonly kit: DialectKit;
  readonly registry: Registry;
};

export type Writing = RowReading & {
  /** Epoch seconds, the same for everything that one mutation writes. */
  readonly now: number;
  /** The acting member; null when a client acts as itself, then `creator_id` stays as it is. */
  readonly memberId: number | null;
  /** `currency_code` of new rows. */
  readonly currency: string;
};

export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;
/** What a row's fields must equal; a list stands for any of its values, none of which is null. */
export type RowMatch = Readonly<Record<string, FieldValue | readonly (string | number)[]>>;

/**
 * Returns the rows that equal `where`, ordered by primary key and locked until the transaction ends. Lock by key where two
 * mutations may meet: a search by another column makes MySQL wait for rows that it will not even return.
 *
 * @param writing the transaction and who acts, as `run` of a mutation is handed it.
 * @param entityName as in the registry; an unknown one throws.
 * @param fields columns, or relations whose key this row holds; an unknown one throws.
 * @param where what the fields must equal, all of them; an empty one throws.
 * @returns decimals and dates as text, as the database writes them (UTC); whole numbers as numbers.
 */
export function lockRows<F extends string>(
  writing: Writing,
  entityName: string,
  fields: readonly F[],
  where: RowMatch,
): Promise<Record<F, FieldValue>[]> {
  return selectRows(
    writing,
    entityName,
    fields,
    where,
    writing.kit.supportsRowLocks ? sql` for update` : sql``,
  );
}

/** Returns the same as `lockRows` without a lock: what is read may have changed a moment later. */
export function readRows<F extends string>(
  reading: RowReading,
  entityName: string,
  fields: readonly F[],
  where: RowMatch,
): Promise<Record<F, FieldValue>[]> {
  return selectRows(reading, entityName, fields, where, sql``);
}

/** Whether a row equals `where`, however many there are. */
export async function hasRow(writing: Writing, entityName: string, where: RowMatch): Promise<boolean> {
  const entity = writing.registry.entity(entityName);
  const { rows } = await sql`
    select 1 from ${sql.table(entity.table)} where ${matching(writing, entity, where)} limit 1`.execute(
    writing.db,
  );
  return rows.length > 0;
}

async function selectRows<F extends string>(
  reading: RowReading,
  entityName: string,
  fields: readonly F[],
  where: RowMatch,
  lock: RawBuilder<unknown>,
): Promise<Record<F, FieldValue>[]> {
  const { db, registry } = reading;
  const entity = registry.entity(entityName);
  const columns = fields.map((field) => sql`${sql.ref(columnOf(entity, field))} as ${sql.id(field)}`);
  const keys = Object.keys(entity.columns).filter((field) => entity.columns[field]?.key);
  const order = keys.map((field) => sql.ref(columnOf(entity, field)));
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(entity.table)}
    where ${matching(reading, entity, where)} order by ${sql.join(order)}${lock}`.execute(db);
  return rows.map((row) => readRow(entity, fields, row));
}

/**
 * Changes the rows that equal `where`, and sets `update_date` and the acting member where the entity has them.
 *
 * @param values field → value; dates in epoch seconds, decimals as text. Without any field nothing is touched.
 * @returns how many rows there were.
 */
export async function updateRows(
  writing: Writing,
  entityName: string,
  where: RowMatch,
  values: FieldValues,
): Promise<number> {
  if (Object.keys(values).length === 0) return 0;
  const { db, registry, now, memberId } = writing;
  const entity = registry.entity(entityName);
  const all: Record<string, FieldValue> = { ...values };
  if (entity.columns.update_date) all.update_date = now;
  if (entity.relations.Creator && memberId !== null) all.Creator = memberId;
  const sets = Object.entries(all).map(
    ([field, value]) => sql`${sql.ref(columnOf(entity, field))} = ${stored(writing, entity, field, value)}`,
  );
  const { numAffectedRows } = await sql`
    update ${sql.table(entity.table)} set ${sql.join(sets)}
    where ${matching(writing, entity, where)}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/**
 * Adds a row. `create_date`, `update_date`, `currency_code`, `Creator` and the discriminator are filled in unless given.
 *
 * @param values field → value; dates in epoch seconds, decimals as text. What the table demands and is missing throws.
 */
export async function insertRow(writing: Writing, entityName: string, values: FieldValues): Promise<void> {
  await insertStatement(writing, entityName, values).execute(writing.db);
}

/** The same, of an entity whose key the database gives; answers the key. */
export async function addRow(writing: Writing, entityName: string, values: FieldValues): Promise<number> {
  const { db, kit } = writing;
  const statement = insertStatement(writing, entityName, values);
  if (!kit.supportsReturning) return Number((await statement.execute(db)).insertId);
  const { rows } = await sql<{ id: number }>`${statement} returning ${sql.ref('id')}`.execute(db);
  return Number(rows[0]?.id);
}

function insertStatement(writing: Writing, entityName: string, values: FieldValues): RawBuilder<unknown> {
  const { registry, now, memberId, currency } = writing;
  const entity = registry.entity(entityName);
  const all: Record<string, FieldValue> = {};
  if (entity.columns.create_date) all.create_date = now;
  if (entity.columns.update_date) all.update_date = now;
  if (entity.columns.currency_code) all.currency_code = currency;
  if (entity.relations.Creator) all.Creator = memberId;
  Object.assign(all, values);
  const fields = Object.keys(all);
  const columns = fields.map((field) => sql.ref(columnOf(entity, field)));
  const given = fields.map((field) => sql`${stored(writing, entity, field, all[field] ?? null)}`);
  return sql`
    insert into ${sql.table(entity.table)} (${sql.join([...columns, sql.ref('discriminator_type')])})
    values (${sql.join([...given, sql`${entity.discriminator}`])})`;
}

/** Rows among which `sort_no` gives an order: those of `within`, from `from` on, up to `to`. */
export type SortRange = {
  readonly within?: RowMatch;
  readonly from: number;
  readonly to?: number;
};

/** Moves rows up or down in their order by one query, which is no change of theirs: `update_date` and `creator_id` stay. */
export async function shiftSortNo(
  { db, kit, registry, ...rest }: Writing,
  entityName: string,
  { within = {}, from, to }: SortRange,
  by: number,
): Promise<void> {
  const entity = registry.entity(entityName);
  const column = sql.ref(columnOf(entity, 'sort_no'));
  const conditions = [
    sql`${column} >= ${from}`,
    ...(to === undefined ? [] : [sql`${column} <= ${to}`]),
    ...(Object.keys(within).length === 0 ? [] : [matching({ db, kit, registry, ...rest }, entity, within)]),
  ];
  await sql`
    update ${sql.table(entity.table)} set ${column} = ${column} + ${by}
    where ${sql.join(conditions, sql` and `)}`.execute(db);
}

/** Gives one row its place in the order, which is no change of it either. */
export async function setSortNo(
  writing: Writing,
  entityName: string,
  id: number,
  sortNo: number,
): Promise<void> {
  const entity = writing.registry.entity(entityName);
  await sql`
    update ${sql.table(entity.table)} set ${sql.ref(columnOf(entity, 'sort_no'))} = ${sortNo}
    where ${matching(writing, entity, { id })}`.execute(writing.db);
}

/** One more than the highest: where a new row comes first, as EC-CUBE shows the highest first. */
export async function nextSortNo(
  writing: Writing,
  entityName: string,
  within: RowMatch = {},
): Promise<number> {
  const entity = writing.registry.entity(entityName);
  const where = Object.keys(within).length === 0 ? sql`` : sql` where ${matching(writing, entity, within)}`;
  const { rows } = await sql<{ highest: number | null }>`
    select max(${sql.ref(columnOf(entity, 'sort_no'))}) as ${sql.id('highest')}
    from ${sql.table(entity.table)}${where}`.execute(writing.db);
  return Number(rows[0]?.highest ?? 0) + 1;
}

/** Removes the rows that equal `where` and returns how many there were. */
export async function deleteRows(writing: Writing, entityName: string, where: RowMatch): Promise<number> {
  // Of none there is nothing to ask.
  if (Object.values(where).some((one) => Array.isArray(one) && one.length === 0)) return 0;
  const entity = writing.registry.entity(entityName);
  const { numAffectedRows } = await sql`
    delete from ${sql.table(entity.table)} where ${matching(writing, entity, where)}`.execute(writing.db);
  return Number(numAffectedRows ?? 0n);
}

function matching(reading: RowReading, entity: Entity, where: RowMatch): RawBuilder<unknown> {
  const parts = Object.entries(where).map(([field, value]) => {
    const isId = WHOLE_NUMBERS.has(entity.columns[field]?.type ?? 'integer');
    const isPossible = (one: FieldValue) => !isId || typeof one !== 'number' || one <= reading.kit.highestId;
    const column = sql.ref(columnOf(entity, field));
    if (value === null) return sql`${column} is null`;
    if (typeof value !== 'object') {
      return isPossible(value) ? sql`${column} = ${stored(reading, entity, field, value)}` : sql`1 = 0`;
    }
    const possible = value.filter(isPossible);
    return possible.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join(possible)})`;
  });
  if (parts.length === 0) throw new Error(`a change of ${entity.name} must say which rows`);
  return sql.join(parts, sql` and `);
}

function columnOf(entity: Entity, field: string): string {
  const column = entity.columns[field];
  if (column) return columnName(field, column);
  const relation = entity.relations[field];
  if (relation?.kind === 'one') return relation.column;
  throw new Error(`${entity.name} has no column for ${field}`);
}

function stored(reading: RowReading, entity: Entity, field: string, value: FieldValue): FieldValue {
  const isDate = entity.columns[field]?.type === 'datetimetz';
  return isDate && typeof value === 'number' ? reading.kit.dateText(value) : value;
}

function readRow<F extends string>(
  entity: Entity,
  fields: readonly F[],
  row: Record<string, unknown>,
): Record<F, FieldValue> {
  const read = fields.map((field) => [field, readValue(entity.columns[field]?.type, row[field])] as const);
  return Object.fromEntries(read) as Record<F, FieldValue>;
}

function readValue(type: string | undefined, value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return Boolean(value);
  return type === 'decimal' ? String(value) : (value as FieldValue);
}
