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
import { closed, formJudge, listOf, named, orNull, type Shape, TEXT, TEXTS } from './form.ts';

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
const ANY_VERSION = '*';
const DECIMAL_DIGITS = [12, 2] as const; // as EC-CUBE's own amounts

const choice = (...choices: readonly string[]): Shape => ({
  enum: choices,
  must: `one of ${choices.join(', ')}`,
});
const FLAG: Shape = { type: 'boolean', must: 'true or false' };
const DIGITS: Shape = {
  type: 'array',
  items: { type: 'integer' },
  minItems: 2,
  maxItems: 2,
  must: 'two numbers, as in [12, 2]',
};

const COLUMN = closed(
  { type: choice(...TYPES), column: TEXT, nullable: FLAG, key: FLAG, digits: DIGITS, hidden: FLAG },
  ['type'],
);
const RELATION = closed({ kind: choice('one', 'many', 'inverseOne'), entity: TEXT, column: TEXT }, [
  'kind',
  'entity',
  'column',
]);
const ENTITY = closed({
  table: TEXT,
  discriminator: TEXT,
  columns: orNull(named(COLUMN)),
  relations: orNull(named(RELATION)),
  one: TEXT,
  many: TEXT,
});
const TOPIC = closed(
  { table: TEXT, column: TEXT, label: closed({ ja: TEXT, en: TEXT }, ['ja', 'en']), scopes: orNull(TEXTS) },
  ['table', 'label'],
);
const SOURCE = closed({ table: TEXT, entity: TEXT, column: TEXT }, ['table', 'entity', 'column']);

const faultsOf = formJudge(
  closed({
    tegata: TEXT,
    entities: orNull(named(ENTITY)),
    scopes: orNull(named(TEXTS)),
    topics: orNull(named(TOPIC)),
    feed: orNull(listOf(SOURCE)),
  }),
);

/** What has that form; each `| null` is an entry without a value. */
type Names<T> = Readonly<Record<string, T>> | null;
type ListedColumn = Omit<Column, 'length' | 'default' | 'unsigned' | 'optional' | 'origin'>;
type ListedEntity = Partial<Pick<Entity, 'table' | 'discriminator'>> &
  Omit<EntityRoot, 'entity'> & {
    readonly columns?: Names<ListedColumn>;
    readonly relations?: Names<Relation>;
  };
type ListedTopic = Omit<ChangeTopic, 'entity' | 'scopes'> & { readonly scopes?: readonly string[] | null };
type AllowList = {
  readonly tegata?: string;
  readonly entities?: Names<ListedEntity>;
  readonly scopes?: Names<readonly string[]>;
  readonly topics?: Names<ListedTopic>;
  readonly feed?: readonly FeedSource[] | null;
};

export type JudgedList = { readonly extension: Extension; readonly faults: readonly string[] };

/** Returns the extension, or its faults, each beginning with the place in the file. */
export function judgeAllowList(name: string, data: unknown): JudgedList {
  const long = longForm(data);
  const faults = faultsOf(long);
  return {
    extension: faults.length > 0 ? { name, tegata: ANY_VERSION } : read(name, long as AllowList),
    faults,
  };
}

/** Every column as an object: `string` is short for `{ type: string }`. */
function longForm(data: unknown): unknown {
  const column = (given: unknown) => (typeof given === 'string' ? { type: given } : given);
  const entity = (given: unknown) => inside(given, 'columns', (columns) => eachOf(columns, column));
  return inside(data, 'entities', (entities) => eachOf(entities, entity));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inside = (value: unknown, field: string, change: (value: unknown) => unknown): unknown =>
  isRecord(value) && field in value ? { ...value, [field]: change(value[field]) } : value;

const eachOf = (value: unknown, change: (value: unknown) => unknown): unknown =>
  isRecord(value) ? mapped(value, change) : value;

const mapped = <T, U>(
  names: Names<T> | undefined,
  change: (value: T, name: string) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(names ?? {}).map(([name, value]) => [name, change(value, name)]));

function read(name: string, { tegata, entities, scopes, topics, feed }: AllowList): Extension {
  const declared = Object.entries(entities ?? {});
  return {
    name,
    tegata: tegata ?? ANY_VERSION,
    entities: declared.flatMap(([entity, given]) => entityOf(entity, given) ?? []),
    additions: Object.fromEntries(
      declared.flatMap(([entity, given]) =>
        given.table === undefined ? [[entity, partsOf(given)] as const] : [],
      ),
    ),
    roots: declared.flatMap(([entity, { one, many }]) => rootOf(entity, one, many) ?? []),
    scopes: Object.entries(scopes ?? {}).map(([scope, opens]) => ({ name: scope, opens })),
    topics: Object.entries(topics ?? {}).map(([entity, topic]) => ({
      ...topic,
      entity,
      scopes: topic.scopes ?? [],
    })),
    feed: feed ?? [],
  };
}

const partsOf = ({ columns, relations }: ListedEntity): Required<EntityAddition> => ({
  columns: mapped(columns, columnOf),
  relations: { ...relations },
});

function entityOf(name: string, given: ListedEntity): Entity | undefined {
  const { table, discriminator = name.toLowerCase() } = given;
  return table === undefined ? undefined : { name, table, discriminator, ...partsOf(given) };
}

const rootOf = (entity: string, one?: string, many?: string): EntityRoot | undefined =>
  one === undefined && many === undefined
    ? undefined
    : { entity, ...(one !== undefined && { one }), ...(many !== undefined && { many }) };

/** `{ type: decimal, digits: [10, 3], nullable: false }` */
function columnOf({ digits = DECIMAL_DIGITS, ...given }: ListedColumn): Column {
  const { type, key = type === 'id', nullable = !key } = given;
  return { ...given, key, nullable, ...(type === 'decimal' && { digits }) };
}
