/**
 * Which scopes open what, in one table that is checked at start-up: a type or field without a row stops the start, so
 * nothing can be added to the schema and forgotten here. `read` opens every query and type, `read` and `write` together
 * every mutation; the rows name the shop-worded scopes that open a thing without them. A thing that leads to a person
 * (`Customer`) has its own row, so no nesting reaches it with another scope.
 */
import type { GraphQLArgument, GraphQLSchema } from 'graphql';
import { SHOP_SCOPES } from '../oauth/rules/scope.ts';
import type { ApiExtension } from './extension-parts.ts';
import type { Mutation } from './mutation.ts';
import { type ArgumentTable, type Crossing, crossingOf } from './request/argument-scopes.ts';
import { objectTypes, rootFields, rootNames } from './schema-names.ts';
import { opensField } from './scope-parts.ts';
import {
  EVERY_MUTATION,
  MUTATION_ARGUMENTS,
  MUTATION_SCOPES,
  QUERY_SCOPES,
  TYPE_SCOPES,
} from './scope-rows.ts';

type Row = readonly string[];

/** Names that an extension cannot take. */
export const CORE_FIELDS: readonly string[] = [...Object.keys(QUERY_SCOPES), ...Object.keys(MUTATION_SCOPES)];

export type ScopeTable = {
  /** The scopes that open a field of a type beside `read`; `isRead`: in a document that holds a query. */
  field(type: string, name: string, isRead: boolean): Row;
  query(field: string): Row;
  mutation(field: string): Row;
  readonly arguments: ArgumentTable;
  /** Scopes that open some query, or some mutation, beside `read` and `write`. */
  readonly queries: Row;
  readonly mutations: Row;
};

/** `mutations`: all, those of the extension too. @throws Error that names everything that has no row. */
export function scopeTable(
  schema: GraphQLSchema,
  mutations: readonly Mutation[],
  extension: ApiExtension,
): ScopeTable {
  const { ofField, ofType, fieldRow } = rowsOf(schema, mutations, extension);
  /** `Order`, or a field of it: `Order.name01`. */
  const crossedRow = (name: string, isRead = false): Row | undefined => {
    const [type = '', field] = name.split('.');
    const row = ofType(type);
    return field === undefined || row === undefined ? row : fieldRow(type, field, isRead);
  };
  const missing = [
    ...objectTypes(schema).filter((name) => ofType(name) === undefined),
    ...[...rootNames(schema, 'query'), ...rootNames(schema, 'mutation')].filter(
      (name) => ofField(name) === undefined,
    ),
  ];
  if (missing.length > 0) throw new Error(`no row in graphql/scope-rows.ts for: ${missing.join(', ')}`);
  refuseUndeclared(schema, ofField, crossedRow);
  const every = (names: readonly string[]): Row =>
    inOrder(new Set(names.flatMap((name) => ofField(name) ?? [])));
  return {
    field: fieldRow,
    query: (field) => ofField(field) ?? SHOP_SCOPES,
    mutation: (field) => ofField(field) ?? [],
    arguments: { crossing: crossingIn, crossed: (name, isRead) => crossedRow(name, isRead) ?? [] },
    queries: every(rootNames(schema, 'query')),
    mutations: every(rootNames(schema, 'mutation')),
  };
}

type RowOf = (name: string) => Row | undefined;

function rowsOf(schema: GraphQLSchema, mutations: readonly Mutation[], extension: ApiExtension) {
  const owners = new Map<string, string[]>();
  for (const one of [...mutations, ...extension.queries]) {
    for (const { name } of one.types ?? []) owners.set(name, [...(owners.get(name) ?? []), one.name]);
  }
  const rows = extensionRows(schema, mutations, extension);
  const ofField: RowOf = (name) => joined(MUTATION_SCOPES[name] ?? QUERY_SCOPES[name], rows.get(name));
  /** What a field brings along is opened by what opens the field, or one of the fields. */
  const ofOwned: RowOf = (name) =>
    owners
      .get(name)
      ?.map(ofField)
      .reduce((one, other) => joined(one, other));
  const ofType: RowOf = (name) => {
    if (owners.has(name)) return ofOwned(name);
    const bare = name.replace(/(Connection|Edge|PageInfo)$/, '');
    return joined(TYPE_SCOPES[bare], rows.get(bare));
  };
  const fieldRow = (type: string, name: string, isRead: boolean): Row => {
    const row = ofType(type) ?? [];
    return owners.has(type) ? row : row.filter((scope) => opensField(scope, type, name, isRead));
  };
  return { ofField, ofType, fieldRow };
}

const crossingIn = (field: string, argument: GraphQLArgument): Crossing | undefined =>
  crossingOf(argument) ?? MUTATION_ARGUMENTS[field]?.[argument.name] ?? EVERY_MUTATION[argument.name];

/** @throws Error that names the arguments which a narrow scope could give and which do not say what they look at. */
function refuseUndeclared(schema: GraphQLSchema, ofField: RowOf, crossedRow: RowOf): void {
  const undeclared = rootFields(schema).flatMap(({ name, args }) => {
    const isNarrow = (ofField(name) ?? []).length > 0;
    return args.flatMap((argument) => {
      const crosses = crossingIn(name, argument);
      const isGood = crosses === undefined ? !isNarrow : isKnown(crosses, crossedRow);
      return isGood ? [] : [`${name}(${argument.name}:)`];
    });
  });
  if (undeclared.length > 0) {
    throw new Error(`arguments that do not say which types they cross: ${undeclared.join(', ')}`);
  }
}

/** What an extension brings is opened by `read` and `write`, and by the scopes that say so. */
function extensionRows(
  schema: GraphQLSchema,
  mutations: readonly Mutation[],
  { roots, queries, scopes, topics }: ApiExtension,
): ReadonlyMap<string, Row> {
  const brought = [
    ...objectTypes(schema).filter((name) => schema.getType(name)?.extensions.brought === true),
    ...roots.flatMap(({ one, many }) => [one, many]),
    ...[...queries, ...mutations].map(({ name }) => name),
  ].filter((name) => name !== undefined);
  const rows = new Map<string, string[]>(brought.map((name) => [name, []]));
  // A client that may hear of some changes may ask for changes; which ones, readable-changes.ts says.
  const hearing = topics.flatMap((topic) =>
    (topic.scopes ?? []).map((name) => ({ name, opens: ['changes', 'Change'] })),
  );
  for (const { name, opens } of [...scopes, ...hearing]) {
    for (const opened of opens) rows.set(opened, [...(rows.get(opened) ?? []), name]);
  }
  return rows;
}

/** The first of them is named to a caller that has none, so the core's come first. */
const inOrder = (scopes: ReadonlySet<string>): Row => [
  ...SHOP_SCOPES.filter((scope) => scopes.has(scope)),
  ...[...scopes].filter((scope) => !SHOP_SCOPES.some((known) => known === scope)),
];

const joined = (core: Row | undefined, added: Row | undefined): Row | undefined =>
  core && added ? [...new Set([...core, ...added])] : (core ?? added);

const isKnown = (crosses: Crossing, ofType: (name: string) => Row | undefined): boolean =>
  typeof crosses === 'function' || crosses.every((name) => ofType(name) !== undefined);
