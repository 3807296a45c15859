/**
 * Reads rows of the shop, driven by the registry: only the columns that are asked for, and one statement per relation
 * and depth whatever the number of rows. What a `Selection` does not name never leaves the database.
 *
 *   reader = prepareRows(store, registry, selection)     once per question
 *   reader.list(filter, paging, wants)                   a page of a search, with all that hangs on its rows
 *   reader.byKeys(keys)                                  single rows, with all that hangs on them
 *
 * Values come as the database gives them: decimals and dates as text (SQLite: decimals as numbers), booleans also as 0 and 1.
 */
import { sql } from 'kysely';
import type { Registry } from '../shop/registry.ts';
import type { Filter } from '../shop/search.ts';
import type { Paging, SortValue } from '../shop/search-paging.ts';
import { keyColumn, ROOT } from './shop-rows-condition.ts';
import {
  type Asked,
  countStatement,
  type ListContext,
  type ListWants,
  listStatement,
} from './shop-rows-list.ts';
import { allColumns, prepareRelated } from './shop-rows-related.ts';
import { KEY, type Selection, type ShopStore, SORT, TOTAL } from './shop-rows-select.ts';
import { type Key, type Meter, type Row, Statements } from './shop-rows-statement.ts';

export type RowPage = { readonly rows: Row[]; readonly total: number; readonly more: boolean };

export type RowReader = {
  byKeys(keys: readonly Key[], meter: Meter): Promise<Map<Key, Row>>;
  list(filter: Filter, paging: Paging, wants: ListWants, meter: Meter): Promise<RowPage>;
};

export function prepareRows(store: ShopStore, registry: Registry, selection: Selection): RowReader {
  const entity = registry.entity(selection.entity);
  const columns = (filter?: Filter) => allColumns(store, registry, selection, filter);
  const statements = new Statements(store);
  const related = prepareRelated(store, registry, selection);
  const context = { kit: store.kit, registry, entity, columns };
  const byKey = (places: readonly unknown[]) =>
    sql`select ${columns()} from ${sql.table(entity.table)} as ${sql.id(ROOT)}
      where ${sql.ref(`${ROOT}.${keyColumn(entity)}`)} in (${sql.join(places)})`;
  return {
    byKeys: async (keys, meter) => {
      const rows = keys.length === 0 ? [] : await statements.runByKeys('keys', byKey, [], keys);
      meter.count(rows.length);
      await related.attach(rows, meter);
      return new Map(rows.map((row) => [row[KEY] as Key, row]));
    },
    list: async (filter, paging, wants, meter) => {
      const page = await readPage(statements, context, { filter, paging, wants });
      meter.count(page.rows.length);
      await related.attach(page.rows, meter, filter);
      return page;
    },
  };
}

/** Sort values of a listed row, in the order of the sort keys. */
export const sortValuesOf = (row: Row, count: number): SortValue[] =>
  Array.from({ length: count }, (_, place) => (row[`${SORT}${place}`] ?? null) as SortValue);

async function readPage(statements: Statements, context: ListContext, asked: Asked): Promise<RowPage> {
  const { filter, paging, wants } = asked;
  if (!wants.rows && !wants.more) {
    return { rows: [], total: wants.total ? await readTotal(statements, context, filter) : 0, more: false };
  }
  const limit = paging.limit + (wants.more ? 1 : 0);
  const { shape, build, values } = listStatement(context, asked, limit);
  const rows = await statements.run(shape, build, values);
  const more = rows.length > paging.limit;
  if (more) rows.pop();
  return { rows, total: await totalOf(statements, context, asked, rows), more };
}

/** The rows carry the total; an empty page beyond the first carries nothing, so it is asked for. */
async function totalOf(
  statements: Statements,
  context: ListContext,
  { filter, paging, wants }: Asked,
  rows: readonly Row[],
): Promise<number> {
  if (!wants.total) return 0;
  const [first] = rows;
  if (first) return Number(first[TOTAL]);
  return paging.offset === 0 && !paging.after ? 0 : readTotal(statements, context, filter);
}

async function readTotal(statements: Statements, context: ListContext, filter: Filter): Promise<number> {
  const { shape, build, values } = countStatement(context, filter);
  const [row] = await statements.run(shape, build, values);
  return Number(row?.[TOTAL] ?? 0);
}
