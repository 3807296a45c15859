/**
 * An extension as data: what a shop's plugins added to its database, told in JSON or YAML, for those who write no code.
 *
 *   tegata: ^0.1.0                          # optional
 *   entities:
 *     Product:                              # known: columns and relations are added to it
 *       columns: { maker_url: string }      # a column may be null unless it says `nullable: false`
 *       relations: { Maker: { kind: one, entity: Maker, column: maker_id } }
 *     Maker:                                # has a table: a new entity
 *       table: plg_maker
 *       columns: { id: id, name: { type: string, nullable: false } }
 *       relations: { Products: { kind: many, entity: Product, column: maker_id } }
 *       one: maker                          # root fields, both optional
 *       many: makers
 *   scopes: { read:products: [Maker, maker, makers] }
 *   topics:                                 # changes of its own: maker.created, maker.updated, maker.deleted
 *     maker: { table: plg_maker, label: { ja: メーカー, en: Maker }, scopes: [read:products] }
 *   feed:                                   # tables whose changes are told as changes of something else
 *     - { table: plg_maker_note, entity: maker, column: maker_id }
 *
 * Judges the form only; whether it fits to the core's entities is judged with all extensions together.
 */

import type { FeedSource } from '../database/feed-sources.ts';
import type { ChangeTopic, EntityRoot } from '../graphql/extension-parts.ts';
import type { Column, ColumnType, Entity, Relation } from '../shop/entity.ts';
import type { EntityAddition, Extension } from './contract.ts';

const TYPES: readonly ColumnType[] = [
  'id',
  'integer',
  'smallint',
  'string',
  'text',
  'decimal',
  'boolean',
  'datetimetz',
];
const KINDS = ['one', 'many', 'inverseOne'] as const;
const ANY_VERSION = '*';
const DECIMAL_DIGITS = [12, 2] as const; // as EC-CUBE's own amounts

type Data = Readonly<Record<string, unknown>>;

/** Collects faults; each begins with the place in the file. */
type Judge = { readonly faults: string[] };

export type JudgedList = { readonly extension: Extension; readonly faults: readonly string[] };

export function judgeAllowList(name: string, data: unknown): JudgedList {
  const judge: Judge = { faults: [] };
  const top = fieldsOf(judge, '', data, ['tegata', 'entities', 'scopes', 'topics', 'feed']);
  const given = Object.entries(fieldsOf(judge, 'entities', top.entities ?? {}));
  const declared = given.map(([entity, value]) => readEntity(judge, entity, value));
  const scopes = Object.entries(fieldsOf(judge, 'scopes', top.scopes ?? {}));
  const extension: Extension = {
    name,
    tegata: textOf(judge, 'tegata', top.tegata) ?? ANY_VERSION,
    entities: declared.flatMap(({ entity }) => entity ?? []),
    additions: Object.fromEntries(declared.flatMap(({ addition }) => (addition ? [addition] : []))),
    roots: declared.flatMap(({ root }) => root ?? []),
    scopes: scopes.map(([scope, opens]) => ({
      name: scope,
      opens: namesOf(judge, `scopes.${scope}`, opens),
    })),
    topics: Object.values(mapped(judge, 'topics', top.topics, readTopic)),
    feed: readFeed(judge, top.feed ?? []),
  };
  return { extension, faults: judge.faults };
}

type Declared = {
  readonly entity?: Entity;
  readonly addition?: readonly [string, EntityAddition];
  readonly root?: EntityRoot;
};

function readEntity(judge: Judge, name: string, value: unknown): Declared {
  const place = `entities.${name}`;
  const allowed = ['table', 'discriminator', 'columns', 'relations', 'one', 'many'];
  const given = fieldsOf(judge, place, value, allowed);
  const columns = mapped(judge, `${place}.columns`, given.columns, readColumn);
  const relations = mapped(judge, `${place}.relations`, given.relations, readRelation);
  const [one, many] = [textOf(judge, `${place}.one`, given.one), textOf(judge, `${place}.many`, given.many)];
  const root = one === undefined && many === undefined ? undefined : { entity: name, one, many };
  const table = textOf(judge, `${place}.table`, given.table);
  const rest = root ? { root: withoutUndefined(root) } : {};
  if (table === undefined) return { addition: [name, { columns, relations }], ...rest };
  const discriminator = textOf(judge, `${place}.discriminator`, given.discriminator) ?? name.toLowerCase();
  return { entity: { name, table, discriminator, columns, relations }, ...rest };
}

