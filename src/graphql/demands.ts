/** What a document demands of a token: one demand for each operation's root fields and each type it touches. */
import {
  type DocumentNode,
  type GraphQLSchema,
  isIntrospectionType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Mutation } from './mutation.ts';
import type { ScopeTable } from './scope-table.ts';

/** Met by all of `full`, or by any one of `own`. */
export type Demand = { readonly full: readonly string[]; readonly own: readonly string[] };

const READ = ['read'];
const WRITE = ['read', 'write'];

/** Also of operations that will not be run, and of documents that will not pass validation. */
export function demandsOf(
  document: DocumentNode,
  schema: GraphQLSchema,
  table: ScopeTable,
  mutations: readonly Mutation[],
): Demand[] {
  const found = new Map<string, Demand>();
  const add = (demand: Demand) => found.set(JSON.stringify(demand), demand);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) add(ofOperation(definition, table));
  }
  const info = new TypeInfo(schema);
  const field = (node: { name: { value: string } }) => {
    const parent = info.getParentType();
    const name = node.name.value;
    if (!parent || name === '__typename' || isIntrospectionType(parent)) return;
    if (parent === schema.getQueryType()) add({ full: READ, own: table.query(name) });
    else if (parent === schema.getMutationType()) add(ofMutation(name, table, mutations));
    else add({ full: READ, own: table.type(parent.name) });
  };
  visit(document, visitWithTypeInfo(info, { Field: field }));
  return [...found.values()];
}

/** Whatever it holds, an operation needs some scope of its kind. */
const ofOperation = ({ operation }: OperationDefinitionNode, table: ScopeTable): Demand =>
  operation === 'query' ? { full: READ, own: table.queries } : { full: WRITE, own: table.mutations };

function ofMutation(name: string, table: ScopeTable, mutations: readonly Mutation[]): Demand {
  const further = mutations.find((one) => one.name === name)?.scopes ?? [];
  return { full: [...new Set([...WRITE, ...further])], own: table.mutation(name) };
}

/** The scopes to name to a caller that lacks a demand's: the shop-worded one to those that live by them. */
export function lackingScopes(demand: Demand, scopes: ReadonlySet<string>): readonly string[] | undefined {
  if (demand.full.every((scope) => scopes.has(scope)) || demand.own.some((scope) => scopes.has(scope))) {
    return undefined;
  }
  const worded = [...scopes].some((scope) => scope.includes(':'));
  const [own] = demand.own;
  return worded && own !== undefined ? [own] : demand.full;
}
