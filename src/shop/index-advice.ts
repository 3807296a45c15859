/**
 * The indexes without which the API's questions read whole tables: for the order of the lists, for rows that hang on
 * others, for what mutations look up. EC-CUBE has most of them itself; the rest is advised, never made unasked.
 */
import type { DialectKit } from '../database/dialect/kit.ts';
import { columnName, type Entity } from './entity.ts';
import type { Registry } from './registry.ts';
import { customerSearch } from './search/customers.ts';
import { orderSearch } from './search/orders.ts';
import { productSearch } from './search/products.ts';
import type { Search } from './search/search.ts';

export type Advice = {
  readonly table: string;
  readonly columns: readonly string[];
  /** The first column may be null, and null comes last in the descending order that this is for. */
  readonly isNullable?: boolean;
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
export const missingIndexes = (registry: Registry, live: Indexes, endInKey: boolean): Advice[] =>
  lacking(advice(registry), live, endInKey);

/**
 * Those that the sort keys of the lists and the look-ups lack, for large tables alone: each costs the shop's own writes a little,
 * and a small table is read as fast. An index of the column alone does not do for an order: what stands behind it in the order
 * is sorted then, and PostgreSQL sorts the whole table rather.
 */
export const missingLargeIndexes = (registry: Registry, live: Indexes, endInKey: boolean): Advice[] =>
  lacking([...registry.entities.flatMap(sortAdvice), ...parcelAdvice(registry)], live, endInKey);

function lacking(advised: readonly Advice[], live: Indexes, endInKey: boolean): Advice[] {
  const unique = new Map(advised.map((one) => [`${one.table} ${one.columns.join()}`, one]));
  return [...unique.values()].filter(({ table, columns }) => {
    const needed = endInKey && columns.length > 1 ? columns.slice(0, -1) : columns;
    const own = live.get(table) ?? [];
    return !own.some((index) => needed.every((column, place) => index[place] === column));
  });
}

function sortAdvice({ name, table, columns }: Entity): Advice[] {
  const sorted = Object.entries(LISTED[name]?.sortKeys ?? {});
  return sorted.flatMap(([key, field]) => {
    const column = columns[field];
    if (!column || field === 'id' || field === 'update_date') return []; // their own indexes do
    const ordered = [columnName(field, column), 'update_date', 'id'];
    const isNullable = column.nullable === true;
    return [{ table, columns: ordered, isNullable, why: `the list of ${name}, sorted by ${key}` }];
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
const codeAdvice = (registry: Registry): Advice[] =>
  lookUpAdvice(registry, 'ProductClass', 'code', 'stock and prices by product code');

const parcelAdvice = (registry: Registry): Advice[] =>
  lookUpAdvice(registry, 'Shipping', 'tracking_number', 'orders by tracking number');

function lookUpAdvice(registry: Registry, name: string, field: string, why: string): Advice[] {
  const entity = registry.entities.find((one) => one.name === name);
  const column = entity?.columns[field];
  return entity && column ? [{ table: entity.table, columns: [columnName(field, column)], why }] : [];
}

/** The statement that makes it. */
export function adviceSql({ table, columns, isNullable }: Advice, kit: DialectKit): string {
  const ordered = isNullable ? kit.nullsLastIndex(columns) : columns;
  return `create index tegata_${table.replace(/^dtb_/, '')}_${columns[0]} on ${table} (${ordered.join(', ')})`;
}
