/** The form of a module's extension: code that no compiler has seen may hand over anything. */
import type { Extension } from './contract.ts';
import {
  closed,
  FUNCTION,
  formJudge,
  listOf,
  named,
  orNull,
  record,
  type Shape,
  TEXT,
  TEXTS,
} from './form.ts';

type Lists = Exclude<keyof Extension, 'name' | 'tegata' | 'additions'>;

const NAME: Shape = { ...TEXT, must: 'a text' };
const WORDS: Shape = {
  ...record({ ja: TEXT, en: TEXT }, ['ja', 'en']),
  must: 'a text in both languages: { ja, en }',
};
const namesWith = (...fields: readonly string[]): Shape => ({
  ...named(record(Object.fromEntries(fields.map((field) => [field, TEXT])), fields)),
  must: `names, each with ${fields.join(', ')}`,
});
const COLUMNS = namesWith('type');
const RELATIONS = namesWith('kind', 'entity', 'column');
const ARGUMENTS = namesWith('type');

const PARTS: Readonly<Record<Lists, Shape>> = {
  entities: record({ name: NAME, table: NAME, discriminator: NAME, columns: COLUMNS, relations: RELATIONS }, [
    'name',
    'table',
    'discriminator',
    'columns',
    'relations',
  ]),
  roots: record({ entity: NAME, one: NAME, many: NAME }, ['entity']),
  queries: record({ name: NAME, description: WORDS, args: ARGUMENTS, type: NAME, run: FUNCTION }, [
    'name',
    'args',
    'type',
    'run',
  ]),
  mutations: record(
    { name: NAME, scopes: TEXTS, description: WORDS, args: ARGUMENTS, type: NAME, run: FUNCTION },
    ['name', 'scopes', 'args', 'type', 'run'],
  ),
  scopes: record({ name: NAME, description: WORDS, opens: TEXTS }, ['name', 'opens']),
  feed: record({ table: NAME, entity: NAME, column: NAME }, ['table', 'entity', 'column']),
  topics: record({ entity: NAME, label: WORDS, table: NAME, column: NAME, scopes: TEXTS }, [
    'entity',
    'label',
    'table',
  ]),
  probes: record({ name: NAME, check: FUNCTION }, ['name', 'check']),
};

/** The faults of what a module exports; none = it is an `Extension`. */
export const moduleFaults = formJudge(
  closed(
    {
      name: NAME,
      tegata: NAME,
      additions: orNull(named(record({ columns: COLUMNS, relations: RELATIONS }))),
      ...Object.fromEntries(Object.entries(PARTS).map(([name, form]) => [name, orNull(listOf(form))])),
    },
    ['name', 'tegata'],
  ),
);
