/** Fits what the extensions bring to the shop's database: plugins come and go, and what is absent is left out and named. */

import type { LiveSchema } from '../database/live-schema.ts';
import type { ApiExtension } from '../graphql/extension-parts.ts';
import { buildRegistry, type Registry } from '../shop/registry.ts';
import { withoutMissing } from '../shop/without-missing.ts';
import { sourceOf } from './feed-faults.ts';
import type { Extended } from './merge.ts';

export type Fitted = {
  readonly registry: Registry;
  readonly extended: Extended;
  /** One English sentence for each thing that was left out. */
  readonly notes: readonly string[];
};

type Field = ApiExtension['queries' | 'mutations'][number];

export function fitToShop(extended: Extended, live: LiveSchema): Fitted {
  const { registry, notes } = withoutMissing(buildRegistry(extended.entities), live);
  const present = new Set(registry.entities.map(({ name }) => name));
  const absent = new Map(
    extended.entities.filter(({ name }) => !present.has(name)).map(({ name, table }) => [name, table]),
  );
  const lacking = (field: Field) => typesOf(field).flatMap((type) => absent.get(type) ?? [])[0];
  const { queries, mutations, topics } = extended.api;
  const isThere = (topic: (typeof topics)[number]) =>
    live.get(topic.table)?.has(sourceOf(topic).column) === true;
  const api = {
    ...extended.api,
    queries: queries.filter((field) => lacking(field) === undefined),
    mutations: mutations.filter((field) => lacking(field) === undefined),
    topics: topics.filter(isThere),
  };
  const leftOut = [
    ...[...queries, ...mutations]
      .filter((field) => lacking(field) !== undefined)
      .map((field) => `${field.name} is left out, because ${lacking(field)} is absent`),
    ...topics
      .filter((topic) => !isThere(topic))
      .map((topic) => `changes of ${topic.entity} are left out, because ${topic.table} is absent`),
  ];
  return { registry, extended: { ...extended, api }, notes: [...notes, ...leftOut] };
}

/** The names of the types that a field hands back. */
const typesOf = ({ type, types }: Field): string[] =>
  [
    type,
    ...(types ?? []).flatMap((own) =>
      own.kind === 'enum' ? [] : Object.values(own.fields).map((one) => one.type),
    ),
  ].flatMap((notation) => notation.match(/\w+/g) ?? []);