/** `string`, or `{ type: decimal, digits: [10, 3], nullable: false }`. */
function readColumn(judge: Judge, place: string, value: unknown): Column {
  const allowed = ['type', 'column', 'nullable', 'key', 'digits', 'hidden'];
  const given = typeof value === 'string' ? { type: value } : fieldsOf(judge, place, value, allowed);
  const type = choiceOf(judge, `${place}.type`, given.type, TYPES) ?? 'string';
  const key = flagOf(judge, `${place}.key`, given.key) ?? type === 'id';
  const nullable = flagOf(judge, `${place}.nullable`, given.nullable) ?? !key;
  const column = textOf(judge, `${place}.column`, given.column);
  const digits = digitsOf(judge, `${place}.digits`, given.digits);
  return {
    type,
    nullable,
    ...(key && { key }),
    ...(column !== undefined && { column }),
    ...(type === 'decimal' && { digits: digits ?? DECIMAL_DIGITS }),
    ...(flagOf(judge, `${place}.hidden`, given.hidden) && { hidden: true }),
  };
}

/** `{ kind: one, entity: Maker, column: maker_id }` */
function readRelation(judge: Judge, place: string, value: unknown): Relation {
  const given = fieldsOf(judge, place, value, ['kind', 'entity', 'column']);
  return {
    kind: choiceOf(judge, `${place}.kind`, given.kind, KINDS) ?? 'one',
    entity: needed(judge, `${place}.entity`, given.entity),
    column: needed(judge, `${place}.column`, given.column),
  };
}

/** `{ table: plg_maker, label: { ja: メーカー, en: Maker }, scopes: [read:products] }` */
function readTopic(judge: Judge, place: string, value: unknown): ChangeTopic {
  const given = fieldsOf(judge, place, value, ['table', 'column', 'label', 'scopes']);
  const label = fieldsOf(judge, `${place}.label`, given.label ?? {}, ['ja', 'en']);
  const column = textOf(judge, `${place}.column`, given.column);
  return {
    entity: place.slice('topics.'.length),
    table: needed(judge, `${place}.table`, given.table),
    ...(column !== undefined && { column }),
    label: {
      ja: needed(judge, `${place}.label.ja`, label.ja),
      en: needed(judge, `${place}.label.en`, label.en),
    },
    scopes: namesOf(judge, `${place}.scopes`, given.scopes ?? []),
  };
}

/** `[{ table: plg_maker_note, entity: maker, column: maker_id }]` */
function readFeed(judge: Judge, value: unknown): FeedSource[] {
  if (!Array.isArray(value)) judge.faults.push('feed: must be a list');
  return (Array.isArray(value) ? value : []).map((one, nth) => {
    const given = fieldsOf(judge, `feed[${nth}]`, one, ['table', 'entity', 'column']);
    const text = (field: string) => needed(judge, `feed[${nth}].${field}`, given[field]);
    return { table: text('table'), entity: text('entity'), column: text('column') };
  });
}

function namesOf({ faults }: Judge, place: string, value: unknown): string[] {
  const names = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  if (!Array.isArray(value) || names.length !== value.length)
    faults.push(`${place}: must be a list of names`);
  return names;
}

function mapped<T>(
  judge: Judge,
  place: string,
  value: unknown,
  read: (judge: Judge, place: string, value: unknown) => T,
): Record<string, T> {
  const given = Object.entries(fieldsOf(judge, place, value ?? {}));
  return Object.fromEntries(given.map(([name, one]) => [name, read(judge, `${place}.${name}`, one)]));
}

/** The fields of an object; what is not one has none. `allowed`: any when left out. */
function fieldsOf(judge: Judge, place: string, value: unknown, allowed?: readonly string[]): Data {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    judge.faults.push(`${place || 'the file'}: must hold names and values`);
    return {};
  }
  const strange = Object.keys(value).filter((name) => allowed && !allowed.includes(name));
  const before = place === '' ? '' : `${place}.`;
  judge.faults.push(...strange.map((name) => `${before}${name}: not known here; ${allowed?.join(', ')} are`));
  return value as Data;
}

function textOf({ faults }: Judge, place: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  faults.push(`${place}: must be a text`);
  return undefined;
}

function needed(judge: Judge, place: string, value: unknown): string {
  if (value === undefined) judge.faults.push(`${place}: is missing`);
  return textOf(judge, place, value) ?? '';
}

function flagOf({ faults }: Judge, place: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  faults.push(`${place}: must be true or false`);
  return undefined;
}

function choiceOf<T extends string>(
  { faults }: Judge,
  place: string,
  value: unknown,
  choices: readonly T[],
): T | undefined {
  const found = choices.find((one) => one === value);
  if (!found) faults.push(`${place}: must be one of ${choices.join(', ')}`);
  return found;
}

function digitsOf({ faults }: Judge, place: string, value: unknown): readonly [number, number] | undefined {
  if (value === undefined) return undefined;
  const [precision, scale, ...more] = Array.isArray(value) ? value : [];
  if (more.length === 0 && Number.isInteger(precision) && Number.isInteger(scale)) return [precision, scale];
  faults.push(`${place}: must be two numbers, as in [12, 2]`);
  return undefined;
}

const withoutUndefined = ({
  entity,
  one,
  many,
}: Record<'entity', string> & Partial<Record<'one' | 'many', string | undefined>>): EntityRoot => ({
  entity,
  ...(one !== undefined && { one }),
  ...(many !== undefined && { many }),
});
