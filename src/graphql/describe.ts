/** The root fields of an API as data, for its documentation: arguments, scopes, an example. */
import { astFromValue, type GraphQLArgument, type GraphQLField, type GraphQLSchema, print } from 'graphql';
import { CORE_EXAMPLES } from './core-examples.ts';
import type { ApiExtension } from './extension-parts.ts';
import type { Mutation } from './mutation.ts';
import type { ScopeTable } from './scope-table.ts';

export type ArgumentDescription = {
  readonly name: string;
  readonly type: string;
  /** In GraphQL's notation; undefined when there is none. */
  readonly fallback: string | undefined;
  readonly meaning: string;
  /** Of these, any one is needed beside what opens the field. */
  readonly scopes: readonly (readonly string[])[];
};

export type FieldDescription = {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly args: readonly ArgumentDescription[];
  /** All of these open it, */
  readonly full: readonly string[];
  /** and so does any one of these. */
  readonly own: readonly string[];
  readonly example: string | undefined;
};

export function describeFields(
  schema: GraphQLSchema,
  table: ScopeTable,
  { queries, mutations }: { queries: ApiExtension['queries']; mutations: readonly Mutation[] },
): FieldDescription[] {
  const examples = new Map([...queries, ...mutations].map(({ name, example }) => [name, example] as const));
  const exampleOf = (name: string): string | undefined => CORE_EXAMPLES[name] ?? examples.get(name);
  const ownOf = (kind: FieldDescription['kind'], name: string): readonly string[] =>
    kind === 'query' ? table.query(name) : table.mutation(name);
  const described = (
    kind: FieldDescription['kind'],
    field: GraphQLField<unknown, unknown>,
  ): FieldDescription => ({
    kind,
    name: field.name,
    description: field.description ?? '',
    type: String(field.type),
    args: field.args.map((argument) =>
      argumentOf(table, kind, field.name, ownOf(kind, field.name), argument),
    ),
    full: kind === 'query' ? ['read'] : fullScopes(mutations, field.name),
    own: ownOf(kind, field.name),
    example: exampleOf(field.name),
  });
  return [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => described('query', field)),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) =>
      described('mutation', field),
    ),
  ];
}

const fullScopes = (mutations: readonly Mutation[], name: string): string[] => [
  ...new Set(['read', 'write', ...(mutations.find((one) => one.name === name)?.scopes ?? [])]),
];

function argumentOf(
  table: ScopeTable,
  kind: FieldDescription['kind'],
  field: string,
  own: readonly string[],
  argument: GraphQLArgument,
): ArgumentDescription {
  const { name, type, description } = argument;
  const value = argument.default && 'value' in argument.default ? argument.default.value : undefined;
  const fallback = value === undefined || value === null ? undefined : astFromValue(value, type);
  return {
    name,
    type: String(type),
    fallback: fallback ? print(fallback) : undefined,
    meaning: description ?? '',
    scopes: furtherScopes(table, kind === 'query', field, own, argument),
  };
}

/** Those of crossed types that some scope which opens the field does not open. */
function furtherScopes(
  table: ScopeTable,
  isQuery: boolean,
  field: string,
  own: readonly string[],
  argument: GraphQLArgument,
): (readonly string[])[] {
  const crosses = table.arguments.crossing(field, argument);
  if (!Array.isArray(crosses)) return [];
  const rows = (crosses as readonly string[]).map((name) => table.arguments.crossed(name, isQuery));
  const further = rows.filter((row) => !own.every((scope) => row.includes(scope)));
  return [...new Map(further.map((row) => [row.join(), row])).values()];
}
