/**
 * How long and how many the values of arguments may be: judged on the literals of a document and on raw variables, before
 * anything trims, parses, compares or coerces them. A value counts wherever it is used, so that one variable under many
 * aliases counts as often.
 */
import {
  type ArgumentNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { searchMessages } from '../../shop/search/messages.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument, limitRefusal } from '../errors.ts';
import { type ApiLimits, breachText } from './limits.ts';

const MOST_CHARACTERS = 4000; // in one text, where its argument names no other number
const MOST_ITEMS = 1000; // in one list, doubles left out
const MOST_DIGITS = 40; // of a number in the document
const MOST_LEVELS = 10; // of lists and objects inside each other

type Breach = 'long' | 'many' | 'digits' | 'deep';

const TEXTS: Record<Exclude<Breach, 'long'>, Text> = {
  many: {
    ja: `値が多すぎます。${MOST_ITEMS}個以内にしてください。`,
    en: `Too many values. At most ${MOST_ITEMS} are allowed.`,
  },
  digits: {
    ja: `数値の桁が多すぎます。${MOST_DIGITS}桁以内にしてください。`,
    en: `The number has too many digits. At most ${MOST_DIGITS} are allowed.`,
  },
  deep: {
    ja: `値の入れ子が深すぎます。${MOST_LEVELS}段以内にしてください。`,
    en: `The value is nested too deeply. At most ${MOST_LEVELS} levels are allowed.`,
  },
};

type Size = { characters: number; items: number; breach?: Breach };

const EMPTY: Size = { characters: 0, items: 0 };

/** A place of the document where a value is given to an argument. */
type Use = {
  readonly argument: string;
  /** Characters in one text. */
  readonly most: number;
  readonly literal: Size;
  readonly variables: readonly string[];
};

/** The uses of a document; no literal among them is too large. */
export type ArgumentUses = {
  readonly uses: readonly Use[];
  /** What variables are when they are not given. */
  readonly defaults: ReadonlyMap<string, ConstValueNode>;
};

export type BudgetDeps = { readonly limits: ApiLimits; readonly locale: Locale };

/** @throws GraphQLError when a literal is too large. */
export function argumentUses(
  document: DocumentNode,
  schema: GraphQLSchema,
  { limits, locale }: BudgetDeps,
): ArgumentUses {
  const uses: Use[] = [];
  const defaults = new Map<string, ConstValueNode>();
  const info = new TypeInfo(schema);
  const add = (argument: string, node: ValueNode, most: number): void => {
    const variables: string[] = [];
    uses.push({ argument, most, literal: sizeOfLiteral(node, most, variables), variables });
  };
  const enter = (node: ArgumentNode): void =>
    add(node.name.value, node.value, longestText(info.getArgument()));
  visit(document, {
    VariableDefinition: ({ variable, defaultValue }) => {
      if (!defaultValue) return;
      defaults.set(variable.name.value, defaultValue);
      add(`$${variable.name.value}`, defaultValue, limits.argumentCharacters);
    },
    ...visitWithTypeInfo(info, { Argument: enter }),
  });
  const sizes = uses.map(({ literal }) => literal);
  throwBroken(uses, sizes, { limits, locale });
  return { uses, defaults };
}

/** What is wrong with the variables of a request; undefined = nothing. */
export function overBudget(
  { uses, defaults }: ArgumentUses,
  variables: Readonly<Record<string, unknown>>,
  needs: BudgetDeps,
): GraphQLError | undefined {
  const names = sizeOfNames(variables);
  const isUsed = uses.some((use) => use.variables.length > 0);
  if (!isUsed && names.breach === undefined) return undefined;
  const measured = new Map<string, Size>();
  const sizeOf = (name: string, most: number): Size => {
    const key = `${most} ${name}`;
    const known = measured.get(key);
    if (known) return known;
    const usual = Object.hasOwn(variables, name) ? undefined : defaults.get(name);
    const size = usual ? sizeOfLiteral(usual, most) : sizeOfValue(variables[name], most);
    measured.set(key, size);
    return size;
  };
  const sizes = isUsed ? uses.map((use) => sumOf(use, sizeOf)) : [];
  try {
    throwBroken([...uses.slice(0, sizes.length), GIVEN], [...sizes, names], needs);
    return undefined;
  } catch (error) {
    return error as GraphQLError;
  }
}

/** The variables themselves, declared or not. */
const GIVEN: Use = { argument: 'variables', most: MOST_CHARACTERS, literal: EMPTY, variables: [] };

function sumOf({ literal, variables, most }: Use, sizeOf: (name: string, most: number) => Size): Size {
  const total = { ...literal };
  for (const name of variables) {
    const { characters, items, breach } = sizeOf(name, most);
    total.characters += characters;
    total.items += items;
    if (breach) total.breach = breach;
  }
  return total;
}

function throwBroken(uses: readonly Use[], sizes: readonly Size[], { limits, locale }: BudgetDeps): void {
  const faults = new Map<string, Fault>();
  let [characters, items] = [0, 0];
  for (const [place, { argument, most }] of uses.entries()) {
    const size = sizes[place] as Size;
    characters += size.characters;
    items += size.items;
    if (size.breach)
      faults.set(argument, { argument, text: faultText(size.breach, most, locale), code: 'LIMIT' });
  }
  if (faults.size > 0) throw new InvalidArgument([...faults.values()]);
  if (characters > limits.argumentCharacters) {
    throw limitRefusal(breachText('argumentCharacters', limits, locale));
  }
  if (items > limits.argumentItems) throw limitRefusal(breachText('argumentItems', limits, locale));
}

const faultText = (breach: Breach, most: number, locale: Locale): string =>
  breach === 'long' ? searchMessages[locale].tooLong(most) : TEXTS[breach][locale];

/** An argument that takes longer texts says so where it is declared, or a field of its input object does. */
const longestText = (argument: GraphQLArgument | null | undefined): number =>
  argument ? Math.max(MOST_CHARACTERS, longestOf(argument, new Set())) : MOST_CHARACTERS;

type Longest = { readonly type: GraphQLInputType; readonly extensions: { readonly longest?: unknown } };

function longestOf({ type, extensions }: Longest, seen: Set<GraphQLInputObjectType>): number {
  const own = typeof extensions.longest === 'number' ? extensions.longest : 0;
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return own;
  seen.add(named);
  return Math.max(own, ...Object.values(named.getFields()).map((field) => longestOf(field, seen)));
}

function sizeOfLiteral(node: ValueNode, most: number, variables: string[] = []): Size {
  const size: Size = { characters: 0, items: 0 };
  measureLiteral(node, size, { most, variables, level: 0 });
  return size;
}

function sizeOfValue(value: unknown, most: number): Size {
  const size: Size = { characters: 0, items: 0 };
  measureValue(value, size, most, 0);
  return size;
}

type LiteralPlace = { readonly most: number; readonly variables: string[]; readonly level: number };

function measureLiteral(node: ValueNode, size: Size, place: LiteralPlace): void {
  if (place.level > MOST_LEVELS) {
    size.breach = 'deep';
    return;
  }
  const below = { ...place, level: place.level + 1 };
  switch (node.kind) {
    case Kind.VARIABLE:
      place.variables.push(node.name.value);
      return;
    case Kind.STRING:
      measureText(node.value, size, place.most);
      return;
    case Kind.INT:
    case Kind.FLOAT:
      size.characters += node.value.length;
      if (node.value.length > MOST_DIGITS) size.breach = 'digits';
      return;
    case Kind.LIST:
      measureCount(node.values.length, () => node.values.map(scalarOf), size);
      for (const value of node.values) measureLiteral(value, size, below);
      return;
    case Kind.OBJECT:
      for (const { value } of node.fields) measureLiteral(value, size, below);
  }
}

const scalarOf = (node: ValueNode): unknown => ('value' in node ? `${node.kind} ${node.value}` : node);

function measureValue(value: unknown, size: Size, most: number, level: number): void {
  if (typeof value === 'string') measureText(value, size, most);
  if (typeof value !== 'object' || value === null) return;
  if (level > MOST_LEVELS) {
    size.breach = 'deep';
    return;
  }
  if (Array.isArray(value)) measureCount(value.length, () => value, size);
  else addNames(value, size);
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const one of members) measureValue(one, size, most, level + 1);
}

function sizeOfNames(variables: Readonly<Record<string, unknown>>): Size {
  const size: Size = { characters: 0, items: 0 };
  addNames(variables, size);
  return size;
}

/** A name that no input type knows costs as much as one that it knows. */
function addNames(value: object, size: Size): void {
  const names = Object.keys(value);
  size.items += names.length;
  if (names.length > MOST_ITEMS) size.breach = 'many';
  else for (const name of names) measureText(name, size, MOST_CHARACTERS);
}

/** Objects in a list are never doubles of each other. */
function measureCount(count: number, values: () => readonly unknown[], size: Size): void {
  size.items += count;
  if (count > MOST_ITEMS && new Set(values()).size > MOST_ITEMS) size.breach = 'many';
}

function measureText(text: string, size: Size, most: number): void {
  size.characters += text.length;
  if (text.length > most && (text.length > 2 * most || [...text].length > most)) size.breach = 'long';
}
