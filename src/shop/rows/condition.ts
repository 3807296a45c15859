/** Conditions of a search as SQL. Tables are known by aliases; an alias belongs to a way of relations from the searched row. */
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import { type ColumnType, type Entity, WHOLE_NUMBERS } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { type Condition, type Slot, wayOf } from '../search/condition.ts';
import { type Field, resolveField } from '../search/field.ts';
import { DateSlot } from './statement.ts';

export const ROOT = 'r';

/** What stands in a FROM: way of relations → alias. */
export type SqlScope = {
  readonly kit: DialectKit;
  readonly registry: Registry;
  /** The searched entity; all field names begin there. */
  readonly entity: string;
  readonly aliases: ReadonlyMap<string, string>;
  /** The rows come by their keys or in the order of this field: every other index is kept out of the plan. */
  readonly steeredAlong?: string | undefined;
};

export function keyColumn(entity: Entity): string {
  const key = Object.entries(entity.columns).find(([, column]) => column.key);
  return key?.[1].column ?? key?.[0] ?? 'id';
}

export const fieldOf = (scope: SqlScope, path: string): Field =>
  resolveField(scope.registry, scope.entity, path);

export function columnRef(scope: SqlScope, path: string): RawBuilder<unknown> {
  const alias = scope.aliases.get(wayOf(path));
  if (alias === undefined) throw new Error(`${path} is out of reach of this statement`);
  return sql.ref(`${alias}.${fieldOf(scope, path).column}`);
}

/**
 * What stands in a `case` is in no index, and PostgreSQL takes it to leave half of the rows: it goes along the order then. What a
 * function answers it takes to leave nearly none, two of them none at all, and sorts the whole table.
 */
const steered = (
  { steeredAlong }: SqlScope,
  path: string,
  condition: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  steeredAlong === undefined || steeredAlong === path
    ? condition
    : sql`case when ${condition} then true else false end`;

export const allOf = (scope: SqlScope, conditions: readonly Condition[]): RawBuilder<unknown> =>
  conditions.length === 0
    ? sql`1 = 1`
    : sql.join(
        conditions.map((one) => conditionSql(scope, one)),
        sql` and `,
      );

function conditionSql(scope: SqlScope, condition: Condition): RawBuilder<unknown> {
  switch (condition.op) {
    case 'all':
      return sql`(${allOf(scope, condition.of)})`;
    case 'any':
      return sql`(${sql.join(
        condition.of.map((one) => conditionSql(scope, one)),
        sql` or `,
      )})`;
    case 'some':
      return someSql(scope, condition);
    case 'null':
      return sql`${columnRef(scope, condition.field)} is null`;
    case 'not null':
      return sql`${columnRef(scope, condition.field)} is not null`;
    case 'in':
    case 'not in':
      return steered(scope, condition.field, memberSql(scope, condition));
    case 'like':
      return likeSql(scope, condition);
    case 'month':
      return sql`${scope.kit.month(columnRef(scope, condition.field), condition.offset)} = ${condition.month}`;
    default:
      return comparisonSql(scope, condition);
  }
}

const memberSql = (
  scope: SqlScope,
  { field, op, values }: Extract<Condition, { values: readonly unknown[] }>,
): RawBuilder<unknown> => sql`${columnRef(scope, field)} ${sql.raw(op)} (${sql.join(values)})`;

function comparisonSql(
  scope: SqlScope,
  { field, op, value }: Extract<Condition, { value: Slot }>,
): RawBuilder<unknown> {
  const { type } = fieldOf(scope, field);
  const compared = sql`${columnRef(scope, field)} ${sql.raw(op)} ${comparable(scope, type, value)}`;
  return steered(scope, field, compared);
}

/** A value as it can stand beside a column of this type. */
export function comparable({ kit }: SqlScope, type: ColumnType, value: Slot): unknown {
  if (type === 'datetimetz') return new DateSlot(value);
  return WHOLE_NUMBERS.has(type) ? kit.wholeNumber(value) : value;
}

function likeSql(
  scope: SqlScope,
  { fields, pattern, escaped }: Extract<Condition, { op: 'like' }>,
): RawBuilder<unknown> {
  const columns = fields.map((field) => columnRef(scope, field));
  const [only] = columns;
  return scope.kit.like(columns.length === 1 && only ? only : scope.kit.concat(columns), pattern, escaped);
}

/** `exists` over a chain of relations, each one's rows holding the key of the one before. */
function someSql(scope: SqlScope, { way, of }: Extract<Condition, { op: 'some' }>): RawBuilder<unknown> {
  const aliases = new Map(scope.aliases);
  const inner: SqlScope = { ...scope, aliases };
  const tables: RawBuilder<unknown>[] = [];
  const links: RawBuilder<unknown>[] = [];
  let from = scope.registry.entity(scope.entity);
  let [path, above] = ['', scope.aliases.get('') ?? ROOT];
  for (const step of way) {
    const relation = from.relations[step];
    if (!relation) throw new Error(`${from.name} has no relation ${step}`);
    const alias = `s${aliases.size}`;
    const target = scope.registry.target(relation);
    tables.push(sql`${sql.table(target.table)} as ${sql.id(alias)}`);
    links.push(sql`${sql.ref(`${alias}.${relation.column}`)} = ${sql.ref(`${above}.${keyColumn(from)}`)}`);
    path = path === '' ? step : `${path}.${step}`;
    aliases.set(path, alias);
    [from, above] = [target, alias];
  }
  const [first, ...more] = tables;
  const joins = more.map((table, place) => sql` inner join ${table} on ${links[place + 1]}`);
  return existsSql(
    scope,
    sql`from ${first}${sql.join(joins, sql``)} where ${links[0]} and ${allOf(inner, of)}`,
  );
}

/** What is steered is asked row by row: `exists` is an offer to the planner to begin at the other table. */
export const existsSql = ({ steeredAlong }: SqlScope, from: RawBuilder<unknown>): RawBuilder<unknown> =>
  steeredAlong !== undefined ? sql`(select 1 ${from} limit 1) is not null` : sql`exists (select 1 ${from})`;
