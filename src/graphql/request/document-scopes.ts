/** What a document requires of a token: an entry for each operation's root fields and each type it touches. */
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
import type { Mutation } from '../mutation.ts';
import type { ScopeTable } from '../scope-table.ts';
import { argumentScopes, type LateScopes } from './argument-scopes.ts';
import type { RequiredScopes } from './required-scopes.ts';

const READ = ['read'];
const WRITE = ['read', 'write'];

/** Also of operations that will not be run, and of documents that will not pass validation. */
export function requiredScopesOf(
  document: DocumentNode,
  schema: GraphQLSchema,
  table: ScopeTable,
  mutations: readonly Mutation[],
): { requiredScopes: readonly RequiredScopes[]; late: readonly LateScopes[] } {
  const found = new Map<string, RequiredScopes>();
  const add = (required: RequiredScopes): void => {
    const key = JSON.stringify([required.full, required.own]);
    if (!found.has(key)) found.set(key, required);
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) add(ofOperation(definition, table));
  }
  const info = new TypeInfo(schema);
  const isRead = document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'query',
  );
  const field = (node: { name: { value: string } }) => {
    const parent = info.getParentType();
    const name = node.name.value;
    if (!parent || name === '__typename' || isIntrospectionType(parent)) return;
    const field = `${parent.name}.${name}`;
    if (parent === schema.getQueryType()) add({ full: READ, own: table.query(name), field });
    else if (parent === schema.getMutationType()) add({ ...ofMutation(name, table, mutations), field });
    // A field that is not there is the validation's to refuse, to any token that may see something of the type.
    else if (!info.getFieldDef()) add({ full: READ, own: table.type(parent.name) });
    else add({ full: READ, own: table.field(parent.name, name, isRead), field });
  };
  visit(document, visitWithTypeInfo(info, { Field: field }));
  const fullOf = (name: string, isMutation: boolean): readonly string[] =>
    isMutation ? ofMutation(name, table, mutations).full : READ;
  const { requiredScopes, late } = argumentScopes(document, schema, table.arguments, fullOf);
  requiredScopes.forEach(add);
  return { requiredScopes: [...found.values()], late };
}

/** Whatever it holds, an operation needs some scope of its kind. */
const ofOperation = ({ operation }: OperationDefinitionNode, table: ScopeTable): RequiredScopes =>
  operation === 'query' ? { full: READ, own: table.queries } : { full: WRITE, own: table.mutations };

function ofMutation(name: string, table: ScopeTable, mutations: readonly Mutation[]): RequiredScopes {
  const further = mutations.find((one) => one.name === name)?.scopes ?? [];
  return { full: [...new Set([...WRITE, ...further])], own: table.mutation(name) };
}
