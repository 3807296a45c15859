/**
 * Judges which tables extensions want watched. Triggers are made of these names, and a trigger that fails makes writes to
 * the shop fail: what is doubtful is refused here.
 */

import { FEED_SOURCES, type FeedSource } from '../database/feed-sources.ts';
import type { ChangeTopic } from '../graphql/extension-parts.ts';
import { changeTopics } from '../graphql/readable-changes.ts';
import { columnName, type Entity } from '../shop/entity.ts';

const ENTITY = /^[a-z][a-z0-9_]{0,15}$/; // as long as the feed's column, and safe in a header or a query string
const TABLE = /^[a-z_][a-z0-9_]{0,49}$/; // with what a trigger's name adds, 63 characters
const COLUMN = /^[a-z_][a-z0-9_]{0,62}$/;
const WHOLE_NUMBERS = ['id', 'integer', 'smallint'];

export type Watched = {
  readonly topics: readonly ChangeTopic[];
  readonly feed: readonly FeedSource[];
  readonly entities: readonly Entity[];
  /** Every scope that there is. */
  readonly scopes: readonly string[];
};

/** The root of a topic, as the feed watches it. */
export const sourceOf = ({ entity, table, column }: ChangeTopic): FeedSource => ({
  table,
  entity,
  column: column ?? 'id',
  root: true,
});

export function feedFaults({ topics, feed, entities, scopes }: Watched): string[] {
  const names = changeTopics({ topics }).map(({ entity }) => entity);
  const tables = [...FEED_SOURCES, ...topics, ...feed].map(({ table }) => table);
  return [
    ...twice(names).map((name) => `two topics would be called ${name}`),
    ...twice(tables).map((table) => `table ${table} would be watched twice`),
    ...topics.flatMap((topic) => topicFaults(topic, entities, scopes)),
    ...feed.flatMap((source) => sourceFaults(source, names)),
  ];
}

function topicFaults(topic: ChangeTopic, entities: readonly Entity[], scopes: readonly string[]): string[] {
  const { entity, table } = topic;
  const { column } = sourceOf(topic);
  const place = `topic ${entity}`;
  const unknown = (topic.scopes ?? []).filter((scope) => !scopes.includes(scope));
  return [
    ...(ENTITY.test(entity) ? [] : [`${place}: must be a–z, 0–9 and _, 16 characters at the most`]),
    ...nameFaults(place, [table], [column]),
    ...(isWholeNumber(entities, table, column)
      ? []
      : [`${place}: ${table}.${column} must be a whole number`]),
    ...unknown.map((scope) => `${place}: there is no scope ${scope}`),
  ];
}

function sourceFaults(
  { table, entity, column, through, root }: FeedSource,
  names: readonly string[],
): string[] {
  const place = `feed ${table}`;
  return [
    ...(names.includes(entity) ? [] : [`${place}: there is no topic ${entity}; ${names.join(', ')} are`]),
    ...(root ? [`${place}: what has changes of its own is declared in topics`] : []),
    ...nameFaults(
      place,
      [table, ...(through ? [through.table] : [])],
      [column, ...(through ? [through.key, through.column] : [])],
    ),
  ];
}

const nameFaults = (place: string, tables: readonly string[], columns: readonly string[]): string[] =>
  [...tables.filter((name) => !TABLE.test(name)), ...columns.filter((name) => !COLUMN.test(name))].map(
    (name) => `${place}: “${name}” is no name that a trigger can take (a–z, 0–9 and _, not too long)`,
  );

/** As far as the column is declared. */
function isWholeNumber(entities: readonly Entity[], table: string, column: string): boolean {
  const columns = Object.entries(entities.find((entity) => entity.table === table)?.columns ?? {});
  const declared = columns.find(([field, one]) => columnName(field, one) === column)?.[1];
  return declared === undefined || WHOLE_NUMBERS.includes(declared.type);
}

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, place) => names.indexOf(name) !== place)),
];
