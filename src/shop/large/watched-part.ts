/** Under which name the feed tells of the rows of a search, and whether it tells of all that decides what is found. */

import { FEED_SOURCES } from '../../database/feed-sources.ts';
import type { Registry } from '../registry.ts';
import { type Condition, fieldsOf, wayOf } from '../search/condition.ts';
import { targetOf } from '../search/field.ts';
import type { Filter } from '../search/search.ts';

export type WatchedPart = {
  /** `product`, `order`, `customer` */
  readonly entity: string;
  /** The tables that the search looks into. */
  readonly tables: readonly string[];
};

/** undefined = rows of a table count that the feed tells nothing of, or tells as something else. */
export function watchedPartOf(registry: Registry, filter: Filter): WatchedPart | undefined {
  const { entity, own, joined } = filter;
  const joins = joined.flatMap(({ relation, of }) => [relation, ...of.flatMap(waysOf)]);
  const ways = new Set(['', ...own.flatMap(waysOf), ...joins]);
  const tables = [...new Set([...ways].flatMap((way) => tablesAlong(registry, entity, way)))];
  const names = new Set(tables.map((table) => FEED_SOURCES.find((source) => source.table === table)?.entity));
  const [name] = names;
  return names.size === 1 && name !== undefined ? { entity: name, tables } : undefined;
}

function waysOf(condition: Condition): string[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(waysOf);
  if (condition.op === 'some') return [condition.way.join('.')];
  return fieldsOf(condition).map(wayOf);
}

function tablesAlong(registry: Registry, entityName: string, way: string): string[] {
  let from = registry.entity(entityName);
  const tables = [from.table];
  for (const step of way === '' ? [] : way.split('.')) {
    from = targetOf(registry, from, step);
    tables.push(from.table);
  }
  return tables;
}
