/**
 * Every query, mutation, argument and field of a type against every lesser token, as a table that is made from the schema:
 * what is added to it is judged here without a line. Refused means before anything is read.
 */
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { opensField } from '../../src/graphql/scope-parts.ts';
import { SCOPES } from '../../src/oauth/rules/scope.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const VALUES: Readonly<Record<string, string>> = {
  String: '"x"',
  ID: '"1"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  DateTime: '"2026-04-01T00:00:00Z"',
};

function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return VALUES[type.name] ?? '"x"';
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return `{ ${fields.map(({ name, type: inner }) => `${name}: ${literal(inner)}`).join(', ')} }`;
}

type AnyField = GraphQLField<unknown, unknown>;

/** `field(argument: value …) { inner }` with the arguments that it must have, and these. */
function call(field: AnyField, inner: string, further: readonly GraphQLArgument[] = []): string {
  const args = [...new Set([...field.args.filter(isRequiredArgument), ...further])];
  const given = args.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ');
  const below = isObjectType(getNamedType(field.type)) ? ` { ${inner} }` : '';
  return `${field.name}${given === '' ? '' : `(${given})`}${below}`;
}

/** A document that leads to each object type: the way through the fewest fields. */
function waysTo(schema: GraphQLSchema, root: GraphQLObjectType): Map<string, (inner: string) => string> {
  const ways = new Map<string, (inner: string) => string>();
  const queue: [GraphQLObjectType, (inner: string) => string][] = [[root, (inner) => `{ ${inner} }`]];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [type, way] = next;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type) as GraphQLNamedType;
      if (!isObjectType(target) || ways.has(target.name) || target === root) continue;
      const further = (inner: string): string => way(call(field as AnyField, inner));
      ways.set(target.name, further);
      queue.push([target, further]);
    }
  }
  expect(schema.getQueryType()).toBeDefined();
  return ways;
}

