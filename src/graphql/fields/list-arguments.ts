/**
 * The arguments of a list query → what is asked of its rows, or every fault at once. Where a document gives them without
 * variables they are read once, for as long as the document is kept.
 */
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { resolveField } from '../../shop/search/field.ts';
import { type Paging, readPaging } from '../../shop/search/paging.ts';
import { neededChoices, readSearch } from '../../shop/search/read.ts';
import type { ReadingDeps, SearchArgs } from '../../shop/search/reading.ts';
import type { Filter, Search } from '../../shop/search/search.ts';
import { InvalidArgument } from '../errors.ts';
import { hasVariables } from '../execution/result-shape.ts';
import type { RequestContext } from '../request/context.ts';
import { AS_NAMED, type Named, pagingArgs } from './look-up.ts';

export type ReadArguments = { readonly filter: Filter; readonly paging: Paging };

type Given = {
  readonly args: SearchArgs;
  readonly info: Pick<GraphQLResolveInfo, 'fieldNodes'>;
  readonly contextValue: RequestContext;
  readonly named: Named | undefined;
};

export type ArgumentReader = (given: Given) => ReadArguments | Promise<ReadArguments>;

export function argumentReader(search: Search, needs: Omit<ReadingDeps, 'choices'>): ArgumentReader {
  const known = new WeakMap<FieldNode, ReadArguments>();
  return (given) => {
    const [node] = given.info.fieldNodes;
    const fixed = node && known.get(node);
    return fixed ?? readAnew(search, needs, given, known);
  };
}

async function readAnew(
  search: Search,
  needs: Omit<ReadingDeps, 'choices'>,
  { args, info, contextValue, named }: Given,
  known: WeakMap<FieldNode, ReadArguments>,
): Promise<ReadArguments> {
  const entities = neededChoices(search, args);
  const choices = await choicesOf(entities, contextValue);
  const read = readArguments(search, { ...needs, choices }, args, { contextValue, named });
  const [node] = info.fieldNodes;
  // What is named and which choices there are is looked up each time.
  if (node && !named && entities.length === 0 && !hasVariables(node)) known.set(node, read);
  return read;
}

function readArguments(
  search: Search,
  needs: ReadingDeps,
  args: SearchArgs,
  { contextValue, named }: Pick<Given, 'contextValue' | 'named'>,
): ReadArguments {
  const { registry, limits } = contextValue.needs;
  const read = readSearch(search, args, needs);
  const isAsNamed = named !== undefined && !args.sortkey;
  const typeOf = (field: string) =>
    isAsNamed ? 'integer' : resolveField(registry, search.entity, field).type;
  const sort = 'filter' in read ? (isAsNamed ? AS_NAMED : read.filter.sort) : undefined;
  const paged = named ? pagingArgs(args, named) : args;
  // Without an order a cursor cannot be judged.
  const page = readPaging(sort ? paged : { ...paged, after: null }, sort ?? [], {
    maxLimit: limits.pageSize,
    messages: needs.messages,
    typeOf,
  });
  if ('filter' in read && 'paging' in page) return { filter: read.filter, paging: page.paging };
  const faults = [...('faults' in read ? read.faults : []), ...('faults' in page ? page.faults : [])];
  throw new InvalidArgument(faults);
}

async function choicesOf(
  entities: readonly string[],
  contextValue: RequestContext,
): Promise<ReadingDeps['choices']> {
  if (entities.length === 0) return new Map();
  return new Map(
    await Promise.all(entities.map(async (name) => [name, await contextValue.choices(name)] as const)),
  );
}
