/**
 * A list query that is given ids or numbers: of what else it searches for it shows those rows alone, in the order in which they
 * were named, and says which were not found. Pages and cursors count along that order; a `sortkey` sorts instead.
 */

import type { GraphQLFieldConfigArgumentMap } from 'graphql';
import { GraphQLID, GraphQLList, GraphQLNonNull, GraphQLString } from 'graphql';
import { KEY } from '../../shop/rows/select.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import { DEFAULT_LIMIT } from '../../shop/search/paging.ts';
import type { SearchArgs } from '../../shop/search/reading.ts';
import type { LookUp, Search, SortKey } from '../../shop/search/search.ts';
import { searchedId } from '../../shop/search/values.ts';
import { keysByExternalId } from '../../shop/store/client-data.ts';
import { keysByText } from '../../shop/store/looked-up.ts';
import type { Locale } from '../../shop/text.ts';
import { MOST_LOOKED_UP, tooManyLookedUp } from '../looked-up.ts';
import { crossing } from '../request/argument-scopes.ts';
import type { RequestContext } from '../request/context.ts';

/** The order of what was named; a cursor holds a place in it. */
export const AS_NAMED: readonly SortKey[] = [{ field: '$named', direction: 'asc' }];

/** What a request names, each with the keys that it may stand for. */
export type Named = {
  readonly values: readonly { readonly value: string; readonly keys: readonly Key[] }[];
  readonly keys: readonly Key[];
};

export const lookUpArguments = (search: Search, locale: Locale): GraphQLFieldConfigArgumentMap =>
  Object.fromEntries(
    (search.lookUps ?? []).map(({ name, by, label }) => [
      name,
      {
        type: new GraphQLList(new GraphQLNonNull(by === 'key' ? GraphQLID : GraphQLString)),
        description: label[locale],
        extensions: crossing([search.entity]),
      },
    ]),
  );

export const namesRows = ({ lookUps = [] }: Search, args: SearchArgs): boolean =>
  lookUps.some(({ name }) => Boolean(args[name]));

/** undefined: nothing is named, so that everything is searched. */
export async function readNamed(
  search: Search,
  args: SearchArgs,
  contextValue: RequestContext,
): Promise<Named | undefined> {
  const { needs } = contextValue;
  const given = (search.lookUps ?? []).flatMap((lookUp) => {
    const list = args[lookUp.name] as readonly string[] | null | undefined;
    return list ? [{ lookUp, list: [...new Set(list)] }] : [];
  });
  if (given.length === 0) return undefined;
  const most = Math.min(MOST_LOOKED_UP, needs.limits.pageSize);
  const count = given.reduce((sum, { list }) => sum + list.length, 0);
  if (count > most) throw tooManyLookedUp(given.at(-1)?.lookUp.name ?? '', most, needs.locale);
  const keysOf = async ({ by }: LookUp, list: readonly string[]): Promise<Named['values']> => {
    if (by === 'key') return list.map((value) => ({ value, keys: [searchedId(value) ?? []].flat() }));
    const { store, registry } = needs;
    const place = { ...store, registry };
    const { clientId } = contextValue.principal;
    const found = await contextValue.read(() =>
      by === 'external_id'
        ? keysByExternalId(place, { clientId, entity: search.entity }, list)
        : keysByText(place, search.entity, by.field, list),
    );
    return list.map((value) => ({ value, keys: found.get(value) ?? [] }));
  };
  const values = (await Promise.all(given.map(({ lookUp, list }) => keysOf(lookUp, list)))).flat();
  return { values, keys: [...new Set(values.flatMap(({ keys }) => keys))] };
}

/** Without a wish for pages all that was named comes on one. */
export function pagingArgs(args: SearchArgs, { keys }: Named): SearchArgs {
  const isUnpaged = args.limit === DEFAULT_LIMIT && typeof args.first !== 'number' && args.page === 1;
  return isUnpaged ? { ...args, limit: Math.max(1, keys.length) } : args;
}

/** The rows as they were named, each with its place. */
export function asNamed(rows: readonly Row[], { keys }: Named): { row: Row; place: number }[] {
  const byKey = new Map(rows.map((row) => [row[KEY] as Key, row]));
  return keys.flatMap((key, place) => {
    const row = byKey.get(key);
    return row ? [{ row, place }] : [];
  });
}

/** What was named and is no row of the search, as it was given. */
export function missingOf(found: ReadonlySet<Key>, { values }: Named): string[] {
  return values.filter(({ keys }) => !keys.some((key) => found.has(key))).map(({ value }) => value);
}
