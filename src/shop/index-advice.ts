/**
 * The indexes without which the API's questions read whole tables: for the order of the lists, for rows that hang on
 * others, for what mutations look up. EC-CUBE has most of them itself; the rest is advised, never made unasked.
 */
import { columnName, type Entity } from './entity.ts';
import type { Registry } from './registry.ts';
import { customerSearch } from './search/customers.ts';
import { orderSearch } from './search/orders.ts';
import { productSearch } from './search/products.ts';
import type { Search } from './search/search.ts';

export type Advice = {
  readonly table: string;
  readonly columns: readonly string[];
  /** What is slow without it. */
  readonly why: string;
};

/** Table name → the columns of each of its indexes, in order. */
export type Indexes = ReadonlyMap<string, readonly (readonly (string | null)[])[]>;

const LISTED: Readonly<Record<string, Search>> = {
  Product: productSearch,
  Order: orderSearch,
  Customer: customerSearch,
};

/** Those that a shop of any size lacks. `endInKey`: every index holds the primary key behind its own columns. */
export function missingIndexes(registry: Registry, live: Indexes, endInKey: boolean): Advice[] {
  const unique = new Map(advice(registry).map((one) => [`${one.table} ${one.columns.join()}`, one]));
  return [...unique.values()].filter(({ table, columns }) => {
    const needed = endInKey && columns.length > 1 ? columns.slice(0, -1) : columns;
    const own = live.get(table) ?? [];
    return !own.some((index) => needed.every((column, place) => index[place] === column));
  });
}

/**
 * Those that the sort keys of the lists lack, for large tables alone: each costs the shop's own writes a little, and a small
 * table is sorted as fast. One that begins with the column does: what is equal in it is few.
 */
export function missingSortIndexes(registry: Registry, live: Indexes): Advice[] {
  return registry.entities.flatMap(sortAdvice).filter(({ table, columns }) => {
    const own = live.get(table) ?? [];
    return !own.some((index) => index[0] === columns[0]);
  });
}

function sortAdvice({ name, table, columns }: Entity): Advice[] {
  const sorted = Object.entries(LISTED[name]?.sortKeys ?? {});
  return sorted.flatMap(([key, field]) => {
    const column = columns[field];
    if (!column || field === 'id' || column.type === 'id') return [];
    const ordered = [columnName(field, column), 'update_date', 'id'];
    return [{ table, columns: ordered, why: `the list of ${name}, sorted by ${key}` }];
  });
}

function advice(registry: Registry): Advice[] {
  const listed = registry.entities.filter(({ name }) => Object.hasOwn(LISTED, name));
  return [
    ...listed.flatMap(listAdvice),
    ...registry.entities.flatMap((entity) => relationAdvice(registry, entity)),
    ...codeAdvice(registry),
  ];
}

function listAdvice({ name, table, columns }: Entity): Advice[] {
  if (!columns.update_date || !columns.id) return [];
  const ordered = ['update_date', 'id'] as const;
  const names = ordered.map((field) => columnName(field, columns[field] ?? { type: 'id' }));
  return [{ table, columns: names, why: `the list of ${name}, newest first` }];
}

/** Every relation that is followed from the row without the key. */
function relationAdvice(registry: Registry, entity: Entity): Advice[] {
  return Object.entries(entity.relations).flatMap(([field, relation]) => {
    if (relation.kind === 'one') return [];
    const { table } = registry.target(relation);
    return [{ table, columns: [relation.column], why: `${entity.name}.${field}` }];
  });
}

/** Stock and prices are told by product code. */
function codeAdvice(registry: Registry): Advice[] {
  const entity = registry.entities.find(({ name }) => name === 'ProductClass');
  const code = entity?.columns.code;
  if (!entity || !code) return [];
  return [
    { table: entity.table, columns: [columnName('code', code)], why: 'stock and prices by product code' },
  ];
}

/** The statement that makes it, the same on every database. */
export const adviceSql = ({ table, columns }: Advice): string =>
  `create index tegata_${table.replace(/^dtb_/, '')}_${columns[0]} on ${table} (${columns.join(', ')})`;
