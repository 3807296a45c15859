/** The core and all extensions as one set of lists; every fault of fitting them together is found at once. */
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { FEED_SOURCES, type FeedSource } from '../database/feed-sources.ts';
import type { ApiExtension } from '../graphql/extension-parts.ts';
import { CORE_FIELDS } from '../graphql/scope-table.ts';
import { SCOPES } from '../oauth/rules/scope.ts';
import type { Entity } from '../shop/entity.ts';
import { registryFaults } from '../shop/registry-check.ts';
import type { EntityAddition, Extension, Probe } from './contract.ts';
import { feedFaults, sourceOf } from './feed-faults.ts';

export type Extended = {
  readonly entities: readonly Entity[];
  readonly api: ApiExtension;
  readonly feedSources: readonly FeedSource[];
  /** Scopes beyond the core's, each with what an app may do with it. */
  readonly scopes: ApiExtension['scopes'];
  readonly probes: readonly Probe[];
};

export type Merged = { readonly extended: Extended; readonly faults: readonly string[] };

const CORE_PROBES = ['database', 'clock', 'signing key', 'webhook worker'];

// RFC 6749 §3.3 allows more; these read well on a consent page and stand in no one's way.
const SCOPE_WORD = /^[a-z]+:[a-z_]+$/;

export function mergeExtensions(
  core: readonly Entity[],
  extensions: readonly Extension[],
  version: string,
): Merged {
  const entities = [
    ...core.map((entity) => extensions.reduce((so, one) => withAddition(so, one), entity)),
    ...extensions.flatMap((one) => (one.entities ?? []).map((entity) => marked(entity, one.name))),
  ];
  const api = {
    roots: extensions.flatMap(({ roots }) => roots ?? []),
    queries: extensions.flatMap(({ queries }) => queries ?? []),
    mutations: extensions.flatMap(({ mutations }) => mutations ?? []),
    scopes: extensions.flatMap(({ scopes }) => scopes ?? []),
    topics: extensions.flatMap(({ topics }) => topics ?? []),
  };
  const feed = extensions.flatMap((one) => one.feed ?? []);
  const probes = extensions.flatMap((one) => one.probes ?? []);
  const scopes = api.scopes.filter(({ name }) => !isCoreScope(name));
  const known = new Set(entities.map(({ name }) => name));
  const faults = [
    ...extensions.flatMap((one) => extensionFaults(one, known, core, version)),
    ...fieldFaults(api),
    ...opensFaults(api, known),
    // The core's own are judged once, where its registry is made.
    ...(extensions.length > 0 ? registryFaults(entities) : []),
    ...feedFaults({
      topics: api.topics,
      feed,
      entities,
      scopes: [...SCOPES, ...scopes.map(({ name }) => name)],
    }),
    ...clashes(extensions, scopes, probes),
  ];
  const feedSources = [...FEED_SOURCES, ...api.topics.map(sourceOf), ...feed];
  return { extended: { entities, api, feedSources, scopes, probes }, faults };
}

/** The root fields that extensions bring. */
const rootFieldsOf = ({ roots, queries, mutations }: ApiExtension): string[] =>
  [
    ...roots.flatMap(({ one, many }) => [one, many]),
    ...[...queries, ...mutations].map(({ name }) => name),
  ].filter((name) => name !== undefined);

function fieldFaults(api: ApiExtension): string[] {
  const names = rootFieldsOf(api);
  const taken = names.filter((name, place) => CORE_FIELDS.includes(name) || names.indexOf(name) !== place);
  return taken.map((name) => `two queries or mutations would be called ${name}`);
}

function opensFaults(api: ApiExtension, entities: ReadonlySet<string>): string[] {
  const known = new Set([...entities, ...rootFieldsOf(api), ...CORE_FIELDS]);
  return api.scopes.flatMap(({ name, opens }) =>
    opens
      .filter((opened) => !known.has(opened))
      .map((opened) => `scope ${name} opens ${opened}, which there is not`),
  );
}

/** What two extensions give the same name, though each alone would do. */
function clashes(
  extensions: readonly Extension[],
  scopes: ApiExtension['scopes'],
  probes: readonly Probe[],
): string[] {
  const added = extensions.flatMap(({ additions = {} }) =>
    Object.entries(additions).flatMap(([entity, { columns, relations }]) =>
      Object.keys({ ...columns, ...relations }).map((field) => `${entity}.${field}`),
    ),
  );
  return [
    ...repeated(added).map((field) => `two extensions add ${field}`),
    ...repeated(scopes.map(({ name }) => name)).map((name) => `scope ${name} is declared twice`),
    ...repeated([...CORE_PROBES, ...probes.map(({ name }) => name)]).map(
      (name) => `two probes would be called ${name}`,
    ),
  ];
}

const repeated = (names: readonly string[]): string[] =>
  names.filter((name, place) => names.indexOf(name) !== place);

const isCoreScope = (name: string): boolean => SCOPES.some((scope) => scope === name);

function withAddition(entity: Entity, { name, additions }: Extension): Entity {
  const added = additions?.[entity.name];
  if (!added) return entity;
  const columns = fromOrigin(added.columns ?? {}, name);
  return {
    ...entity,
    columns: { ...entity.columns, ...columns },
    relations: { ...entity.relations, ...added.relations },
  };
}

const marked = (entity: Entity, origin: string): Entity => ({
  ...entity,
  origin,
  columns: fromOrigin(entity.columns, origin),
});

const fromOrigin = (columns: Entity['columns'], origin: string): Entity['columns'] =>
  Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, { ...column, origin }]));

function extensionFaults(
  extension: Extension,
  known: ReadonlySet<string>,
  core: readonly Entity[],
  version: string,
): string[] {
  const { name, tegata, additions = {}, roots = [], scopes = [] } = extension;
  const faults = [
    ...versionFaults(tegata, version),
    ...Object.entries(additions).flatMap(([entity, added]) => additionFaults(entity, added, core)),
    ...roots
      .filter(({ entity }) => !known.has(entity))
      .map(({ entity }) => `there is no entity ${entity} to ask for`),
    ...scopes.filter((scope) => !isCoreScope(scope.name)).flatMap(scopeFaults),
  ];
  return faults.map((fault) => `${name}: ${fault}`);
}

function versionFaults(range: string, version: string): string[] {
  if (validRange(range) === null) return [`tegata: “${range}” is no range of versions, as ^0.1.0 is one`];
  if (satisfies(version, range, { includePrerelease: true })) return [];
  return [`was written for Tegata ${range}; this is ${version}`];
}

function additionFaults(name: string, added: EntityAddition, core: readonly Entity[]): string[] {
  const entity = core.find((one) => one.name === name);
  if (!entity) return [`${name} is no entity of EC-CUBE; a new one needs its table`];
  const fields = [...Object.keys(added.columns ?? {}), ...Object.keys(added.relations ?? {})];
  return fields
    .filter((field) => field in entity.columns || field in entity.relations)
    .map((field) => `${name}.${field} is there already`);
}

function scopeFaults({ name, description }: ApiExtension['scopes'][number]): string[] {
  if (!SCOPE_WORD.test(name)) return [`scope “${name}”: must be two words of a–z, as in read:makers`];
  return description ? [] : [`scope ${name}: a new scope needs a description`];
}
