/** A schema whose resolvers fail in every way that there is, beside those that do not. */
import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  responsePathAsArray,
} from 'graphql';
import { PLACELESS } from '../../src/graphql/execution/result-shape.ts';

const required = (type: GraphQLOutputType) => new GraphQLNonNull(type as never);
const list = (type: GraphQLOutputType) => new GraphQLList(type);
const fault = (): never => {
  throw new GraphQLError('broken', { extensions: { code: 'X' } });
};
const bare = (): never => {
  throw new Error('bare');
};

const Odd = new GraphQLScalarType({
  name: 'Odd',
  coerceOutputValue: (value) => {
    if (value === 'bad') throw new GraphQLError('no odd thing', { extensions: { code: 'ODD' } });
    return value;
  },
});
const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 1 }, BLUE: { value: 2 } } });
const Bag = new GraphQLInputObjectType({
  name: 'Bag',
  fields: () => ({
    n: { type: GraphQLInt, default: { value: 5 } },
    s: { type: new GraphQLList(GraphQLString) },
    need: { type: new GraphQLNonNull(GraphQLInt), default: { value: 1 } },
    in: { type: Bag },
  }),
});

/** What a resolver of type `T` may give, whatever the type. */
const GIVEN: Readonly<Record<string, () => unknown>> = {
  Null: () => null,
  Undefined: () => undefined,
  Throws: fault,
  Bare: bare,
  ThrowsText: () => {
    throw 'text';
  },
  Rejects: async () => fault(),
  RejectsLate: async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return bare();
  },
  Error: () => new Error('a value'),
  LateError: async () => new GraphQLError('a late value'),
  LateNull: async () => null,
};
const row = () => ({ id: 1, own: 'own', made: ({ n }: { n?: number }) => `made ${n}` });
const LEAVES: Readonly<Record<string, readonly [GraphQLOutputType, () => unknown]>> = {
  int: [GraphQLInt, () => 1],
  wrongInt: [GraphQLInt, () => 'one'],
  odd: [Odd, () => ({ odd: 1 })],
  oddBad: [Odd, async () => 'bad'],
  colour: [Colour, () => 1],
  wrongColour: [Colour, () => 3],
  late: [GraphQLString, async () => 'late'],
};
const nested = (): unknown => [[1, null, Promise.resolve(2)], null, Promise.resolve([3]), fault3(), 7];
const fault3 = async (): Promise<never> => fault();
const LISTS: Readonly<Record<string, readonly [GraphQLOutputType, () => unknown]>> = {
  ints: [list(GraphQLInt), () => new Set([1, null, 'x', Promise.resolve(4)])],
  neededInts: [list(required(GraphQLInt)), () => [1, Promise.resolve(null), fault3()]],
  deep: [list(list(GraphQLInt)), nested],
  deepNeeded: [list(list(required(GraphQLInt))), nested],
  deepAllNeeded: [required(list(required(list(required(GraphQLInt))))), nested],
  noList: [list(GraphQLInt), () => 'text'],
  breaks: [
    list(GraphQLInt),
    function* () {
      yield fault3();
      yield 1;
      fault();
    },
  ],
};

type Fields = Record<string, object>;
const ARGS = {
  n: { type: GraphQLInt, default: { value: 3 } },
  bag: { type: Bag },
  need: { type: new GraphQLNonNull(GraphQLInt), default: { value: 2 } },
};
function fieldsOf(part: GraphQLObjectType, resolveTo: () => unknown): Fields {
  const fields: Fields = {
    id: { type: GraphQLInt, extensions: PLACELESS, resolve: ({ id }: { id?: number }) => id },
    own: { type: GraphQLString, args: ARGS },
    made: { type: GraphQLString, args: ARGS },
    echo: {
      type: GraphQLString,
      args: ARGS,
      resolve: (_row: unknown, args: object, context: { who: string }) =>
        `${context.who} ${JSON.stringify(args)}`,
    },
    place: {
      type: GraphQLString,
      resolve: (_r: unknown, _a: unknown, _c: unknown, info: never) => shownInfo(info),
    },
    part: { type: part, resolve: resolveTo },
    lateP: { type: part, resolve: async () => resolveTo() },
    neededP: { type: required(part), resolve: resolveTo },
    parts: { type: list(part), resolve: () => [resolveTo(), null, Promise.resolve(resolveTo()), fault3()] },
    neededParts: { type: list(required(part)), resolve: () => [resolveTo(), resolveTo()] },
    deepParts: {
      type: list(required(list(part))),
      resolve: () => [[resolveTo()], [Promise.resolve(resolveTo())]],
    },
  };
  for (const [name, [type, resolve]] of Object.entries({ ...LEAVES, ...LISTS })) {
    fields[name] = { type, resolve };
    if (!type.toString().endsWith('!')) fields[`${name}Required`] = { type: required(type), resolve };
  }
  for (const [name, resolve] of Object.entries(GIVEN)) {
    fields[`int${name}`] = { type: GraphQLInt, resolve };
    fields[`needed${name}`] = { type: required(GraphQLInt), resolve };
    fields[`part${name}`] = { type: part, resolve };
    fields[`parts${name}`] = { type: list(required(part)), resolve };
  }
  return fields;
}

function shownInfo(info: {
  path: never;
  fieldNodes: readonly unknown[];
  parentType: unknown;
  returnType: unknown;
  variableValues: { coerced: object };
  fragments: object;
  operation: { operation: string; name?: { value: string } };
}): string {
  const { path, fieldNodes, parentType, returnType, variableValues, fragments, operation } = info;
  const names = Object.keys(fragments);
  return JSON.stringify([
    responsePathAsArray(path),
    fieldNodes.length,
    `${parentType} ${returnType}`,
    variableValues.coerced,
    names,
    operation.operation,
    operation.name?.value,
  ]);
}

const Part: GraphQLObjectType = new GraphQLObjectType({
  name: 'Part',
  fields: () => fieldsOf(Part, row) as never,
});
const Query = new GraphQLObjectType({ name: 'Query', fields: () => fieldsOf(Part, row) as never });
const Mutation = new GraphQLObjectType({ name: 'Mutation', fields: () => fieldsOf(Part, row) as never });
export const schema = new GraphQLSchema({ query: Query, mutation: Mutation });

export const FIELD_NAMES = Object.keys(fieldsOf(Part, row));
