/**
 * Hostile values for every argument of every mutation that the schema has, taken from the schema itself, so that a new one is
 * covered by its example: a clear error with its field, or what the shop can bear; never a fault of ours, nothing half written.
 * One or two values for a place each time; `TEGATA_TEST_HOSTILE=all` gives every value to every place.
 */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { coreMutations } from '../../src/graphql/core-mutations.ts';
import { isErrorCode } from '../../src/graphql/errors.ts';
import type { ShippingMails } from '../../src/graphql/mails/shipping-mails.ts';
import type { OrderMailDeps } from '../../src/graphql/mutations/orders/send-order-mail.ts';
import { webhookMutations } from '../../src/graphql/mutations/webhooks.ts';
import type { WebhookSubscriptions } from '../../src/graphql/webhook-subscriptions.ts';
import { eachDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const ALL = process.env.TEGATA_TEST_HOSTILE === 'all';
const MESSAGE = 4_000; // characters of one error at the most

const EXAMPLES = new Map(
  [
    ...coreMutations({
      mails: {} as ShippingMails,
      orderMails: {} as OrderMailDeps['orderMails'],
      images: undefined,
      passwordCost: 4,
    }),
    ...webhookMutations({} as WebhookSubscriptions),
  ].map(({ name, example }) => [name, example ?? '']),
);

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>';
/** Given to every text. */
const EVERY_TEXT = ['長'.repeat(3_999), 'a\0b\ud800c\udc00'] as const;
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    SCRIPT,
    '\u202e逆さ\u2066中\u2069\u200b\ufeff',
    '=HYPERLINK("http://evil.example","x")',
    "'; drop table dtb_product; --",
    '{{ 7 * 7 }}{% include "x" %}{{ _self.env }}',
    `${'{"a":'.repeat(700)}1${'}'.repeat(700)}`,
    '[]'.repeat(1_900),
    '99999999999999999999999999999999999999',
    '1e400',
    '-1',
    '../../../etc/passwd',
    '𝟘😀👨‍👩‍👧‍👦',
    ' \t\r\n　',
    '__proto__',
    null,
  ],
  ID: [
    '0',
    '-1',
    '99999999999999999999',
    '2147483648',
    '1e0',
    '０１',
    '1\0',
    '',
    'x'.repeat(3_999),
    SCRIPT,
    null,
  ],
  Int: [2_147_483_647, -2_147_483_648, 0, -1, null],
  Float: [1e308, -1e308, 0.1, null],
  Boolean: [true, false, null],
  DateTime: [
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '2020-02-30T00:00:00Z',
    '2026-01-01',
    'x'.repeat(3_999),
    null,
  ],
};
const NO_CHOICE = '__proto__';

type Path = readonly (string | number)[];
type Case = { readonly what: string; readonly args: Readonly<Record<string, unknown>> };

/** Leaves below an argument, and the lists on the way. */
function* placesOf(
  type: GraphQLInputType,
  path: Path,
): Generator<{ path: Path; type: GraphQLNamedInputType | 'list' }> {
  if (isNonNullType(type)) return yield* placesOf(type.ofType, path);
  if (isListType(type)) {
    yield { path, type: 'list' };
    return yield* placesOf(type.ofType, [...path, 0]);
  }
  if (!isInputObjectType(type)) return yield { path, type };
  for (const field of Object.values(type.getFields())) yield* placesOf(field.type, [...path, field.name]);
}

const at = (from: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], from);

/** A copy with another value at a place. */
function put(from: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string | number, unknown> = (
    typeof key === 'number' ? [...((from ?? []) as unknown[])] : { ...(from as object | undefined) }
  ) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy;
}

let turn = 0;
function valuesFor(type: GraphQLNamedInputType): readonly unknown[] {
  const values = VALUES[type.name] ?? [NO_CHOICE, null];
  turn += 1;
  const chosen = ALL ? values : [values[turn % values.length]];
  return type.name === 'String' ? [...EVERY_TEXT, ...chosen] : chosen;
}

function* casesOf(
  field: GraphQLField<unknown, unknown>,
  base: Readonly<Record<string, unknown>>,
): Generator<Case> {
  for (const argument of field.args) {
    for (const { path, type } of placesOf(argument.type, [argument.name])) {
      const what = `${field.name}(${path.join('.')})`;
      const one = (value: unknown): Case => ({
        what: `${what} ${JSON.stringify(value)?.slice(0, 60)}`,
        args: put(base, path, value) as Case['args'],
      });
      if (type !== 'list') for (const value of valuesFor(type)) yield one(value);
      else {
        const [first = '1'] = (at(base, path) ?? []) as unknown[];
        yield one([]);
        yield one([first, first]);
        yield one(Array.from({ length: 10_000 }, () => first));
      }
    }
  }
}

/** The arguments with which the example calls the mutation. */
function baseOf(name: string): Record<string, unknown> {
  const [operation] = parse(EXAMPLES.get(name) ?? '{ x }').definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(name);
  const isOwn = (node: unknown): node is FieldNode =>
    (node as FieldNode).kind === Kind.FIELD && (node as FieldNode).name.value === name;
  const node = operation.selectionSet.selections.find(isOwn);
  const given = (node?.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]);
  return Object.fromEntries(given);
}

