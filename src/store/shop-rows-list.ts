/** The statements behind a list query: one page of a search in its order, and how many rows there are. */
import { type RawBuilder, sql } from 'kysely';
import { type Condition, Slot } from '../shop/condition.ts';
import type { Entity } from '../shop/entity.ts';
import type { Registry } from '../shop/registry.ts';
import type { Filter, SortKey } from '../shop/search.ts';
import type { Paging } from '../shop/search-paging.ts';
import type { DialectKit } from './dialect/kit.ts';
import { allOf, columnRef, fieldOf, keyColumn, ROOT, type Scope } from './shop-rows-condition.ts';
import { SORT, TOTAL } from './shop-rows-select.ts';

export type ListWants = {
  readonly rows: boolean;
  /** How many rows the search finds in all. */
  readonly total: boolean;
  /** Whether rows follow the page. */
  readonly more: boolean;
  /** The sort values of each row. */
  readonly cursors: boolean;
};

export type ListContext = {
  readonly kit: DialectKit;
  readonly registry: Registry;
  readonly entity: Entity;
  /** What is selected of each row. */
  columns(filter: Filter): RawBuilder<unknown>;
};

export type Asked = { readonly filter: Filter; readonly paging: Paging; readonly wants: ListWants };

type Statement = { shape: string; build(): RawBuilder<unknown>; values: readonly unknown[] };

/** The alias of rows that belong to the searched row. */
const JOINED = 'j';

export function listStatement(
  context: ListContext,
  { filter, paging, wants }: Asked,
  limit: number,
): Statement {
  const { own, joined, sort, values } = filter;
  const skipped = paging.offset > 0 ? [paging.offset] : [];
  const after = paging.after?.map((value, place) =>
    value === null ? null : new Slot(values.length + skipped.length + place),
  );
  const build = (): RawBuilder<unknown> => {
    const scope = rootScope(context);
    const order = sort.map((key) => sortTerm(scope, filter, key));
    const where = foundBy(scope, filter);
    const total = wants.total ? sql`, (${countSql(context, where)}) as ${sql.id(TOTAL)}` : sql``;
    const sorts = wants.cursors
      ? sql`, ${sql.join(order.map(({ value }, place) => sql`${value} as ${sql.id(`${SORT}${place}`)}`))}`
      : sql``;
    const behind = after ? sql` and ${behindSql(order, after)}` : sql``;
    return sql`select ${context.columns(filter)}${total}${sorts}
      from ${tableOf(context)} where ${where}${behind}
      order by ${sql.join(order.flatMap(({ terms }) => terms))}
      ${limitSql(limit, skipped.length > 0 ? new Slot(values.length) : undefined)}`;
  };
  const flags = `${wants.total ? 't' : ''}${wants.cursors ? 'c' : ''}`;
  const shape = JSON.stringify([flags, limit, skipped.length, own, joined, sort, after ?? null]);
  return { shape, build, values: [...values, ...skipped, ...(paging.after ?? [])] };
}

/**
 * The limit stands in the text, and an offset only where there is one: a plan that is made once for all values would
 * else be made for a tenth of the table (PostgreSQL), and never follow the index of the order.
 */
const limitSql = (limit: number, offset: Slot | undefined): RawBuilder<unknown> =>
  offset ? sql`limit ${sql.lit(limit)} offset ${offset}` : sql`limit ${sql.lit(limit)}`;

export function countStatement(context: ListContext, filter: Filter): Statement {
  const build = (): RawBuilder<unknown> => countSql(context, foundBy(rootScope(context), filter));
  return { shape: JSON.stringify(['count', filter.own, filter.joined]), build, values: filter.values };
}

const rootScope = ({ kit, registry, entity }: ListContext): Scope => ({
  kit,
  registry,
  entity: entity.name,
  aliases: new Map([['', ROOT]]),
});

const tableOf = ({ entity }: ListContext): RawBuilder<unknown> =>
  sql`${sql.table(entity.table)} as ${sql.id(ROOT)}`;

