/**
 * Which scopes open what, in one table that is checked at start-up: a type or field without a row stops the start, so
 * nothing can be added to the schema and forgotten here. `read` opens every query and type, `read` and `write` together
 * every mutation; the rows name the shop-worded scopes that open a thing without them. A thing that leads to a person
 * (`Customer`) has its own row, so no nesting reaches it with another scope.
 */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { SHOP_SCOPES, type ShopScope } from '../oauth/rules/scope.ts';
import type { ApiExtension } from './extension-parts.ts';
import type { Mutation } from './mutation.ts';
import { type ArgumentTable, type Crossing, crossingOf } from './request/argument-scopes.ts';

type CoreRow = readonly ShopScope[];
type Row = readonly string[];
type Arguments = Readonly<Record<string, readonly string[]>>;

const PRODUCTS: CoreRow = ['read:products'];
const ORDERS: CoreRow = ['read:orders'];
const CUSTOMERS: CoreRow = ['read:customers'];
/** What the shop offers. */
const WRITE_PRODUCTS: CoreRow = [];
/** Names without anything behind them (prefectures, statuses …). */
const WORDS: CoreRow = ['read:products', 'read:orders', 'read:customers', 'write:stock', 'write:shipping'];
/** `read` and `write` alone do not let a client have data sent out for good. */
const WEBHOOKS: CoreRow = ['webhooks'];
/** Staff: their login ids belong to the whole API only. */
const ONLY_READ: CoreRow = [];

const TYPES: Readonly<Record<string, CoreRow>> = {
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

const QUERIES: Readonly<Record<string, CoreRow>> = {
  product: PRODUCTS,
  products: PRODUCTS,
  order: ORDERS,
  orders: ORDERS,
  customer: CUSTOMERS,
  customers: CUSTOMERS,
  changes: ['read:products', 'read:orders', 'read:customers'],
  webhooks: WEBHOOKS,
};

const MUTATIONS: Readonly<Record<string, CoreRow>> = {
  updateProductStock: ['write:stock'],
  updateProductClassStock: ['write:stock'],
  bulkUpdateProductStock: ['write:stock'],
  updateShipped: ['write:shipping'],
  updateOrderStatus: [],
  updateProduct: [],
  updateProductPrice: [],
  webhookCreate: WEBHOOKS,
  webhookUpdate: WEBHOOKS,
  webhookDelete: WEBHOOKS,
  productSet: WRITE_PRODUCTS,
  bulkProductSet: WRITE_PRODUCTS,
  bulkProductStatus: WRITE_PRODUCTS,
  productDuplicate: WRITE_PRODUCTS,
  productDelete: WRITE_PRODUCTS,
  categoryCreate: WRITE_PRODUCTS,
  categoryUpdate: WRITE_PRODUCTS,
  categoryDelete: WRITE_PRODUCTS,
  categoryReorder: WRITE_PRODUCTS,
  classNameCreate: WRITE_PRODUCTS,
  classNameUpdate: WRITE_PRODUCTS,
  classNameDelete: WRITE_PRODUCTS,
  classNameReorder: WRITE_PRODUCTS,
  classCategoryCreate: WRITE_PRODUCTS,
  classCategoryUpdate: WRITE_PRODUCTS,
  classCategoryDelete: WRITE_PRODUCTS,
  classCategoryReorder: WRITE_PRODUCTS,
  tagCreate: WRITE_PRODUCTS,
  tagUpdate: WRITE_PRODUCTS,
  tagDelete: WRITE_PRODUCTS,
  tagReorder: WRITE_PRODUCTS,
};

const STOCK_ARGUMENTS: Arguments = { stock: [], stock_unlimited: [] };

/** What the arguments of mutations look at that a narrow scope opens. */
const MUTATION_ARGUMENTS: Readonly<Record<string, Arguments>> = {
  updateProductStock: { code: ['ProductClass'], ...STOCK_ARGUMENTS },
  updateProductClassStock: { product_class_id: ['ProductClass'], ...STOCK_ARGUMENTS },
  bulkUpdateProductStock: { items: ['ProductClass'] },
  updateShipped: {
    id: ['Shipping'],
    shipping_date: [],
    shipping_delivery_name: [],
    tracking_number: [],
    note: [],
    is_send_mail: [],
  },
};
/** What every mutation has; it looks at what the caller itself did before. */
const EVERY_MUTATION: Arguments = { clientMutationId: [], validateOnly: [] };

/** Names that an extension cannot take. */
export const CORE_FIELDS: readonly string[] = [...Object.keys(QUERIES), ...Object.keys(MUTATIONS)];

export type ScopeTable = {
  /** The scopes that open a type beside `read`. */
  type(name: string): Row;
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
  const owners = new Map(
    [...mutations, ...extension.queries].flatMap((one) =>
      (one.types ?? []).map(({ name }) => [name, one.name] as const),
    ),
  );
  const rows = extensionRows(schema, mutations, extension);
  const ofField = (name: string): Row | undefined => joined(MUTATIONS[name] ?? QUERIES[name], rows.get(name));
  const ofType = (name: string): Row | undefined => {
    const owner = owners.get(name);
    if (owner !== undefined) return ofField(owner);
    const bare = name.replace(/(Connection|Edge|PageInfo)$/, '');
    return joined(TYPES[bare], rows.get(bare));
  };
  const missing = [
    ...objectTypes(schema).filter((name) => ofType(name) === undefined),
    ...[...fieldsOf(schema, 'query'), ...fieldsOf(schema, 'mutation')].filter(
      (name) => ofField(name) === undefined,
    ),
  ];
  if (missing.length > 0) throw new Error(`no row in graphql/scope-table.ts for: ${missing.join(', ')}`);
  const crossing = (field: string, argument: GraphQLArgument): Crossing | undefined =>
    crossingOf(argument) ?? MUTATION_ARGUMENTS[field]?.[argument.name] ?? EVERY_MUTATION[argument.name];
  const undeclared = rootFields(schema).flatMap(({ name, args }) => {
    const isNarrow = (ofField(name) ?? []).length > 0;
    return args.flatMap((argument) => {
      const crosses = crossing(name, argument);
      const isGood = crosses === undefined ? !isNarrow : isKnown(crosses, ofType);
      return isGood ? [] : [`${name}(${argument.name}:)`];
    });
  });
  if (undeclared.length > 0) {
    throw new Error(`arguments that do not say which types they cross: ${undeclared.join(', ')}`);
  }
  const every = (names: readonly string[]): Row =>
    inOrder(new Set(names.flatMap((name) => ofField(name) ?? [])));
  return {
    type: (name) => ofType(name) ?? [],
    query: (field) => ofField(field) ?? WORDS,
    mutation: (field) => ofField(field) ?? [],
    arguments: { crossing, type: (name) => ofType(name) ?? [] },
    queries: every(fieldsOf(schema, 'query')),
    mutations: every(fieldsOf(schema, 'mutation')),
  };
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

function objectTypes(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type) && !roots.includes(type))
    .map(({ name }) => name);
}

const isKnown = (crosses: Crossing, ofType: (name: string) => Row | undefined): boolean =>
  typeof crosses === 'function' || crosses.every((name) => ofType(name) !== undefined);

const rootFields = (schema: GraphQLSchema): GraphQLField<unknown, unknown>[] =>
  [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));

const fieldsOf = (schema: GraphQLSchema, root: 'query' | 'mutation'): string[] =>
  Object.keys((root === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {});
