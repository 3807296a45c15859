/** Documents over the faulty schema: a query and a mutation with fragments, switches, variables and odd aliases. */
import fc from 'fast-check';
import { FIELD_NAMES } from './faulty-schema.ts';

const isPart = (name: string): boolean => /[pP]art|^lateP$|^neededP$/.test(name);
const LEAF_NAMES = FIELD_NAMES.filter((name) => !isPart(name) && !['own', 'made', 'echo'].includes(name));
// Faults that leave nothing of their parent are rarer than what is shown.
const GENTLE = LEAF_NAMES.filter((name) => !/needed|Required|AllNeeded/i.test(name));
const PART_NAMES = FIELD_NAMES.filter(isPart);
const KIND_PARTS = ['part', 'lateP', 'neededP', 'parts', 'neededParts', 'deepParts'];
const ALIASES = [
  'a',
  'b',
  '__proto__',
  'constructor',
  'toString',
  'then',
  'toJSON',
  'c',
  '1'.padStart(2, '_'),
];

const VARIABLES =
  '$y: Boolean = true, $z: Boolean!, $w: Boolean! = false, $n: Int, $m: Int = 8, $l: [String], $k: Int! = 9';
const value = fc.constantFrom('$n', '$m', '4', 'null', '$k');
const bag = fc.letrec<{ bag: string }>((tie) => ({
  bag: fc
    .tuple(
      value,
      fc.constantFrom('$l', '["a", null]', '"b"', 'null'),
      fc.constantFrom('', 'need: 3', 'need: $k', 'need: $m'),
      fc.option(tie('bag'), { maxDepth: 2 }),
    )
    .map(([n, s, need, inner]) => `{ n: ${n}, s: ${s} ${need} ${inner === null ? '' : `in: ${inner}`} }`),
})).bag;
const args = fc
  .tuple(fc.option(value), fc.option(bag), fc.constantFrom('', 'need: 3', 'need: $k', 'need: $m'))
  .map(([n, given, need]) => {
    const all = [n && `n: ${n}`, given && `bag: ${given}`, need].filter(Boolean);
    return all.length > 0 ? `(${all.join(' ')})` : '';
  });
const flag = fc.constantFrom('true', 'false', '$z', '$w', '$y');
const directive = fc.oneof(
  { arbitrary: fc.constant(''), weight: 6 },
  { arbitrary: flag.map((on) => ` @include(if: ${on})`), weight: 1 },
  { arbitrary: flag.map((on) => ` @skip(if: ${on})`), weight: 1 },
  { arbitrary: fc.tuple(flag, flag).map(([a, b]) => ` @skip(if: ${a}) @include(if: ${b})`), weight: 1 },
);
const alias = fc.oneof(
  { arbitrary: fc.constant(''), weight: 3 },
  { arbitrary: fc.constantFrom(...ALIASES).map((name) => `${name}: `), weight: 1 },
);
const leaf = fc.oneof(
  { arbitrary: fc.constantFrom(...GENTLE), weight: 6 },
  { arbitrary: fc.constantFrom(...LEAF_NAMES), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom('echo', 'made', 'own'), args)
      .map(([name, given]) => `${name}${given}`),
    weight: 3,
  },
  { arbitrary: fc.constant('__typename'), weight: 1 },
);
const FRAGMENTS = ['F', 'G', 'H'];

function selections(type: string, spreads: readonly string[], maxDepth: number): fc.Arbitrary<string> {
  return fc.letrec<{ set: string; one: string }>((tie) => ({
    set: fc
      .array(tie('one'), { minLength: 1, maxLength: 5, depthIdentifier: 'set' })
      .map((all) => `{ ${all.join(' ')} }`),
    one: fc.oneof(
      { maxDepth, depthIdentifier: `${type}set` },
      { arbitrary: fc.tuple(alias, leaf, directive).map((all) => all.join('')), weight: 4 },
      {
        arbitrary: fc
          .tuple(
            alias,
            fc.constantFrom(...KIND_PARTS, ...KIND_PARTS, ...KIND_PARTS, ...PART_NAMES),
            directive,
            partSet(spreads, maxDepth),
          )
          .map((all) => all.join('')),
        weight: 3,
      },
      {
        arbitrary: fc
          .tuple(fc.constantFrom(`... on ${type}`, '...'), directive, tie('set'))
          .map((all) => all.join('')),
        weight: 1,
      },
    ),
  })).set;
}

function partSet(spreads: readonly string[], maxDepth: number): fc.Arbitrary<string> {
  const spread = spreads.map((name) => ({ arbitrary: directive.map((on) => `...${name}${on}`), weight: 1 }));
  return fc.letrec<{ set: string; one: string }>((tie) => ({
    set: fc.array(tie('one'), { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`),
    one: fc.oneof(
      { maxDepth: Math.max(1, maxDepth), depthIdentifier: 'part' },
      { arbitrary: fc.tuple(alias, leaf, directive).map((all) => all.join('')), weight: 6 },
      ...spread,
      {
        arbitrary: fc
          .tuple(alias, fc.constantFrom(...KIND_PARTS, ...KIND_PARTS, ...PART_NAMES), directive, tie('set'))
          .map((all) => all.join('')),
        weight: 4,
      },
      {
        arbitrary: fc
          .tuple(fc.constantFrom('... on Part', '...'), directive, tie('set'))
          .map((all) => all.join('')),
        weight: 1,
      },
    ),
  })).set;
}

export const operations = fc
  .tuple(
    selections('Query', FRAGMENTS, 3),
    selections('Mutation', FRAGMENTS, 2),
    partSet(['G', 'H'], 2),
    partSet(['H'], 2),
    partSet([], 1),
  )
  .map(
    ([query, mutation, f, g, h]) =>
      `query A(${VARIABLES}) ${query} mutation B(${VARIABLES}) ${mutation} ` +
      `fragment F on Part ${f} fragment G on Part ${g} fragment H on Part ${h}`,
  );
const variables = fc.record(
  {
    y: fc.constantFrom(true, false, null),
    z: fc.boolean(),
    w: fc.boolean(),
    n: fc.constantFrom(null, 1),
    m: fc.constantFrom(null, 2),
    l: fc.constantFrom(null, ['x'], 'y'),
    k: fc.constant(11),
  },
  { requiredKeys: ['z'] },
);
export const request = fc.record({
  operationName: fc.constantFrom('A', 'A', 'B'),
  variableValues: variables,
});
