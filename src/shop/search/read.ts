/**
 * Arguments of a list query → what is asked of the rows, or every fault at once. Pure: which choices exist is handed in.
 * One function per kind of argument; each answers a condition, or nothing when the argument does not restrict.
 */
import { type Condition, fieldsOf, Values, wayOf } from './condition.ts';
import { dayCondition, instantCondition } from './dates.ts';
import { readSort } from './paging.ts';
import type { Choices, Reading, ReadingDeps, SearchArgs, SearchFault } from './reading.ts';
import type { Filter, Search, SearchArgument } from './search.ts';
import { amount, asKatakana, cleaned, likePattern, searchedId, trimmed } from './values.ts';

/** Characters where EC-CUBE's form knows no end; SQLite takes no pattern of more than 50,000 bytes. */
const LONGEST_TEXT = 4000;

type Readers = { [K in SearchArgument['kind']]: (reading: Reading<K>) => Condition | undefined };

const READERS: Readers = {
  keyword: readKeyword,
  contains: readContains,
  equals: ({ argument, args, values }) => {
    const text = textOf(args[argument.name]);
    return text === '' ? undefined : { op: '=', field: argument.field, value: values.add(text) };
  },
  kana: readKana,
  phone: readPhone,
  choices: readChoices,
  choice: readChoice,
  month: readMonth,
  halves: readHalves,
  day: dayCondition,
  instant: instantCondition,
  amount: readAmount,
  count: readCount,
};

/** The entities whose rows must be known to judge these arguments; defaults need no judgement. */
export function neededChoices(search: Search, args: SearchArgs): string[] {
  return search.arguments.flatMap((argument) => {
    if (argument.kind !== 'choice' && argument.kind !== 'choices') return [];
    const given = listOf(args[argument.name]);
    const known = argument.kind === 'choices' && isDefault(given, argument.default);
    return given.length === 0 || known ? [] : [argument.among];
  });
}

export function readSearch(
  search: Search,
  args: SearchArgs,
  needs: ReadingDeps,
): { filter: Filter } | { faults: readonly SearchFault[] } {
  const faults: SearchFault[] = [];
  const values = new Values();
  const conditions: Condition[] = [];
  for (const argument of search.arguments) {
    if (args[argument.name] === null && !('otherwiseNot' in argument)) continue;
    const fail = (text: string): undefined => {
      faults.push({ argument: argument.name, text });
    };
    const read = READERS[argument.kind] as (reading: Reading) => Condition | undefined;
    const condition = read({ ...needs, argument, args, values, fail });
    if (condition) conditions.push(condition);
  }
  const sort = readSort(search, args, needs.messages);
  if ('fault' in sort) faults.push(sort.fault);
  if (faults.length > 0 || 'fault' in sort) return { faults };
  return {
    filter: {
      entity: search.entity,
      ...split(search, conditions, values),
      sort: sort.keys,
      values: values.list,
    },
  };
}

/** Conditions on rows that belong to the searched one also choose which of them are shown. */
function split(
  search: Search,
  conditions: readonly Condition[],
  values: Values,
): Pick<Filter, 'own' | 'joined'> {
  const relationOf = (condition: Condition): string | undefined =>
    search.joins.find(({ relation }) => fieldsOf(condition).some((field) => wayOf(field) === relation))
      ?.relation;
  const joined = search.joins.flatMap(({ relation, required, only }) => {
    const of = conditions.filter((condition) => relationOf(condition) === relation);
    if (!required && of.length === 0) return [];
    const always: Condition[] =
      only === undefined ? [] : [{ op: '=', field: `${relation}.${only}`, value: values.add(true) }];
    return [{ relation, of: [...always, ...of] }];
  });
  return { own: conditions.filter((condition) => relationOf(condition) === undefined), joined };
}

function readKeyword({ argument, args, values, messages, fail }: Reading<'keyword'>): Condition | undefined {
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  const most = argument.maxLength ?? LONGEST_TEXT;
  if (characters(text) > most) return fail(messages.tooLong(most));
  const id = searchedId(cleaned(text, argument.idCleaning));
  const byId: Condition[] = id === undefined ? [] : [{ op: '=', field: argument.id, value: values.add(id) }];
  const escaped = argument.escaped ?? false;
  const byText = argument.places.map(({ fields, cleaning }): Condition => {
    const pattern = values.add(likePattern(cleaned(text, cleaning), escaped));
    return { op: 'like', fields, pattern, escaped };
  });
  return { op: 'any', of: [...byId, ...byText] };
}

function readContains({
  argument,
  args,
  values,
  messages,
  fail,
}: Reading<'contains'>): Condition | undefined {
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  const most = argument.maxLength ?? LONGEST_TEXT;
  if (characters(text) > most) return fail(messages.tooLong(most));
  const pattern = values.add(likePattern(cleaned(text, argument.cleaning)));
  const like: Condition = { op: 'like', fields: argument.fields, pattern, escaped: false };
  if (!argument.some) return like;
  const { except } = argument;
  const rest: Condition[] = except
    ? [{ op: 'not in', field: except.field, values: except.values.map((value) => values.add(value)) }]
    : [];
  return { op: 'some', way: argument.some, of: [like, ...rest] };
}

