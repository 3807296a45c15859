/** The pages of categories, class names, class categories and tags. */
import type { ShopRecord } from '../shop-records.ts';
import type { Counterpart } from './counterpart.ts';
import { deletion, idsIn, refusal, type ShopCounterpartOf, textOf } from './shop-counterpart.ts';

type Kind = 'category' | 'className' | 'classCategory' | 'tag';

const KINDS: readonly (readonly [RegExp, Kind, string])[] = [
  [/\/class_category/, 'classCategory', 'class_category'],
  [/\/class_name/, 'className', 'class_name'],
  [/\/category/, 'category', 'category'],
  [/\/tag/, 'tag', 'tag'],
];

export const catalogueCounterpart: ShopCounterpartOf = (record) => {
  const [, kind, table] = KINDS.find(([path]) => path.test(record.path)) ?? [];
  if (!kind || !table) return 'no page of the catalogue';
  if (record.csv !== undefined) return csvLine(record, record.csv);
  if (record.path.endsWith('/delete')) return deletion(record, `${kind}Delete`);
  if (record.path.endsWith('/move')) return reordered(record, kind, `dtb_${table}`);
  if (record.path.endsWith('/visibility')) return shown(record);
  const renamed = Object.keys(record.fields).find((name) => /^\w+_\d+\.name$/.test(name));
  return renamed ? rename(record, kind, renamed.split('.')[0] ?? '') : create(record, kind);
};

const BACKED: readonly Kind[] = ['className', 'classCategory'];
const WITHIN: Partial<Record<Kind, string>> = { category: 'parent_id', classCategory: 'class_name_id' };

function create(record: ShopRecord, kind: Kind): Counterpart {
  const within = WITHIN[kind];
  const [parent] = idsIn(record.path);
  const names = [...(BACKED.includes(kind) ? ['backend_name'] : [])];
  const args = ['name: $name', ...names.map((name) => `${name}: $${name}`)];
  if (within && parent) args.push(`${within}: ${parent}`);
  const declared = ['$name: String!', ...names.map((name) => `$${name}: String`)].join(', ');
  return {
    document: `mutation(${declared}) { ${kind}Create(${args.join(', ')}) { id } }`,
    variables: { name: textOf(record, 'name') ?? '', backend_name: textOf(record, 'backend_name') },
    ...refusal(record),
  };
}

function rename(record: ShopRecord, kind: Kind, row: string): Counterpart {
  const isBacked = BACKED.includes(kind);
  const backed = isBacked ? ['$backend: String', ', backend_name: $backend'] : ['', ''];
  return {
    document: `mutation($id: ID!, $name: String!, ${backed[0]}) {
      ${kind}Update(id: $id, name: $name${backed[1]}) { id } }`,
    variables: {
      id: /\d+$/.exec(row)?.[0],
      name: record.fields[`${row}.name`],
      backend: textOf(record, `${row}.backend_name`),
    },
    ...refusal(record),
  };
}

/** The page posts the new places of the rows that have changed them; the highest comes first. */
function reordered(record: ShopRecord, kind: Kind, table: string): Counterpart {
  const ids = Object.entries(record.fields)
    .sort(([, a], [, b]) => Number(b) - Number(a))
    .map(([id]) => id);
  const moved = record.changed.find((one) => one.table === table)?.before;
  const within = {
    category: `parent_id: ${moved?.parent_category_id ?? null},`,
    classCategory: `class_name_id: ${moved?.class_name_id},`,
    className: '',
    tag: '',
  }[kind];
  return {
    document: `mutation($ids: [ID!]!) { ${kind}Reorder(${within} ids: $ids) { id } }`,
    variables: { ids },
  };
}

function shown(record: ShopRecord): Counterpart {
  const visible = record.changed[0]?.after?.visible;
  return {
    document:
      'mutation($id: ID!, $visible: Boolean) { classCategoryUpdate(id: $id, visible: $visible) { id } }',
    variables: { id: idsIn(record.path)[1], visible },
  };
}

/** One line of a file of categories: カテゴリID, カテゴリ名, 親カテゴリID, and that it is to go. */
function csvLine(record: ShopRecord, csv: string): Counterpart {
  const [id, name, parent, gone] = (csv.trim().split(/\r?\n/)[1] ?? '').split(',');
  if (gone === '1') {
    return { document: 'mutation($id: ID!) { categoryDelete(id: $id) }', variables: { id } };
  }
  return {
    document: `mutation($id: ID!, $name: String, $parent: ID) {
      categoryUpdate(id: $id, name: $name, parent_id: $parent) { id } }`,
    variables: { id, name, parent: parent || null },
    ...refusal(record),
  };
}
