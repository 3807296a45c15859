/** Registry, searches and mutations → the GraphQL schema. What the shop lacks or hides has no field here. */
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isIntrospectionType,
  isSpecifiedScalarType,
  printType,
} from 'graphql';
import type { Clock } from '../base/clock.ts';
import type { Registry } from '../shop/registry.ts';
import { customerSearch } from '../shop/search/customers.ts';
import { fittedSearch } from '../shop/search/fit.ts';
import { searchMessages } from '../shop/search/messages.ts';
import { orderSearch } from '../shop/search/orders.ts';
import { productSearch } from '../shop/search/products.ts';
import type { Search } from '../shop/search/search.ts';
import { fractionDigitsOf, searchedId } from '../shop/search/values.ts';
import { shopTime } from '../shop/shop-time.ts';
import type { Locale } from '../shop/text.ts';
import type { ApiExtension } from './extension-parts.ts';
import { CHANGE_PART, changesField } from './fields/changes-field.ts';
import { dateTimeScalar } from './fields/date-time.ts';
import { derivedFields } from './fields/derived-fields.ts';
import { entityTypes } from './fields/entity-types.ts';
import { rootSearches } from './fields/extension-roots.ts';
import { listField } from './fields/list-field.ts';
import { type MutationDeps, mutationField, ownTypes } from './fields/mutation-field.ts';
import { queryField } from './fields/query-field.ts';
import type { Mutation } from './mutation.ts';
import { changeTopics } from './readable-changes.ts';
import { crossing } from './request/argument-scopes.ts';
import type { RequestContext } from './request/context.ts';

export type SchemaDeps = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly currency: string;
  /** The address below which the shop's product images lie, without a slash at its end. */
  readonly imageUrl: string;
  readonly mutations: readonly Mutation[];
  readonly extension: Pick<ApiExtension, 'roots' | 'queries' | 'topics'>;
};

/** Field for one row, and the search for many; in the order of the printed schema. */
const CORE_ROOTS: readonly { readonly one?: string; readonly search: Search }[] = [
  { one: 'customer', search: customerSearch },
  { one: 'order', search: orderSearch },
  { one: 'product', search: productSearch },
];

export function buildShopSchema(needs: SchemaDeps): GraphQLSchema {
  const { registry, locale, timeZone, currency, mutations, extension } = needs;
  const time = shopTime(timeZone);
  const dateTime = dateTimeScalar(time);
  const entities = entityTypes(registry, dateTime, locale, derivedFields(needs));
  const list = {
    registry,
    locale,
    dateTime,
    time,
    messages: searchMessages[locale],
    fractionDigits: fractionDigitsOf(currency),
  };
  const fields: GraphQLFieldConfigMap<unknown, RequestContext> = {};
  for (const { one, search } of [...CORE_ROOTS, ...rootSearches(extension.roots, registry)]) {
    const type = entities.get(search.entity);
    if (!type) continue;
    if (one !== undefined) fields[one] = singleField(type);
    if (search.name !== '') fields[search.name] = listField(fittedSearch(search, registry), type, list);
  }
  fields.changes = changesField({ locale, dateTime, topics: changeTopics(extension) });
  const scalars = [GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, CHANGE_PART, dateTime];
  const named: GraphQLNamedType[] = [...scalars, ...entities.values()];
  const types = new Map(named.map((type) => [type.name, type]));
  const declared = { ...needs, types, entities: new Set(entities.keys()) };
  for (const one of [...extension.queries, ...mutations]) ownTypes(one, declared);
  for (const query of extension.queries) fields[query.name] = queryField(query, declared);
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields }),
    mutation: mutationType(mutations, declared),
  });
}

/** The schema in the schema language, types by name, as the plugin prints it. */
export function printShopSchema(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${types.map((type) => printType(type)).join('\n\n')}\n`;
}

function singleField(type: GraphQLObjectType): GraphQLFieldConfig<unknown, RequestContext> {
  return {
    type,
    args: { id: { type: new GraphQLNonNull(GraphQLID), extensions: crossing([type.name]) } },
    // What can be no id of any database belongs to no row.
    resolve: (_root, { id }: { id: string }, contextValue, info) => {
      const key = searchedId(id);
      return key === undefined ? null : contextValue.load(info, type.name, key);
    },
  };
}

function mutationType(mutations: readonly Mutation[], needs: MutationDeps): GraphQLObjectType | null {
  if (mutations.length === 0) return null;
  const fields = mutations.map((mutation) => [mutation.name, mutationField(mutation, needs)] as const);
  return new GraphQLObjectType({ name: 'Mutation', fields: Object.fromEntries(fields) });
}