function readKana({ argument, args, values, messages, fail }: Reading<'kana'>): Condition | undefined {
  const text = asKatakana(textOf(args[argument.name]));
  if (text === '') return undefined;
  if (!/^[ァ-ヶｦ-ﾟー]+$/u.test(text)) return fail(messages.kana);
  if (text.length > LONGEST_TEXT) return fail(messages.tooLong(LONGEST_TEXT));
  return { op: 'like', fields: argument.fields, pattern: values.add(likePattern(text)), escaped: false };
}

function readPhone({ argument, args, values, messages, fail }: Reading<'phone'>): Condition | undefined {
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  if (!/^[\p{Nd}-]+$/u.test(text)) return fail(messages.phone);
  if (text.length > LONGEST_TEXT) return fail(messages.tooLong(LONGEST_TEXT));
  const pattern = values.add(likePattern(text.replace(/[^0-9]/g, '')));
  return { op: 'like', fields: [argument.field], pattern, escaped: false };
}

function readChoices(reading: Reading<'choices'>): Condition | undefined {
  const { argument, args, values, messages, choices, fail } = reading;
  // Doubles are left out here once, so that a long list of one value is a short one to all that follows.
  const given = [...new Set(listOf(args[argument.name]))];
  const { field, otherwiseNot } = argument;
  if (given.length === 0) {
    return otherwiseNot && { op: 'not in', field, values: otherwiseNot.map((value) => values.add(value)) };
  }
  const ids = given.map((value) => choiceId(value, choices.get(argument.among)));
  if (!isDefault(given, argument.default) && ids.includes(undefined)) return fail(messages.choice);
  return { op: 'in', field, values: given.map((value) => values.add(Number(value))) };
}

function readChoice({
  argument,
  args,
  values,
  messages,
  choices,
  fail,
}: Reading<'choice'>): Condition | undefined {
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  const all = choices.get(argument.among);
  const id = choiceId(text, all);
  if (id === undefined || !all) return fail(messages.choice);
  const ids = argument.tree ? withDescendants(id, all) : [id];
  const condition: Condition = { op: 'in', field: argument.field, values: ids.map((one) => values.add(one)) };
  return argument.some ? { op: 'some', way: argument.some, of: [condition] } : condition;
}

function readMonth({
  argument,
  args,
  values,
  messages,
  time,
  fail,
}: Reading<'month'>): Condition | undefined {
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  if (!/^([1-9]|1[0-2])$/.test(text)) return fail(messages.choice);
  // A birthday is stored as local midnight: with the year's largest offset it never falls back into the day before.
  const offset = values.add(time.largestOffset(0));
  return { op: 'month', field: argument.field, month: values.add(Number(text)), offset };
}

function readHalves({ argument, args, values, messages, fail }: Reading<'halves'>): Condition | undefined {
  const given = listOf(args[argument.name]);
  if (given.some((value) => value !== '1' && value !== '2')) return fail(messages.choice);
  if (given.includes('1') === given.includes('2')) return undefined;
  const first = given.includes('1');
  const [one = '', two = ''] = argument.fields;
  if (argument.of === 'presence') return { op: first ? 'null' : 'not null', field: one };
  const unlimited: Condition = { op: '=', field: one, value: values.add(first) };
  const amountLeft: Condition = { op: first ? '>' : '<=', field: two, value: values.add(0) };
  return { op: first ? 'any' : 'all', of: [unlimited, amountLeft] };
}

function readAmount(reading: Reading<'amount'>): Condition | undefined {
  const { argument, args, values, messages, fractionDigits, fail } = reading;
  const text = textOf(args[argument.name]);
  if (text === '') return undefined;
  const value = amount(text, fractionDigits);
  if (value === undefined) return fail(messages.amount);
  if (argument.maxLength !== undefined && value.length > argument.maxLength) {
    return fail(messages.tooLong(argument.maxLength));
  }
  if (argument.ranged && !(Number(value) >= 0 && Number(value) <= 2_147_483_647)) return fail(messages.range);
  return { op: argument.bound === 'start' ? '>=' : '<=', field: argument.field, value: values.add(value) };
}

function readCount({ argument, args, values, messages, fail }: Reading<'count'>): Condition | undefined {
  const value = args[argument.name];
  if (typeof value !== 'number') return undefined;
  if (String(value).length > argument.maxDigits) return fail(messages.tooLong(argument.maxDigits));
  return { op: argument.bound === 'start' ? '>=' : '<=', field: argument.field, value: values.add(value) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? trimmed(value) : '');

/** A list argument; a single value counts as a list of one, null as an empty one. */
const listOf = (value: unknown): readonly unknown[] =>
  value === null || value === undefined
    ? []
    : Array.isArray(value)
      ? value
      : textOf(value) === ''
        ? []
        : [value];

const isDefault = (given: readonly unknown[], usual: readonly string[] | undefined): boolean =>
  usual !== undefined &&
  given.length === usual.length &&
  given.every((value, place) => value === usual[place]);

/** Choices are compared as text: `01` is not `1`. */
function choiceId(value: unknown, choices: Choices | undefined): number | undefined {
  const id = Number(value);
  return typeof value === 'string' && String(id) === value && choices?.has(id) ? id : undefined;
}

function withDescendants(id: number, choices: Choices): number[] {
  const below = new Map<number, number[]>();
  for (const [child, parent] of choices) {
    if (parent === null) continue;
    const siblings = below.get(parent);
    if (siblings) siblings.push(child);
    else below.set(parent, [child]);
  }
  const found = new Set([id]);
  for (const one of found) for (const child of below.get(one) ?? []) found.add(child);
  return [...found];
}

/** Length as people count it. */
const characters = (text: string): number => [...text].length;
