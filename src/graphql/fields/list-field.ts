/** The list queries: a search's arguments as GraphQL arguments, its rows as a connection with pages and with cursors. */
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLString,
} from 'graphql';
import type { Registry } from '../../shop/registry.ts';
import { type RowPage, sortValuesOf } from '../../shop/rows/rows.ts';
import type { Row } from '../../shop/rows/statement.ts';
import { resolveField } from '../../shop/search/field.ts';
import { DEFAULT_LIMIT, encodeCursor, type Paging, readPaging } from '../../shop/search/paging.ts';
import { neededChoices, readSearch } from '../../shop/search/read.ts';
import type { ReadingDeps, SearchArgs } from '../../shop/search/reading.ts';
import type { Filter, Search, SearchArgument, SortKey } from '../../shop/search/search.ts';
import { crossedByArgument, crossedBySortKey } from '../../shop/search-path.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { InvalidArgument } from '../errors.ts';
import { type Crossing, crossing } from '../request/argument-scopes.ts';
import type { RequestContext } from '../request/context.ts';
import { type ListPlan, listPlan, planOf } from '../request/plan.ts';

export type ListNeeds = Omit<ReadingDeps, 'choices'> & {
  readonly registry: Registry;
  readonly locale: Locale;
  readonly dateTime: GraphQLInputType;
};

type ListField = GraphQLFieldConfig<unknown, RequestContext>;

export function listField(search: Search, node: GraphQLObjectType, needs: ListNeeds): ListField {
  return {
    type: connectionType(node),
    args: { ...searchArguments(search, needs), ...pagingArguments(search, needs) },
    resolve: (_root, args: SearchArgs, contextValue, info) =>
      resolveList(search, needs, args, contextValue, info),
  };
}

async function resolveList(
  search: Search,
  needs: ListNeeds,
  args: SearchArgs,
  contextValue: RequestContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const plan = planOf(contextValue.document, info, () => listPlan(contextValue.needs, search.entity, info));
  const { filter, paging } = await readArguments(search, needs, args, contextValue);
  if (plan.wants.rows) contextValue.estimate(plan.costPerRow * paging.limit);
  const page = await contextValue.read(() => plan.reader.list(filter, paging, plan.wants, contextValue));
  const connection = connectionOf(page, plan, filter.sort, paging);
  if (plan.wants.cursors) for (const { cursor } of connection.edges) contextValue.show('cursor', cursor);
  return connection;
}

async function readArguments(
  search: Search,
  needs: ListNeeds,
  args: SearchArgs,
  contextValue: RequestContext,
): Promise<{ filter: Filter; paging: Paging }> {
  const { registry, limits } = contextValue.needs;
  const choices: ReadingDeps['choices'] = await knownChoices(neededChoices(search, args), contextValue);
  const read = readSearch(search, args, { ...needs, choices });
  const typeOf = (field: string) => resolveField(registry, search.entity, field).type;
  const sort = 'filter' in read ? read.filter.sort : undefined;
  // Without an order a cursor cannot be judged.
  const paged = readPaging(sort ? args : { ...args, after: null }, sort ?? [], {
    maxLimit: limits.pageSize,
    messages: needs.messages,
    typeOf,
  });
  if ('filter' in read && 'paging' in paged) return { filter: read.filter, paging: paged.paging };
  const faults = [...('faults' in read ? read.faults : []), ...('faults' in paged ? paged.faults : [])];
  throw new InvalidArgument(faults);
}

async function knownChoices(
  entities: readonly string[],
  contextValue: RequestContext,
): Promise<ReadingDeps['choices']> {
  if (entities.length === 0) return new Map();
  return new Map(
    await Promise.all(entities.map(async (name) => [name, await contextValue.choices(name)] as const)),
  );
}

