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
import { type RawBuilder, sql } from 'kysely';
import type { Registry } from '../registry.ts';
import type { Paging, SortValue } from '../search/paging.ts';
import type { Filter } from '../search/search.ts';
import { keyColumn, ROOT } from './condition.ts';
import {
  type AccessPlanner,
  type Asked,
  type BlockTotal,
  BY_PLANNER,
  blocksStatement,
  type CountBlocks,
  countStatement,
  type ListContext,
  type ListWants,
  listStatement,
  type Route,
  type Statement,
} from './list.ts';
import { FEW_ROWS, type ReadingStore } from './nested-owners.ts';
import { allColumns, prepareRelated } from './related.ts';
import { KEY, type Selection, type ShopStore, SORT, TOTAL } from './select.ts';
import { type Key, type Meter, type Row, Statements } from './statement.ts';
import { inPortions, PORTION, textsOf, weighTexts } from './texts.ts';

/** `planner`: what helps with large tables; without it each statement is left to the database. */
export type RowStore = ShopStore & { readonly planner?: AccessPlanner | undefined };

export type RowPage = { readonly rows: Row[]; readonly total: number; readonly more: boolean };

export type RowReader = {
  byKeys(keys: readonly Key[], meter: Meter): Promise<Map<Key, Row>>;
  /** `among`: the keys of the only rows that are looked for. */
  list(
    filter: Filter,
    paging: Paging,
    wants: ListWants,
    meter: Meter,
    among?: readonly Key[],
  ): Promise<RowPage>;
};

/** A page of few rows is read in fewer statements than one of many. */
export function prepareRows(store: RowStore, registry: Registry, selection: Selection): RowReader {
  const few = preparedFor({ ...store, few: true }, registry, selection);
  const many = preparedFor({ ...store, few: false }, registry, selection);
  const readerOf = (rows: number): RowReader => (rows <= FEW_ROWS ? few : many);
  return {
    byKeys: (keys, meter) => readerOf(keys.length).byKeys(keys, meter),
    list: (filter, paging, ...rest) => readerOf(paging.limit).list(filter, paging, ...rest),
  };
}

function preparedFor(store: RowStore & ReadingStore, registry: Registry, selection: Selection): RowReader {
  const entity = registry.entity(selection.entity);
  const columns = (filter?: Filter) => allColumns(store, registry, selection, filter);
  const statements = new Statements(store);
  const related = prepareRelated(store, registry, selection);
  const texts = textsOf(registry, selection);
  const context = { kit: store.kit, registry, entity, columns };
  const readKeys = keyReader(statements, context, texts);
  const lister = {
    statements,
    context,
    texts,
    readKeys,
    bare: new Statements(store),
    planner: store.planner && countingWhereTold(store.planner, store),
  };
  return {
    byKeys: async (keys, meter) => {
      const rows = keys.length === 0 ? [] : await readKeys(keys, meter);
      meter.count(rows.length);
      await related.attach(rows, meter);
      return new Map(rows.map((row) => [row[KEY] as Key, row]));
    },
    list: async (filter, paging, wants, meter, among) => {
      const page = await readList(lister, { filter, paging, wants, among }, meter);
      meter.count(page.rows.length);
      await related.attach(page.rows, meter, filter);
      return page;
    },
  };
}

/** A planner with the statements by which what it remembers is counted. */
type Planning = { readonly planner: AccessPlanner; readonly counting: Statements };

const countingWhereTold = (planner: AccessPlanner, { kit }: ShopStore): Planning => ({
  planner,
  counting: new Statements({ db: planner.db, kit }),
});

type ReadKeys = (keys: readonly Key[], meter: Meter, filter?: Filter) => Promise<Row[]>;

function keyReader(statements: Statements, context: KeyContext, texts: readonly string[]): ReadKeys {
  const { entity, columns } = context;
  const build = (places: readonly unknown[], filter?: Filter) =>
    sql`select ${columns(filter)} from ${sql.table(entity.table)} as ${sql.id(ROOT)}
      where ${sql.ref(`${ROOT}.${keyColumn(entity)}`)} in (${sql.join(places)})`;
  return (keys, meter, filter) => {
    const shape = `keys ${filter ? JSON.stringify(filter.joined) : ''}`;
    return inPortions(texts, keys, meter, (some) =>
      statements.runByKeys(shape, (places) => build(places, filter), filter?.values ?? [], some),
    );
  };
}

type KeyContext = Omit<ListContext, 'columns'> & { columns(filter?: Filter): RawBuilder<unknown> };

type Lister = {
  readonly statements: Statements;
  readonly context: ListContext;
  readonly texts: readonly string[];
  readonly readKeys: ReadKeys;
  /** For rows of which only the key is read. */
  readonly bare: Statements;
  readonly planner: Planning | undefined;
};

type Wanted = Omit<Asked, 'route'> & { readonly among?: readonly Key[] | undefined };

