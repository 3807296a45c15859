/** Conditions of a search as SQL. Tables are known by aliases; an alias belongs to a way of relations from the searched row. */
import { type RawBuilder, sql } from 'kysely';
import { type Condition, type Slot, wayOf } from '../shop/condition.ts';
import type { Entity } from '../shop/entity.ts';
import { type Field, resolveField } from '../shop/field.ts';
import type { Registry } from '../shop/registry.ts';
import type { DialectKit } from './dialect/kit.ts';
import { DateSlot } from './shop-rows-statement.ts';

export const ROOT = 'r';

/** What stands in a FROM: way of relations → alias. */
export type Scope = {
  readonly kit: DialectKit;
  readonly registry: Registry;
  /** The searched entity; all field names begin there. */
  readonly entity: string;
  readonly aliases: ReadonlyMap<string, string>;
};

export function keyColumn(entity: Entity): string {
  const key = Object.entries(entity.columns).find(([, column]) => column.key);
  return key?.[1].column ?? key?.[0] ?? 'id';
}

export const fieldOf = (scope: Scope, path: string): Field =>
  resolveField(scope.registry, scope.entity, path);

export function columnRef(scope: Scope, path: string): RawBuilder<unknown> {
  const alias = scope.aliases.get(wayOf(path));
  if (alias === undefined) throw new Error(`${path} is out of reach of this statement`);
  return sql.ref(`${alias}.${fieldOf(scope, path).column}`);
}

export const allOf = (scope: Scope, conditions: readonly Condition[]): RawBuilder<unknown> =>
  conditions.length === 0
    ? sql`1 = 1`
    : sql.join(
        conditions.map((one) => conditionSql(scope, one)),
        sql` and `,
      );

function conditionSql(scope: Scope, condition: Condition): RawBuilder<unknown> {
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
      return sql`${columnRef(scope, condition.field)} in (${sql.join(condition.values)})`;
    case 'not in':
      return sql`${columnRef(scope, condition.field)} not in (${sql.join(condition.values)})`;
    case 'like':
      return likeSql(scope, condition);
    case 'month':
      return sql`${scope.kit.month(columnRef(scope, condition.field), condition.offset)} = ${condition.month}`;
    default:
      return comparisonSql(scope, condition);
  }
}

function comparisonSql(
  scope: Scope,
  { field, op, value }: Extract<Condition, { value: Slot }>,
): RawBuilder<unknown> {
  const isDate = fieldOf(scope, field).type === 'datetimetz';
  return sql`${columnRef(scope, field)} ${sql.raw(op)} ${isDate ? new DateSlot(value) : value}`;
}

function likeSql(
  scope: Scope,
  { fields, pattern, escaped }: Extract<Condition, { op: 'like' }>,
): RawBuilder<unknown> {
  const columns = fields.map((field) => columnRef(scope, field));
  const [only] = columns;
  return scope.kit.like(columns.length === 1 && only ? only : scope.kit.concat(columns), pattern, escaped);
}

/** `exists` over a chain of relations, each one's rows holding the key of the one before. */
function someSql(scope: Scope, { way, of }: Extract<Condition, { op: 'some' }>): RawBuilder<unknown> {
  const aliases = new Map(scope.aliases);
  const inner: Scope = { ...scope, aliases };
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
  return sql`exists (select 1 from ${first}${sql.join(joins, sql``)} where ${links[0]} and ${allOf(inner, of)})`;
}
