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
import { KEY } from '../../shop/rows/select.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import { DEFAULT_LIMIT, encodeCursor, type Paging } from '../../shop/search/paging.ts';
import type { ReadingDeps, SearchArgs } from '../../shop/search/reading.ts';
import type { Search, SearchArgument, SortKey } from '../../shop/search/search.ts';
import { crossedByArgument, crossedBySortKey } from '../../shop/search-path.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { CHANGES_NO_ARGUMENTS } from '../execution/result-shape.ts';
import { type Crossing, crossing } from '../request/argument-scopes.ts';
import type { RequestContext } from '../request/context.ts';
import { type ListPlan, listPlan, planOf } from '../request/plan.ts';
import { type ArgumentReader, argumentReader, type ReadArguments } from './list-arguments.ts';
import {
  AS_NAMED,
  asNamed,
  lookUpArguments,
  missingOf,
  type Named,
  namesRows,
  readNamed,
} from './look-up.ts';

export type ListDeps = Omit<ReadingDeps, 'choices'> & {
  readonly registry: Registry;
  readonly locale: Locale;
  readonly dateTime: GraphQLInputType;
};

type ListField = GraphQLFieldConfig<unknown, RequestContext>;

export function listField(search: Search, node: GraphQLObjectType, needs: ListDeps): ListField {
  const readArguments = argumentReader(search, needs);
  return {
    type: connectionType(node, search, needs.locale),
    args: {
      ...searchArguments(search, needs),
      ...pagingArguments(search, needs),
      ...lookUpArguments(search, needs.locale),
    },
    extensions: CHANGES_NO_ARGUMENTS,
    resolve: (_root, args: SearchArgs, contextValue, info) =>
      resolveList(search, readArguments, args, contextValue, info),
  };
}

async function resolveList(
  search: Search,
  readArguments: ArgumentReader,
  args: SearchArgs,
  contextValue: RequestContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const plan = planOf(contextValue.document, info, () => listPlan(contextValue.needs, search.entity, info));
  const named = namesRows(search, args) ? await readNamed(search, args, contextValue) : undefined;
  const given = readArguments({ args, info, contextValue, named });
  const read = given instanceof Promise ? await given : given;
  const connection = await (named && !args.sortkey
    ? readAsNamed(read, named, plan, contextValue)
    : readSorted(read, named, plan, contextValue));
  if (connection.nodes.length === 0) contextValue.count(LEAST);
  if (plan.wants.cursors) for (const { cursor } of connection.edges) contextValue.show('cursor', cursor);
  for (const value of connection.missing ?? []) contextValue.show('missing', value);
  return connection;
}

/** Of a list that shows no row: it was searched all the same, and aliases are no way to do so for nothing. */
const LEAST = 1;

async function readSorted(
  { filter, paging }: ReadArguments,
  named: Named | undefined,
  plan: ListPlan,
  contextValue: RequestContext,
): Promise<Connection> {
  contextValue.estimate(plan.wants.rows ? plan.costPerRow * paging.limit : LEAST);
  const read = (wanted: Paging, wants: ListPlan['wants']) =>
    contextValue.read(() => plan.reader.list(filter, wanted, wants, contextValue, named?.keys));
  const page = await read(paging, plan.wants);
  const connection = connectionOf(page, plan, filter.sort, paging);
  if (!named || !plan.wants.missing) return connection;
  const all = await read({ limit: Math.max(1, named.keys.length), offset: 0 }, ALL_ROWS);
  return { ...connection, missing: missingOf(keysIn(all.rows), named) };
}

const ALL_ROWS: ListPlan['wants'] = { rows: true, total: false, more: false, cursors: false, missing: false };

/** All that was named is read, whatever the page: it is no more than a page may hold. */
async function readAsNamed(
  { filter, paging }: ReadArguments,
  named: Named,
  plan: ListPlan,
  contextValue: RequestContext,
): Promise<Connection> {
  contextValue.estimate(Math.max(LEAST, plan.costPerRow * named.keys.length));
  const whole: Paging = { limit: Math.max(1, named.keys.length), offset: 0 };
  const { rows } = await contextValue.read(() =>
    plan.reader.list(filter, whole, ALL_ROWS, contextValue, named.keys),
  );
  const placed = asNamed(rows, named);
  const [after = -1] = (paging.after ?? []) as number[];
  const behind = placed.filter(({ place }) => place > after);
  const page = behind.slice(paging.offset, paging.offset + paging.limit);
  const cursors = page.map(({ place }) => encodeCursor(AS_NAMED, [place]));
  const more = behind.length > paging.offset + page.length;
  const shown = { rows: page.map(({ row }) => row), total: placed.length, more };
  return { ...connectionWith(shown, cursors, paging), missing: missingOf(keysIn(rows), named) };
}

const keysIn = (rows: readonly Row[]): ReadonlySet<Key> => new Set(rows.map((row) => row[KEY] as Key));

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
  /** What was named and not found; null when nothing was named. */
  missing: readonly string[] | null;
};

function connectionOf(page: RowPage, plan: ListPlan, sort: readonly SortKey[], paging: Paging): Connection {
  const cursorOf = (row: Row): string => encodeCursor(sort, sortValuesOf(row, sort.length));
  return connectionWith(page, plan.wants.cursors ? page.rows.map(cursorOf) : [], paging);
}

function connectionWith(
  { rows, total, more }: RowPage,
  cursors: readonly string[],
  paging: Paging,
): Connection {
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
    missing: null,
  };
}

const MISSING = {
  ja: '指定したIDや番号のうち、この検索で見つからなかったもの。指定しなければ null',
  en: 'Of the IDs and numbers that were named, those that this search does not find; null when none were named',
} as const satisfies Text;

function connectionType(node: GraphQLObjectType, { lookUps }: Search, locale: Locale): GraphQLOutputType {
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
      ...(lookUps && {
        missing: {
          type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
          description: MISSING[locale],
        },
      }),
    },
  });
}

function searchArguments(
  search: Search,
  { registry, locale, dateTime }: ListDeps,
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

function pagingArguments(search: Search, { registry, locale }: ListDeps): GraphQLFieldConfigArgumentMap {
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
