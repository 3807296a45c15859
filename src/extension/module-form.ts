/** Judges the form of a module's extension, as allow-list.ts judges data: code that no compiler has seen may hand over anything. */
import type { Extension } from './contract.ts';

type Check = { readonly holds: (value: unknown) => boolean; readonly what: string };
type Fields = Readonly<Record<string, Check>>;
type Lists = Exclude<keyof Extension, 'name' | 'tegata' | 'additions'>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TEXT: Check = { holds: isText, what: 'a text' };
const TEXTS: Check = {
  holds: (value) => Array.isArray(value) && value.every(isText),
  what: 'a list of names',
};
const WORDS: Check = {
  holds: (value) => isRecord(value) && isText(value.ja) && isText(value.en),
  what: 'a text in both languages: { ja, en }',
};
const DEED: Check = { holds: (value) => typeof value === 'function', what: 'a function' };
const optional = ({ holds, what }: Check): Check => ({
  holds: (value) => value === undefined || holds(value),
  what,
});
const named = (...fields: readonly string[]): Check => ({
  holds: (value) =>
    isRecord(value) &&
    Object.values(value).every((one) => isRecord(one) && fields.every((field) => isText(one[field]))),
  what: `names, each with ${fields.join(', ')}`,
});
const COLUMNS = named('type');
const RELATIONS = named('kind', 'entity', 'column');

const PARTS: Readonly<Record<Lists, Fields>> = {
  entities: { name: TEXT, table: TEXT, discriminator: TEXT, columns: COLUMNS, relations: RELATIONS },
  roots: { entity: TEXT, one: optional(TEXT), many: optional(TEXT) },
  queries: { name: TEXT, description: optional(WORDS), args: named('type'), type: TEXT, run: DEED },
  mutations: {
    name: TEXT,
    scopes: TEXTS,
    description: optional(WORDS),
    args: named('type'),
    type: TEXT,
    run: DEED,
  },
  scopes: { name: TEXT, description: optional(WORDS), opens: TEXTS },
  feed: { table: TEXT, entity: TEXT, column: TEXT },
  topics: { entity: TEXT, label: WORDS, table: TEXT, column: optional(TEXT), scopes: optional(TEXTS) },
  probes: { name: TEXT, check: DEED },
};
const ADDITION: Fields = { columns: optional(COLUMNS), relations: optional(RELATIONS) };
const KNOWN = ['name', 'tegata', 'additions', ...Object.keys(PARTS)];

/** The faults of what a module exports; none = it is an `Extension`. */
export function moduleFaults(value: object): string[] {
  const given = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.keys(given)
      .filter((name) => !KNOWN.includes(name))
      .map((name) => `${name}: not known here; ${KNOWN.join(', ')} are`),
    ...['name', 'tegata'].filter((name) => !isText(given[name])).map((name) => `${name}: must be a text`),
    ...additionFaults(given.additions ?? {}),
    ...Object.entries(PARTS).flatMap(([name, fields]) => listFaults(name, given[name] ?? [], fields)),
  ];
}

function additionFaults(value: unknown): string[] {
  if (!isRecord(value)) return ['additions: must hold names and values'];
  return Object.entries(value).flatMap(([entity, one]) => fieldFaults(`additions.${entity}`, one, ADDITION));
}

function listFaults(name: string, value: unknown, fields: Fields): string[] {
  if (!Array.isArray(value)) return [`${name}: must be a list`];
  return value.flatMap((one, place) => fieldFaults(`${name}[${place}]`, one, fields));
}

function fieldFaults(place: string, value: unknown, fields: Fields): string[] {
  if (!isRecord(value)) return [`${place}: must hold names and values`];
  return Object.entries(fields)
    .filter(([field, { holds }]) => !holds(value[field]))
    .map(([field, { what }]) => `${place}.${field}: must be ${what}`);
}
