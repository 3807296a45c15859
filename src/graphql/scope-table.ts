/**
 * Which scopes open what, in one table that is checked at start-up: a type or field without a row stops the start, so
 * nothing can be added to the schema and forgotten here. `read` opens every query and type, `read` and `write` together
 * every mutation; the rows name the shop-worded scopes that open a thing without them. A thing that leads to a person
 * (`Customer`) has its own row, so no nesting reaches it with another scope.
 */
import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import type { ShopScope } from '../oauth/scope.ts';
import type { Mutation } from './mutation.ts';

type Row = readonly ShopScope[];

const PRODUCTS: Row = ['read:products'];
const ORDERS: Row = ['read:orders'];
const CUSTOMERS: Row = ['read:customers'];
/** Names without anything behind them (prefectures, statuses …). */
const WORDS: Row = ['read:products', 'read:orders', 'read:customers', 'write:stock', 'write:shipping'];
/** Staff: their login ids are nobody's business but the whole API's. */
const ONLY_READ: Row = [];

const TYPES: Readonly<Record<string, Row>> = {
  Product: PRODUCTS,
  ProductClass: ['read:products', 'write:stock'],
  ProductStock: ['read:products', 'write:stock'],
  ProductImage: PRODUCTS,
  ProductCategory: PRODUCTS,
  ProductTag: PRODUCTS,
  Tag: PRODUCTS,
  Category: PRODUCTS,
  ClassName: PRODUCTS,
  ClassCategory: ['read:products', 'write:stock'],
  TaxRule: PRODUCTS,
  DeliveryDuration: PRODUCTS,
  Order: ORDERS,
  OrderItem: ORDERS,
  Shipping: ['read:orders', 'write:shipping'],
  MailHistory: ORDERS,
  Payment: ORDERS,
  PaymentOption: ORDERS,
  Delivery: ORDERS,
  DeliveryFee: ORDERS,
  DeliveryTime: ORDERS,
  Customer: CUSTOMERS,
  CustomerAddress: CUSTOMERS,
  CustomerFavoriteProduct: CUSTOMERS,
  Member: ONLY_READ,
  Work: ONLY_READ,
  Authority: ONLY_READ,
  Country: WORDS,
  CustomerOrderStatus: WORDS,
  CustomerStatus: WORDS,
  DeviceType: WORDS,
  Job: WORDS,
  OrderItemType: WORDS,
  OrderStatus: WORDS,
  OrderStatusColor: WORDS,
  Pref: WORDS,
  ProductStatus: WORDS,
  RoundingType: WORDS,
  SaleType: WORDS,
  Sex: WORDS,
  TaxDisplayType: WORDS,
  TaxType: WORDS,
  Change: ['read:products', 'read:orders', 'read:customers'],
};

const QUERIES: Readonly<Record<string, Row>> = {
  product: PRODUCTS,
  products: PRODUCTS,
  order: ORDERS,
  orders: ORDERS,
  customer: CUSTOMERS,
  customers: CUSTOMERS,
  changes: ['read:products', 'read:orders', 'read:customers'],
};

const MUTATIONS: Readonly<Record<string, Row>> = {
  updateProductStock: ['write:stock'],
  updateProductClassStock: ['write:stock'],
  bulkUpdateProductStock: ['write:stock'],
  updateShipped: ['write:shipping'],
  updateOrderStatus: [],
  updateProduct: [],
  updateProductPrice: [],
};

export type ScopeTable = {
  /** The scopes that open a type beside `read`. */
  type(name: string): Row;
  query(field: string): Row;
  mutation(field: string): Row;
};

/** @throws Error that names everything that has no row. */
export function scopeTable(schema: GraphQLSchema, mutations: readonly Mutation[]): ScopeTable {
  const own = new Map(
    mutations.flatMap((one) => (one.types ?? []).map(({ name }) => [name, one.name] as const)),
  );
  // What an extension brings is opened by `read` and `write` and what it asks for beyond them.
  const ofMutation = (name: string): Row | undefined =>
    MUTATIONS[name] ?? (mutations.some((one) => one.name === name && one.scopes.length > 2) ? [] : undefined);
  const ofType = (name: string): Row | undefined => {
    const owner = own.get(name);
    return owner === undefined ? TYPES[name.replace(/(Connection|Edge|PageInfo)$/, '')] : ofMutation(owner);
  };
  const missing = [
    ...objectTypes(schema).filter((name) => ofType(name) === undefined),
    ...fieldsOf(schema, 'query').filter((name) => QUERIES[name] === undefined),
    ...fieldsOf(schema, 'mutation').filter((name) => ofMutation(name) === undefined),
  ];
  if (missing.length > 0) throw new Error(`no row in graphql/scope-table.ts for: ${missing.join(', ')}`);
  return {
    type: (name) => ofType(name) ?? [],
    query: (field) => QUERIES[field] ?? WORDS,
    mutation: (field) => ofMutation(field) ?? [],
  };
}

function objectTypes(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type) && !roots.includes(type))
    .map(({ name }) => name);
}

const fieldsOf = (schema: GraphQLSchema, root: 'query' | 'mutation'): string[] =>
  Object.keys((root === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {});
