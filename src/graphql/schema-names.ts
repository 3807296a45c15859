/** The types and root fields of a schema that scopes open. */
import { type GraphQLField, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';

export function objectTypes(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type) && !roots.includes(type))
    .map(({ name }) => name);
}

export const rootFields = (schema: GraphQLSchema): GraphQLField<unknown, unknown>[] =>
  [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));

export const rootNames = (schema: GraphQLSchema, root: 'query' | 'mutation'): string[] =>
  Object.keys((root === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {});