type Connection = {
  nodes: readonly Row[];
  edges: readonly { node: Row; cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
};

function connectionOf(page: RowPage, plan: ListPlan, sort: readonly SortKey[], paging: Paging): Connection {
  const { rows, total, more } = page;
  const cursorOf = (row: Row): string => encodeCursor(sort, sortValuesOf(row, sort.length));
  const cursors = plan.wants.cursors ? rows.map(cursorOf) : [];
  return {
    nodes: rows,
    edges: rows.map((node, place) => ({ node, cursor: cursors[place] ?? '' })),
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: paging.offset > 0 || paging.after !== undefined,
      startCursor: cursors.at(0) ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    totalCount: total,
  };
}

function connectionType(node: GraphQLObjectType): GraphQLOutputType {
  const required = <T extends GraphQLOutputType>(type: T) => ({ type: new GraphQLNonNull(type as never) });
  const edge = new GraphQLObjectType({
    name: `${node.name}Edge`,
    fields: { node: { type: node }, cursor: required(GraphQLString) },
  });
  const pageInfo = new GraphQLObjectType({
    name: `${node.name}PageInfo`,
    fields: {
      hasNextPage: required(GraphQLBoolean),
      hasPreviousPage: required(GraphQLBoolean),
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });
  return new GraphQLObjectType({
    name: `${node.name}Connection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      nodes: { type: new GraphQLList(node) },
      pageInfo: required(pageInfo),
      totalCount: required(GraphQLInt),
    },
  });
}

function searchArguments(
  search: Search,
  { registry, locale, dateTime }: ListNeeds,
): GraphQLFieldConfigArgumentMap {
  const args = search.arguments.map((argument) => {
    const value = 'default' in argument ? [...(argument.default ?? [])] : null;
    const config = {
      type: argumentType(argument, dateTime),
      description: argument.label[locale],
      default: { value },
      extensions: crossing(crossedByArgument(registry, search, argument)),
    };
    return [argument.name, config];
  });
  return Object.fromEntries(args) as GraphQLFieldConfigArgumentMap;
}

function argumentType({ kind }: SearchArgument, dateTime: GraphQLInputType): GraphQLInputType {
  if (kind === 'choices' || kind === 'halves') return new GraphQLList(GraphQLString);
  if (kind === 'instant') return dateTime;
  return kind === 'count' ? GraphQLInt : GraphQLString;
}

/** Characters; a cursor holds the values of a row, of which a plugin's may have 4,000 characters. */
const LONGEST_CURSOR = 40_000;

/** EC-CUBE has no better words for the first two. */
const PAGING_TEXTS = {
  sortkey: { ja: 'listSortKey', en: 'listSortKey' },
  sorttype: { ja: 'listSortType', en: 'listSortType' },
  page: { ja: 'ページ番号', en: 'Page number' },
  limit: { ja: 'ページあたりの取得数の上限', en: 'Rows per page at most' },
  first: {
    ja: '先頭から取得する件数（カーソルによるページング）',
    en: 'Rows from the start or behind the cursor',
  },
  after: { ja: 'このカーソルより後を取得', en: 'Rows behind this cursor' },
} as const satisfies Record<string, Text>;

function pagingArguments(search: Search, { registry, locale }: ListNeeds): GraphQLFieldConfigArgumentMap {
  const sorting: Crossing = (key) => crossedBySortKey(registry, search, key);
  const argument = (
    name: keyof typeof PAGING_TEXTS,
    type: GraphQLInputType,
    value: number | null = null,
  ) => ({
    type,
    description: PAGING_TEXTS[name][locale],
    default: { value },
    extensions: crossing([]),
  });
  return {
    sortkey: { ...argument('sortkey', GraphQLString), extensions: crossing(sorting) },
    sorttype: argument('sorttype', GraphQLString),
    page: argument('page', GraphQLInt, 1),
    limit: argument('limit', GraphQLInt, DEFAULT_LIMIT),
    first: argument('first', GraphQLInt),
    after: { ...argument('after', GraphQLString), extensions: { ...crossing([]), longest: LONGEST_CURSOR } },
  };
}