const countSql = (context: ListContext, where: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select count(*) as ${sql.id(TOTAL)} from ${tableOf(context)} where ${where}`;

function foundBy(scope: Scope, { own, joined }: Filter): RawBuilder<unknown> {
  const some = joined.map(({ relation, of }) => sql`exists (${joinedSql(scope, relation, of, sql`1`)})`);
  return sql.join([allOf(scope, own), ...some], sql` and `);
}

/** `what` of the rows that belong to the searched row by a relation and meet the conditions. */
function joinedSql(
  scope: Scope,
  relationName: string,
  of: readonly Condition[],
  what: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const entity = scope.registry.entity(scope.entity);
  const relation = entity.relations[relationName];
  if (!relation) throw new Error(`${entity.name} has no relation ${relationName}`);
  const inner: Scope = { ...scope, aliases: new Map([...scope.aliases, [relationName, JOINED]]) };
  return sql`select ${what} from ${sql.table(scope.registry.target(relation).table)} as ${sql.id(JOINED)}
    where ${sql.ref(`${JOINED}.${relation.column}`)} = ${sql.ref(`${ROOT}.${keyColumn(entity)}`)}
    and ${allOf(inner, of)}`;
}

type SortTerm = {
  readonly value: RawBuilder<unknown>;
  readonly nullable: boolean;
  readonly direction: 'asc' | 'desc';
  readonly terms: readonly RawBuilder<unknown>[];
};

/** Rows without a value come last, in either direction and on every database. */
function sortTerm(scope: Scope, filter: Filter, { field, direction }: SortKey): SortTerm {
  const { nullable } = fieldOf(scope, field);
  const value = sortValue(scope, filter, { field, direction });
  const bare = sql`${value} ${sql.raw(direction)}`;
  const terms = nullable ? [sql`case when ${value} is null then 1 else 0 end`, bare] : [bare];
  return { value, nullable, direction, terms };
}

/** A row with several values is sorted by the one that comes first in the asked direction. */
function sortValue(scope: Scope, filter: Filter, { field, direction }: SortKey): RawBuilder<unknown> {
  const relation = field.includes('.') ? field.slice(0, field.indexOf('.')) : undefined;
  if (relation === undefined) return columnRef(scope, field);
  const of = filter.joined.find((one) => one.relation === relation)?.of ?? [];
  const column = sql.ref(`${JOINED}.${fieldOf(scope, field).column}`);
  const first = sql`${sql.raw(direction === 'asc' ? 'min' : 'max')}(${column})`;
  return sql`(${joinedSql(scope, relation, of, first)})`;
}

/** The rows behind the one whose sort values are given (null: it has none, and stands among the last). */
function behindSql(order: readonly SortTerm[], after: readonly (Slot | null)[]): RawBuilder<unknown> {
  const steps = order.map((term, place) => {
    const same = order.slice(0, place).map((one, at) => sameSql(one, after[at] ?? null));
    return sql`(${sql.join([...same, laterSql(term, after[place] ?? null)], sql` and `)})`;
  });
  const any = sql`(${sql.join(steps, sql` or `)})`;
  const [first] = order;
  const bound = after[0];
  if (!first || first.nullable || !bound) return any;
  // Says nothing new, but an index on the first key can use it.
  return sql`${first.value} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${bound} and ${any}`;
}

const sameSql = ({ value }: SortTerm, slot: Slot | null): RawBuilder<unknown> =>
  slot === null ? sql`${value} is null` : sql`${value} = ${slot}`;

function laterSql({ value, nullable, direction }: SortTerm, slot: Slot | null): RawBuilder<unknown> {
  if (slot === null) return sql`1 = 0`;
  const beyond = sql`${value} ${sql.raw(direction === 'asc' ? '>' : '<')} ${slot}`;
  return nullable ? sql`(${beyond} or ${value} is null)` : beyond;
}
