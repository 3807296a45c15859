/** The statements behind a list query: one page of a search in its order, and how many rows there are. */
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import type { Entity } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { type Condition, Slot } from '../search/condition.ts';
import type { Paging } from '../search/paging.ts';
import type { Filter, SortKey } from '../search/search.ts';
import {
  allOf,
  columnRef,
  comparable,
  existsSql,
  fieldOf,
  keyColumn,
  ROOT,
  type SqlScope,
} from './condition.ts';
import { SORT, TOTAL } from './select.ts';
import type { Key } from './statement.ts';

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

export type Asked = {
  readonly filter: Filter;
  readonly paging: Paging;
  readonly wants: ListWants;
  readonly route: Route;
};

/** How the rows of a search are come by. */
export type Route = {
  /** `order`: in the order that is asked for, by no other index; `planner`: as the database thinks best. */
  readonly by: 'order' | 'planner';
  /** Among these alone are the rows. */
  readonly keys?: readonly Key[] | undefined;
  /** Of all rows that may be found those that come first; if they fill the page, no one need look at the others. */
  readonly first?: readonly Key[] | undefined;
};

export const BY_PLANNER: Route = { by: 'planner' };

/** A range of keys, both ends included. */
export type Block = { readonly first: number; readonly last: number };
export type BlockTotal = { readonly block: number; readonly total: number };

/** Counts the rows of a search, by `key >> bits`, in one block or in all. */
export type CountBlocks = (bits: number, only?: Block) => Promise<readonly BlockTotal[]>;

/** Knows how the rows of a large table are best read; every answer is an aid, never a different result. */
export type AccessPlanner = {
  /** Where it hears of changes: what it remembers is counted there, since a replica that rows are read from may be behind. */
  readonly db: Db;
  /** How the rows of a search are read; undefined = the table is small, the database decides. */
  route(filter: Filter, paging: Paging, limit: number): Promise<Route | undefined>;
  /** How many rows a search finds; undefined = that cannot be remembered. */
  total(filter: Filter, count: CountBlocks): Promise<number | undefined>;
};

export type Statement = {
  shape: string;
  /** `places`: those of the route's keys. */
  build(places: readonly unknown[]): RawBuilder<unknown>;
  values: readonly unknown[];
};

/** The alias of rows that belong to the searched row. */
const JOINED = 'j';

