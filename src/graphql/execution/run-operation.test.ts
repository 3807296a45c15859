/** The executor answers as graphql-js does: the same schema, the same documents, both results beside each other. */
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSchema,
  GraphQLString,
  parse,
  responsePathAsArray,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { PLACELESS, type ResultShape } from './result-shape.ts';
import { runOperation } from './run-operation.ts';

const required = <T extends GraphQLOutputType>(type: T) => new GraphQLNonNull(type as never);
const broken = (): never => {
  throw new GraphQLError('broken', { extensions: { code: 'X' } });
};
const late = async <T>(value: T): Promise<T> => value;
type Row = { readonly id: number };

const place = (_row: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): string =>
  `${responsePathAsArray(info.path).join('.')} ${info.fieldNodes.length} ${info.parentType} ${info.returnType}`;

const Part: GraphQLObjectType = new GraphQLObjectType<Row>({
  name: 'Part',
  fields: () => ({
    id: { type: required(GraphQLID), extensions: PLACELESS, resolve: (row) => row.id },
    key: {
      type: GraphQLString,
      extensions: PLACELESS,
      resolve: (row, _a, _c, { path }) => `${path.key} ${row.id}`,
    },
    count: { type: GraphQLInt },
    place: { type: GraphQLString, resolve: place },
    echo: {
      type: GraphQLString,
      args: { text: { type: GraphQLString, default: { value: 'a' } } },
      resolve: (_r, { text }) => text,
    },
    made: { type: GraphQLString, args: { n: { type: GraphQLInt } } },
    broken: { type: GraphQLString, resolve: broken },
    brokenLate: { type: GraphQLString, resolve: async () => broken() },
    needed: { type: required(GraphQLString), resolve: () => null },
    neededLate: { type: required(GraphQLString), resolve: async () => broken() },
    error: { type: GraphQLString, resolve: () => new GraphQLError('a value that is an error') },
    later: { type: Part, resolve: (row) => late(row) },
    part: { type: Part, extensions: PLACELESS, resolve: (row) => row },
    none: { type: Part, resolve: () => null },
    parts: {
      type: new GraphQLList(Part),
      resolve: (row) => [row, null, late(row), { id: 8, count: 'eight' }],
    },
    neededParts: { type: new GraphQLList(required(Part)), resolve: (row) => [row, null] },
    brokenParts: {
      type: new GraphQLList(required(Part)),
      resolve: () => [late(null), null, (async () => broken())()],
    },
    noList: { type: new GraphQLList(Part), resolve: (row) => row },
    numbers: { type: new GraphQLList(GraphQLInt), resolve: () => new Set([1, null, 2.5]) },
  }),
});

const row = { id: 7, count: 3, made: ({ n }: { n?: number }) => `made ${n}` };
const partField = { type: Part, resolve: () => row };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      part: partField,
      late: { type: Part, resolve: () => late(row) },
      needed: { type: required(GraphQLInt), resolve: broken },
    },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      add: {
        type: GraphQLInt,
        args: { by: { type: required(GraphQLInt) } },
        resolve: async (_root, { by }, context: { sum: number }) => {
          const { sum } = context;
          await late(0);
          context.sum = sum + by;
          return context.sum;
        },
      },
      needed: { type: required(GraphQLInt), resolve: async () => broken() },
    },
  }),
});

type Case = readonly [name: string, text: string, more?: Partial<ExecutionArgs>];
const DOCUMENTS: readonly Case[] = [
  [
    'aliases, repeated fields, fragments in order',
    '{ part { ...F a: id ... on Part { key b: key } key part { id } part { count } } } fragment F on Part { count id ...G } fragment G on Part { z: id }',
  ],
  ['names of prototypes', '{ part { __proto__: id constructor: count toString: key } }'],
  [
    'a name of the type, and the schema',
    '{ __typename part { __typename } __type(name: "Part") { name fields { name type { kind ofType { name } } } } }',
  ],
  ['where a field stands', '{ part { place parts { place } later { p: place p: place } } }'],
  [
    'arguments, defaults, methods',
    'query ($t: String) { part { echo x: echo(text: $t) y: echo(text: null) made(n: 4) } }',
    { variableValues: { t: 'b' } },
  ],
  [
    'skip and include',
    'query ($s: Boolean!, $i: Boolean = false) { part { id @skip(if: $s) count @include(if: $i) ... @include(if: true) { key } ...F @skip(if: true) } } fragment F on Part { echo }',
    { variableValues: { s: true } },
  ],
  ['faults beside each other', '{ part { broken brokenLate error id noList { id } } late { broken } }'],
  ['null in place of the parent', '{ part { id part { id needed } } late { neededLate id } }'],
  ['lists', '{ part { parts { id count key } numbers } }'],
  ['lists whose rows may not be missing', '{ part { neededParts { id } } }'],
  ['a fault below a fault is told once', '{ part { parts { neededLate needed brokenLate } } }'],
  ['lists that break off while others of their rows are on their way', '{ part { brokenParts { id } id } }'],
  ['nothing at all', '{ part { id } needed }'],
  ['nothing', '{ part { none { id } } }'],
  ['mutations one after another', 'mutation { a: add(by: 1) b: add(by: 2) c: add(by: 3) }'],
  ['a mutation that fails', 'mutation { a: add(by: 1) needed b: add(by: 2) }'],
  [
    'a variable that does not fit',
    'query ($n: Int!) { part { made(n: $n) } }',
    { variableValues: { n: 'x' } },
  ],
  ['which operation', 'query A { part { id } } query B { part { count } }', { operationName: 'B' }],
  ['no operation', 'query A { part { id } } query B { part { count } }'],
  ['no such root', 'subscription { part { id } }'],
  ['errors that stay where they are', 'query @experimental_disableErrorPropagation { part { needed } }'],
];

const shown = ({ data, errors }: ExecutionResult): unknown =>
  JSON.parse(JSON.stringify({ data, errors: errors?.map((error) => ({ ...error.toJSON() })) }));

describe('an operation', () => {
  test.each(DOCUMENTS.map(([name, text, more]) => ({ name, text, more })))(
    '$name',
    async ({ text, more }) => {
      const args = () => ({ schema, document: parse(text), contextValue: { sum: 0 }, ...more });
      const expected = await execute(args());
      const kept = new Map<string, ResultShape>();
      const again = args();
      for (const _turn of [1, 2]) {
        const given = { ...again, contextValue: { sum: 0 } };
        const result = await runOperation(given, (_asked, make) => {
          const shape = kept.get('') ?? make();
          kept.set('', shape);
          return shape;
        });
        expect(shown(result)).toEqual(shown(expected));
        expect(JSON.stringify(result.data)).toBe(JSON.stringify(expected.data));
      }
    },
  );
});