type Refusal = {
  readonly message: string;
  readonly extensions: {
    readonly code?: unknown;
    readonly category?: string;
    readonly field?: unknown;
    readonly faults?: unknown;
  };
};

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  let fields: GraphQLField<unknown, unknown>[];
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
    fields = Object.values(shop.api.schema.getMutationType()?.getFields() ?? {});
  });
  afterAll(() => shop.close());

  const tables = async (): Promise<string[]> =>
    [
      'dtb_product dtb_product_class dtb_product_stock dtb_product_category dtb_product_image dtb_product_tag',
      'dtb_category dtb_class_name dtb_class_category dtb_tag dtb_customer dtb_customer_address dtb_order',
      'dtb_order_item dtb_shipping dtb_mail_history dtb_news dtb_payment dtb_delivery dtb_delivery_time',
      'dtb_tax_rule tegata_client_data tegata_point_change tegata_stock_change',
    ].flatMap((line) => line.split(' '));
  const everything = async (): Promise<string> => {
    const parts: string[] = [];
    for (const table of await tables()) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(store.db);
      parts.push(
        `${table} ${rows
          .map((row) => JSON.stringify(row))
          .sort()
          .join('\n')}`,
      );
    }
    return parts.join('\n');
  };

  const send = async (field: GraphQLField<unknown, unknown>, { what, args }: Case): Promise<boolean> => {
    const given = field.args.filter(({ name }) => name in args);
    const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
    const shown = isObjectType(getNamedType(field.type)) ? '{ __typename }' : '';
    const { errors } = await shop.ask(`mutation (${declared}) { ${field.name}(${passed}) ${shown} }`, args);
    for (const { message, extensions } of (errors ?? []) as Refusal[]) {
      const said = `${what}: ${message.slice(0, 300)} ${JSON.stringify(extensions).slice(0, 300)}`;
      expect(isErrorCode(extensions.code), said).toBe(true);
      expect(extensions.category, said).not.toBe('internal');
      expect(message.length, said).toBeLessThanOrEqual(MESSAGE);
      if (extensions.category === 'Invalid argument')
        expect('field' in extensions || 'faults' in extensions, said).toBe(true);
    }
    expect(shop.log, what).toEqual([]);
    return errors !== undefined;
  };

  test('every mutation of the schema has an example to begin from', () => {
    expect(fields.map(({ name }) => name).sort()).toEqual([...EXAMPLES.keys()].sort());
    for (const { name, args } of fields) {
      const needed = args.filter(({ type }) => isNonNullType(type) && !type.toString().startsWith('Boolean'));
      expect(Object.keys(baseOf(name)), name).toEqual(expect.arrayContaining(needed.map((one) => one.name)));
    }
  });

  describe('is refused in the caller’s terms, or taken; what is refused writes nothing', () => {
    test.each([...EXAMPLES.keys()])('%s', { timeout: ALL ? 0 : 120_000 }, async (name) => {
      const field = fields.find((one) => one.name === name);
      if (!field) throw new Error(name);
      const base = baseOf(name);
      // What the other cases begin from stays.
      const start = name.endsWith('Delete') ? { ...base, validateOnly: true } : base;
      const refused: Case[] = [];
      for (const one of casesOf(field, start)) if (await send(field, one)) refused.push(one);
      const before = await everything();
      let isRefusedAgain = true;
      for (const one of refused) isRefusedAgain = (await send(field, one)) && isRefusedAgain;
      if (isRefusedAgain) expect(await everything()).toBe(before);
      expect(refused.length, name).toBeGreaterThan(0);
    });
  });

  test('and the shop is whole', async () => {
    const count = async (text: string): Promise<number> =>
      Number((await sql<{ n: unknown }>`${sql.raw(text)}`.execute(store.db)).rows[0]?.n);
    for (const column of ['description_detail', 'description_list', 'free_area']) {
      const found = `select count(*) as n from dtb_product where ${column} like`;
      expect(await count(`${found} '%<script%'`), column).toBe(0);
      expect(await count(`${found} '%onerror%'`), column).toBe(0);
    }
    expect(await count(`select count(*) as n from dtb_news where description like '%<script%'`)).toBe(0);
    expect(
      await count(
        'select count(*) as n from dtb_product_class c left join dtb_product_stock s on s.product_class_id = c.id where s.id is null or s.stock <> c.stock',
      ),
    ).toBe(0);
    expect(
      await count(
        'select count(*) as n from (select product_id from dtb_product_class where class_category_id1 is null group by product_id having count(*) <> 1) x',
      ),
    ).toBe(0);
    expect(
      await count(
        'select count(*) as n from dtb_category c left join dtb_category p on p.id = c.parent_category_id where c.hierarchy <> coalesce(p.hierarchy, 0) + 1',
      ),
    ).toBe(0);
    if (database.name === 'sqlite')
      expect((await sql`pragma foreign_key_check`.execute(store.db)).rows).toEqual([]);
  });
});