/** The rows of a page that would hold many texts are chosen first, and read by their keys. */
async function readList(lister: Lister, asked: Wanted, meter: Meter): Promise<RowPage> {
  const { statements, context, texts, readKeys, bare, planner } = lister;
  if (texts.length === 0 || asked.paging.limit <= PORTION) {
    const page = await readPage(statements, context, planner, asked);
    weighTexts(texts, page.rows, meter);
    return page;
  }
  const key = sql`${sql.ref(`${ROOT}.${keyColumn(context.entity)}`)} as ${sql.id(KEY)}`;
  const page = await readPage(bare, { ...context, columns: () => key }, planner, asked);
  const keys = page.rows.map((row) => row[KEY] as Key);
  if (keys.length === 0) return page;
  const whole = new Map((await readKeys(keys, meter, asked.filter)).map((row) => [row[KEY], row]));
  return { ...page, rows: page.rows.flatMap((row) => filled(row, whole.get(row[KEY]))) };
}

/** A chosen row with what was read for it; a row that has gone meanwhile is left out. */
const filled = (chosen: Row, whole: Row | undefined): Row[] => (whole ? [{ ...chosen, ...whole }] : []);

/** Sort values of a listed row, in the order of the sort keys. */
export const sortValuesOf = (row: Row, count: number): SortValue[] =>
  Array.from({ length: count }, (_, place) => (row[`${SORT}${place}`] ?? null) as SortValue);

const NOTHING: RowPage = { rows: [], total: 0, more: false };

async function readPage(
  statements: Statements,
  context: ListContext,
  planning: Planning | undefined,
  question: Wanted,
): Promise<RowPage> {
  const { filter, paging, wants, among } = question;
  if (among?.length === 0) return NOTHING;
  if (among) return readRows(statements, context, { ...question, route: { by: 'order', keys: among } });
  const route = await planning?.planner.route(filter, paging, rowsToRead(paging, wants));
  if (!planning || !route) return readRows(statements, context, { ...question, route: BY_PLANNER });
  if (route.keys?.length === 0) return NOTHING;
  return readLarge(statements, context, planning, { ...question, route });
}

/** The total is read beside the rows: it is remembered, or few keys make it cheap. */
async function readLarge(
  statements: Statements,
  context: ListContext,
  planning: Planning,
  asked: Asked,
): Promise<RowPage> {
  const { wants } = asked;
  const [page, total] = await Promise.all([
    readFirstRows(statements, context, { ...asked, wants: { ...wants, total: false } }),
    wants.total ? readLargeTotal(statements, context, planning, asked) : 0,
  ]);
  return { ...page, total };
}

async function readLargeTotal(
  statements: Statements,
  context: ListContext,
  { planner, counting }: Planning,
  asked: Asked,
): Promise<number> {
  const { filter, route } = asked;
  if (route.keys && !route.first) return readTotal(statements, context, asked);
  const remembered = await planner.total(filter, countBlocks(counting, context, asked));
  // The one who counts reads all rows, so that their order is of no use.
  return remembered ?? readTotal(statements, context, { ...asked, route: route.keys ? route : BY_PLANNER });
}

/** Those that come first, if they are enough. */
async function readFirstRows(statements: Statements, context: ListContext, asked: Asked): Promise<RowPage> {
  const { paging, wants, route } = asked;
  const { by, first } = route;
  if (first && first.length > 0) {
    const page = await readRows(statements, context, { ...asked, route: { by, keys: first } });
    if (page.more || (!wants.more && page.rows.length === paging.limit)) return page;
  }
  return readRows(statements, context, asked);
}

/** One row more tells whether there are more. */
const rowsToRead = ({ limit }: Paging, { more }: ListWants): number => limit + (more ? 1 : 0);

async function readRows(statements: Statements, context: ListContext, asked: Asked): Promise<RowPage> {
  const { paging, wants, route } = asked;
  if (!wants.rows && !wants.more) {
    return { ...NOTHING, total: wants.total ? await readTotal(statements, context, asked) : 0 };
  }
  const rows = await runAmong(statements, listStatement(context, asked, rowsToRead(paging, wants)), route);
  const more = rows.length > paging.limit;
  if (more) rows.pop();
  return { rows, total: await totalOf(statements, context, asked, rows), more };
}

/** The rows carry the total; an empty page beyond the first carries nothing, so it is asked for. */
async function totalOf(
  statements: Statements,
  context: ListContext,
  asked: Asked,
  rows: readonly Row[],
): Promise<number> {
  const { paging, wants } = asked;
  if (!wants.total) return 0;
  const [first] = rows;
  if (first) return Number(first[TOTAL]);
  return paging.offset === 0 && !paging.after ? 0 : readTotal(statements, context, asked);
}

async function readTotal(
  statements: Statements,
  context: ListContext,
  { filter, route }: Asked,
): Promise<number> {
  const [row] = await runAmong(statements, countStatement(context, filter, route), route);
  return Number(row?.[TOTAL] ?? 0);
}

const countBlocks =
  (statements: Statements, context: ListContext, { filter, route }: Asked): CountBlocks =>
  async (bits, only) => {
    const among = only ? BY_PLANNER : route;
    return (await runAmong(statements, blocksStatement(context, filter, bits, only), among)) as BlockTotal[];
  };

function runAmong(
  statements: Statements,
  { shape, build, values }: Statement,
  { keys }: Route,
): Promise<Row[]> {
  if (!keys) return statements.run(shape, () => build([]), values);
  return statements.runByKeys(shape, build, values, keys);
}