eachDatabase((database) => {
  let shop: ShopApi;
  let schema: GraphQLSchema;
  let described: FieldDescription[];

  beforeAll(async () => {
    shop = await embeddedShopApi(await database.openShop());
    schema = buildSchema(shop.api.sdl());
    described = shop.api.fields();
  });
  afterAll(() => shop.close());

  const roots = (): { kind: 'query' | 'mutation'; field: AnyField; told: FieldDescription }[] =>
    (['query', 'mutation'] as const).flatMap((kind) => {
      const type = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
      return Object.values(type?.getFields() ?? {}).map((field) => {
        const told = described.find((one) => one.kind === kind && one.name === field.name);
        if (!told) throw new Error(`${field.name} is not described`);
        return { kind, field: field as AnyField, told };
      });
    });

  const principal = { clientId: 'c', grantId: 'g', jti: 'j', memberId: 1, subject: 'admin' };
  const isRefused = (query: string, scopes: readonly string[]): boolean => {
    const prepared = shop.api.prepare(
      { query },
      { principal: { ...principal, scopes: new Set(scopes) }, requestId: 'r' },
    );
    if (prepared.kind === 'errors') throw new Error(`${query}: ${prepared.errors[0]?.message}`);
    return prepared.kind === 'forbidden';
  };

  /** Tokens of one scope, of none, and of all but one of those that a field asks for together. */
  const lesser = ({ full, own }: FieldDescription): (readonly string[])[] => [
    [],
    ...SCOPES.filter((scope) => !own.includes(scope)).map((scope) => [scope]),
    SCOPES.filter((scope) => !own.includes(scope) && scope !== full.at(-1)),
  ];

  test('every query and mutation: by the scopes that it names and by no lesser token', () => {
    let judged = 0;
    for (const { kind, field, told } of roots()) {
      const document = `${kind} { ${call(field, '__typename')} }`;
      expect(isRefused(document, told.full), document).toBe(false);
      const tokens = lesser(told).filter(
        (scopes) => told.full.length === 0 || !told.full.every((one) => scopes.includes(one)),
      );
      for (const scopes of tokens) {
        expect(isRefused(document, scopes), `${document} by ${scopes.join(' ')}`).toBe(true);
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(roots().length * SCOPES.length * 0.6);
  });

  test('every argument: each scope that opens its field, as the documentation says', () => {
    const wrong: string[] = [];
    for (const { kind, field, told } of roots()) {
      for (const argument of field.args) {
        const document = `${kind} { ${call(field, '__typename', [argument])} }`;
        const given = told.args.filter(
          ({ name }) =>
            name === argument.name || field.args.some((one) => one.name === name && isRequiredArgument(one)),
        );
        for (const scope of told.own) {
          const opened = given.every(({ scopes }) => scopes.every((row) => row.includes(scope)));
          if (isRefused(document, [scope]) === opened) wrong.push(`${document} by ${scope}`);
        }
        expect(isRefused(document, told.full), document).toBe(false);
        expect(isRefused(document, []), document).toBe(true);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every field of every type: no scope opens it by way of another', () => {
    const query = schema.getQueryType();
    if (!query) throw new Error('no queries');
    const ways = waysTo(schema, query);
    expect(ways.size).toBeGreaterThan(40);
    for (const [name, way] of ways) {
      const type = schema.getType(name) as GraphQLObjectType;
      for (const field of Object.values(type.getFields())) {
        const document = way(call(field as AnyField, '__typename'));
        expect(isRefused(document, ['read']), document).toBe(false);
        for (const scope of SCOPES.filter((one) => one.startsWith('write'))) {
          expect(isRefused(document, [scope]), `${document} by ${scope}`).toBe(true);
        }
      }
    }
  });

  /** What a person is known or reached by, and what people write in their own words. */
  const PERSONAL =
    /^(name0|kana0|company|addr|postal|phone|email|birth|Sex$|Job$|Pref$|Country$|message$|note$|complete_|Customer$|login|mail_(subject|body|html)|MailHistories|Creator|pre_order_id|DeviceType)/;
  const TOKENS = [
    ['read:orders:minimal'],
    ['read:orders:minimal', 'write:shipping', 'write:orders', 'write:stock'],
  ];

  test('read:orders:minimal: nothing that a person is known by, nested or searched by', () => {
    let closed = 0;
    let open = 0;
    for (const name of ['Order', 'OrderItem', 'Shipping']) {
      const type = schema.getType(name) as GraphQLObjectType;
      const within = { Order: '@', OrderItem: 'OrderItems { @ }', Shipping: 'Shippings { @ }' }[name] ?? '';
      for (const field of Object.values(type.getFields())) {
        const inner = within.replace('@', call(field as AnyField, '__typename'));
        for (const scopes of TOKENS) {
          const refused = isRefused(`{ orders { nodes { ${inner} } } }`, scopes);
          if (PERSONAL.test(field.name)) expect(refused, `${name}.${field.name}`).toBe(true);
          if (refused) closed += 1;
          else open += 1;
        }
      }
    }
    expect(closed).toBeGreaterThan(40);
    expect(open).toBeGreaterThan(60);
    const orders = schema.getQueryType()?.getFields().orders as AnyField;
    const searches = orders.args.filter(({ name }) =>
      /^(multi|name|kana|company_name|email|phone_number)$/.test(name),
    );
    expect(searches).toHaveLength(6);
    for (const argument of searches) {
      for (const scopes of TOKENS) {
        expect(isRefused(`{ ${call(orders, 'totalCount', [argument])} }`, scopes), argument.name).toBe(true);
      }
    }
    for (const key of ['order', 'delivery']) {
      expect(isRefused(`{ orders(sortkey: "${key}") { totalCount } }`, ['read:orders:minimal'])).toBe(true);
    }
    expect(isRefused('{ orders(sortkey: "order_no") { totalCount } }', ['read:orders:minimal'])).toBe(false);
  });

  test('a field that nobody has listed is closed to the narrow scopes', () => {
    for (const scope of ['read:orders:minimal', 'write:orders']) {
      expect(opensField(scope, 'Order', 'plugin_gift_message', false)).toBe(false);
    }
    expect(opensField('read:orders', 'Order', 'plugin_gift_message', false)).toBe(true);
  });

  const over = async (scopes: string, query: string) => {
    shop.statements.length = 0;
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${scopes}` },
      body: JSON.stringify({ query }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
    const body = (await response.json()) as any;
    return { status: response.status, body, statements: [...shop.statements] };
  };

  test.each([
    ['a query', 'write:orders', '{ orders { totalCount } }', 'read:products'],
    [
      'a mutation',
      'write:products',
      'mutation { updateOrderStatus(id: 1, order_status_id: 6) { id } }',
      'write:orders',
    ],
    [
      'an argument',
      'read:orders:minimal',
      '{ orders(email: "a@example.com") { totalCount } }',
      'read:orders',
    ],
    ['a field', 'read:orders:minimal', '{ orders { nodes { Shippings { addr01 } } } }', 'read:orders'],
    ['a type', 'read:orders:minimal', '{ orders { nodes { MailHistories { mail_body } } } }', 'read:orders'],
    [
      'the result of a mutation',
      'write:orders',
      'mutation { updateOrderStatus(id: 1, order_status_id: 6) { name01 } }',
      'read:orders',
    ],
    [
      'the result of another',
      'write:products',
      'mutation { updateProduct(id: 1) { CustomerFavoriteProducts { id } } }',
      'read:customers',
    ],
  ])(
    '%s that a token does not open is refused before anything is read',
    async (_what, scopes, query, lacking) => {
      const { status, body, statements } = await over(scopes, query);
      expect(status).toBe(403);
      const { field, ...extensions } = body.errors[0].extensions;
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0].message).toBe(`Insufficient permission. (${lacking})`);
      expect(extensions).toEqual({ category: 'graphql', code: 'FORBIDDEN' });
      // None where the token opens no query at all, or no mutation.
      expect(field ?? 'Query.none').toMatch(/^[A-Z]\w+\.\w+/);
      expect(statements).toEqual([]);
    },
  );

  test('the field or argument that needs more is named; one that is not there is a fault of the question', async () => {
    const minimal = 'read:orders:minimal';
    const fieldOf = async (query: string) => (await over(minimal, query)).body.errors[0].extensions;
    expect(await fieldOf('{ orders { nodes { Shippings { id name01 } } } }')).toMatchObject({
      field: 'Shipping.name01',
    });
    expect(await fieldOf('{ orders(name: "x") { totalCount } }')).toMatchObject({
      field: 'Query.orders(name:)',
    });
    expect(await fieldOf('{ orders { nodes { Shippings { delivery_id } } } }')).toMatchObject({
      code: 'VALIDATION',
    });
    expect(await fieldOf('{ __typename ... on Customer { no_such } }')).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('the day of a warehouse: orders to ship, what is in them, and their parcels, without a name', async () => {
    const WAREHOUSE = 'read:orders:minimal-write:shipping';
    const { body } = await over(
      WAREHOUSE,
      `{ orders(status: ["1", "4", "6"], first: 50) { totalCount pageInfo { endCursor } nodes {
        id order_no total order_date OrderStatus { id name } version
        OrderItems { product_name product_code quantity OrderItemType { id } }
        Shippings { id tracking_number shipping_date shipping_delivery_name Delivery { name } version }
      } } changes(entities: ["order"]) { latestCursor } }`,
    );
    expect(body.errors).toBeUndefined();
    const [order] = body.data.orders.nodes.filter(
      ({ Shippings }: { Shippings: { shipping_date: unknown }[] }) =>
        Shippings.some((one) => !one.shipping_date),
    );
    const [parcel] = order.Shippings.filter((one: { shipping_date: unknown }) => !one.shipping_date);
    const shipped = await over(
      WAREHOUSE,
      `mutation { updateShipped(id: ${parcel.id}, tracking_number: "1234-5678", ifVersion: "${parcel.version}") {
        id tracking_number shipping_date Order { order_no OrderStatus { id } } } }`,
    );
    expect(shipped.body.errors).toBeUndefined();
    expect(shipped.body.data.updateShipped).toMatchObject({
      tracking_number: '1234-5678',
      Order: { order_no: order.order_no },
    });
  });

  test('a product tool changes prices and words, and sees no customer', async () => {
    const price = await over(
      'read:products-write:products',
      'mutation { updateProductPrice(code: "CHA-02", price02: "1150") { price02 Product { name version } } }',
    );
    expect(price.body.data.updateProductPrice.price02).toBe(1150);
    const product = await over(
      'write:products',
      'mutation { updateProduct(id: 3, note: "x") { note Status { name } ProductTag { Tag { name } } } }',
    );
    expect(product.body.data.updateProduct.note).toBe('x');
  });
});