export function listStatement(
  context: ListContext,
  { filter, paging, wants, route }: Asked,
  limit: number,
): Statement {
  const { sort, values } = filter;
  const skipped = paging.offset > 0 ? [paging.offset] : [];
  const after = paging.after?.map((value, place) =>
    value === null ? null : new Slot(values.length + skipped.length + place),
  );
  const build = (places: readonly unknown[]): RawBuilder<unknown> => {
    const scope = rootScope(context, filter, route);
    const order = sort.map((key) => sortTerm(scope, filter, key));
    const where = foundBy(scope, filter, places);
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
  const flags = `${wants.total ? 't' : ''}${wants.cursors ? 'c' : ''} ${route.by}`;
  const shape = `${flags} ${limit} ${skipped.length} ${after ? JSON.stringify(after) : ''} ${shapeOf(filter)}`;
  return { shape, build, values: [...values, ...skipped, ...(paging.after ?? [])] };
}

/** A filter that was read once (graphql/fields/list-arguments.ts) is written down once. */
const shapes = new WeakMap<Filter, string>();

function shapeOf(filter: Filter): string {
  const known = shapes.get(filter);
  if (known !== undefined) return known;
  const { own, joined, sort } = filter;
  const shape = JSON.stringify([own, joined, sort]);
  shapes.set(filter, shape);
  return shape;
}

/**
 * The limit is part of the text, and an offset only where there is one: a plan that is made once for all values would
 * else be made for a tenth of the table (PostgreSQL), and never follow the index of the order.
 */
const limitSql = (limit: number, offset: Slot | undefined): RawBuilder<unknown> =>
  offset ? sql`limit ${sql.lit(limit)} offset ${offset}` : sql`limit ${sql.lit(limit)}`;

export function countStatement(context: ListContext, filter: Filter, route: Route): Statement {
  const build = (places: readonly unknown[]): RawBuilder<unknown> =>
    countSql(context, foundBy(rootScope(context, filter, route), filter, places));
  return {
    shape: JSON.stringify(['count', route.by, filter.own, filter.joined]),
    build,
    values: filter.values,
  };
}

/** Rows of a search by `key >> bits`, in the whole table or where the key lies between two. */
export function blocksStatement(
  context: ListContext,
  filter: Filter,
  bits: number,
  only: Block | undefined,
): Statement {
  const { own, joined, values } = filter;
  const between = only && [new Slot(values.length), new Slot(values.length + 1)];
  const build = (places: readonly unknown[]): RawBuilder<unknown> => {
    const scope = rootScope(context, filter, { by: only || places.length > 0 ? 'order' : 'planner' });
    const key = sql.ref(`${ROOT}.${keyColumn(context.entity)}`);
    const block = sql`${key} >> ${sql.lit(bits)}`;
    const within = between ? sql`${key} >= ${between[0]} and ${key} <= ${between[1]} and ` : sql``;
    return sql`select ${block} as block, count(*) as total from ${tableOf(context)}
      where ${within}${foundBy(scope, filter, places)} group by ${block}`;
  };
  return {
    shape: JSON.stringify(['blocks', bits, only !== undefined, own, joined]),
    build,
    values: only ? [...values, only.first, only.last] : values,
  };
}

const rootScope = ({ kit, registry, entity }: ListContext, { sort }: Filter, { by }: Route): SqlScope => ({
  kit,
  registry,
  entity: entity.name,
  aliases: new Map([['', ROOT]]),
  steeredAlong: by === 'order' ? (sort[0]?.field ?? '') : undefined,
});

const tableOf = ({ entity }: ListContext): RawBuilder<unknown> =>
  sql`${sql.table(entity.table)} as ${sql.id(ROOT)}`;

const countSql = (context: ListContext, where: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select count(*) as ${sql.id(TOTAL)} from ${tableOf(context)} where ${where}`;

function foundBy(scope: SqlScope, { own, joined }: Filter, places: readonly unknown[]): RawBuilder<unknown> {
  const key = sql.ref(`${ROOT}.${keyColumn(scope.registry.entity(scope.entity))}`);
  const among = places.length > 0 ? [sql`${key} in (${sql.join(places)})`] : [];
  const some = joined.map(({ relation, of }) => existsSql(scope, joinedFrom(scope, relation, of)));
  return sql.join([...among, allOf(scope, own), ...some], sql` and `);
}

/** The rows that belong to the searched row by a relation and meet the conditions. */
function joinedFrom(scope: SqlScope, relationName: string, of: readonly Condition[]): RawBuilder<unknown> {
  const entity = scope.registry.entity(scope.entity);
  const relation = entity.relations[relationName];
  if (!relation) throw new Error(`${entity.name} has no relation ${relationName}`);
  const inner: SqlScope = { ...scope, aliases: new Map([...scope.aliases, [relationName, JOINED]]) };
  return sql`from ${sql.table(scope.registry.target(relation).table)} as ${sql.id(JOINED)}
    where ${sql.ref(`${JOINED}.${relation.column}`)} = ${sql.ref(`${ROOT}.${keyColumn(entity)}`)}
    and ${allOf(inner, of)}`;
}

type SortTerm = {
  /** A given value as it is compared with these. */
  readonly comparable: (slot: Slot) => unknown;
  readonly value: RawBuilder<unknown>;
  readonly nullable: boolean;
  readonly direction: 'asc' | 'desc';
  readonly terms: readonly RawBuilder<unknown>[];
};

/** Rows without a value come last, in either direction and on every database. */
function sortTerm(scope: SqlScope, filter: Filter, { field, direction }: SortKey): SortTerm {
  const { nullable, type } = fieldOf(scope, field);
  const value = sortValue(scope, filter, { field, direction });
  const terms = nullable ? scope.kit.nullsLast(value, direction) : [sql`${value} ${sql.raw(direction)}`];
  // Dates come as the database gave them.
  const given = (slot: Slot) => (type === 'datetimetz' ? slot : comparable(scope, type, slot));
  return { comparable: given, value, nullable, direction, terms };
}

/** A row with several values is sorted by the one that comes first in the asked direction. */
function sortValue(scope: SqlScope, filter: Filter, { field, direction }: SortKey): RawBuilder<unknown> {
  const relation = field.includes('.') ? field.slice(0, field.indexOf('.')) : undefined;
  if (relation === undefined) return columnRef(scope, field);
  const of = filter.joined.find((one) => one.relation === relation)?.of ?? [];
  const column = sql.ref(`${JOINED}.${fieldOf(scope, field).column}`);
  const first = sql`${sql.raw(direction === 'asc' ? 'min' : 'max')}(${column})`;
  return sql`(select ${first} ${joinedFrom(scope, relation, of)})`;
}

/** The rows behind the one whose sort values are given (null: it has none, and comes last). */
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
  return sql`${first.value} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${first.comparable(bound)} and ${any}`;
}

const sameSql = ({ value, comparable }: SortTerm, slot: Slot | null): RawBuilder<unknown> =>
  slot === null ? sql`${value} is null` : sql`${value} = ${comparable(slot)}`;

function laterSql(
  { value, nullable, direction, comparable }: SortTerm,
  slot: Slot | null,
): RawBuilder<unknown> {
  if (slot === null) return sql`1 = 0`;
  const beyond = sql`${value} ${sql.raw(direction === 'asc' ? '>' : '<')} ${comparable(slot)}`;
  return nullable ? sql`(${beyond} or ${value} is null)` : beyond;
}
