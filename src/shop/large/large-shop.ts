/**
 * What a process knows of a shop with large tables, so that a page, a total and a text need no walk through a table.
 * Small tables are left to the database. Everything here is an aid: without it the same answers take longer.
 */
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Db } from '../../database/open.ts';
import { watchedTables } from '../../feed/store/triggers.ts';
import type { Registry } from '../registry.ts';
import { keyColumn } from '../rows/condition.ts';
import type { AccessPlanner, CountBlocks, Route } from '../rows/list.ts';
import type { ShopStore } from '../rows/select.ts';
import { isNewestFirst, type Paging } from '../search/paging.ts';
import type { Filter } from '../search/search.ts';
import { readIndexes } from '../store/indexes.ts';
import { Drivers } from './driving-conditions.ts';
import type { Updated } from './newest.ts';
import { ProductText } from './product-text.ts';
import { instantOf, textColumns } from './product-texts.ts';
import { searchedText } from './searched-text.ts';
import { ShopTotals } from './totals.ts';
import { watchedPartOf } from './watched-part.ts';

const LOOKED_AT_MS = 60_000; // how long a table's indexes and triggers are trusted
const SIZE_LOOKED_AT_MS = 5_000; // how long its size is: an import makes a small shop a large one

/** From where on what is done. */
export const LARGE_LIMITS = {
  /** Rows that make a table a large one. */
  rows: 2_000,
  /** Rows of one condition that drive a statement by their keys, at the most. */
  keys: 500,
  /** Products of a text that drive a statement; the index knows them, so that they cost no question. */
  found: 16_000,
  /** Products of a text that are looked at first, beside those that a page has room for. */
  first: 200,
};

export type LargeLimits = typeof LARGE_LIMITS;

export type LargeShopDeps = {
  readonly store: ShopStore;
  readonly registry: Registry;
  readonly nowMs: () => number;
  readonly limits?: Partial<LargeLimits> | undefined;
};

export class LargeShop implements AccessPlanner {
  readonly db: Db;
  readonly #needs: LargeShopDeps;
  readonly #limits: LargeLimits;
  readonly #facts: LRUCache<string, Promise<unknown>>;
  readonly #totals: ShopTotals;
  readonly #text: ProductText;

  constructor(needs: LargeShopDeps) {
    const { store, registry, nowMs, limits } = needs;
    this.db = store.db;
    this.#needs = needs;
    this.#limits = { ...LARGE_LIMITS, ...limits };
    this.#facts = new LRUCache({ max: 100, perf: { now: nowMs } });
    this.#totals = new ShopTotals(store.db, nowMs);
    this.#text = new ProductText({ ...store, registry });
  }

  /** How the rows of a search are best come by; undefined = the table is small, nothing here is of use. */
  async route(filter: Filter, paging: Paging, limit: number): Promise<Route | undefined> {
    if (!(await this.#isLarge(filter.entity))) return undefined;
    const drivers = await this.#drivers();
    const text = await this.#byText(filter, paging, limit);
    const keys = text ? text.keys : await drivers.fewest(filter, this.#limits.keys);
    const soonFull = text ? drivers.isOrdered(filter) : drivers.isSoonFull(filter);
    const planned = this.#needs.store.kit.plansWell && !keys && !soonFull;
    return { by: planned ? 'planner' : 'order', keys, first: text?.first };
  }

  /** How many rows a search of a large table finds; undefined = that cannot be remembered. */
  async total(filter: Filter, count: CountBlocks): Promise<number | undefined> {
    const part = watchedPartOf(this.#needs.registry, filter);
    if (!part || !(await this.#areWatched(part.tables))) return undefined;
    return this.#totals.total(nameOf(filter), part.entity, count);
  }

  /** Makes what the first search for a text would wait for. */
  async warmUp(): Promise<void> {
    if ((await this.#isLarge('Product')) && (await this.#areTextsWatched())) await this.#text.warmUp();
  }

  async #byText(
    filter: Filter,
    paging: Paging,
    limit: number,
  ): Promise<Pick<Route, 'keys' | 'first'> | undefined> {
    const searched = searchedText(filter);
    if (!searched || !(await this.#areTextsWatched())) return undefined;
    const found = await this.#text.candidates(searched.text, searched.ids);
    if (!found) return undefined;
    const { ids } = found;
    const keys = ids.size <= this.#limits.found ? [...ids] : undefined;
    if (keys && keys.length <= this.#limits.keys) return { keys };
    const count = this.#limits.first + paging.offset + limit;
    const behind = isNewestFirst(filter.sort) && count <= this.#limits.found ? cursorOf(paging) : null;
    const first = behind === null ? undefined : found.newest(count, behind);
    return { keys, first };
  }

  #areTextsWatched(): Promise<boolean> {
    return this.#areWatched(textColumns(this.#needs.registry).map(([table]) => table));
  }

  async #areWatched(tables: readonly string[]): Promise<boolean> {
    const watched = await this.#fact('watched', () => watchedTables(this.#needs.store));
    return tables.every((table) => watched.has(table));
  }

  #isLarge(entityName: string): Promise<boolean> {
    const { store, registry } = this.#needs;
    const isLarge = async () => {
      const entity = registry.entity(entityName);
      const key = sql.ref(keyColumn(entity));
      const last = sql`select ${key} from ${sql.table(entity.table)} order by ${key} limit 1 offset ${this.#limits.rows - 1}`;
      return (await last.execute(store.db)).rows.length > 0;
    };
    return this.#fact(`large ${entityName}`, isLarge, SIZE_LOOKED_AT_MS);
  }

  #drivers(): Promise<Drivers> {
    const { store, registry, nowMs } = this.#needs;
    return this.#fact('drivers', async () => new Drivers(store, registry, await readIndexes(store), nowMs));
  }

  /** Looked up once in a while; a look-up that failed is not kept. */
  #fact<T>(name: string, lookUp: () => Promise<T>, ttl = LOOKED_AT_MS): Promise<T> {
    const known = this.#facts.get(name) as Promise<T> | undefined;
    if (known) return known;
    const found = lookUp();
    this.#facts.set(name, found, { ttl });
    found.catch(() => this.#facts.delete(name));
    return found;
  }
}

/** The row behind which a page begins; null = it cannot be said in numbers. */
function cursorOf({ after }: Paging): Updated | undefined | null {
  if (!after) return undefined;
  const [date, id] = after;
  return typeof date === 'string' && typeof id === 'number' ? { at: instantOf(date), id } : null;
}

const nameOf = ({ entity, own, joined, values }: Filter): string =>
  JSON.stringify([entity, own, joined, values]);
