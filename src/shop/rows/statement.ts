/**
 * Statements on the shop's tables, compiled once per shape and run again with other values: the expressions hold
 * places (`Slot`, `KeyPlace`) where values will stand, and a run puts them in.
 */
import type { CompiledQuery, RawBuilder } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import { runCompiled } from '../../database/prepared.ts';
import { Slot } from '../search/condition.ts';

export type Row = Record<string, unknown>;
export type Key = number | string;

/** Told of rows before they are handed out; throws when a question has read too many. */
export type Meter = {
  count(rows: number): void;
  /** Characters of texts that have no end. */
  weigh(characters: number): void;
};

/** The place of a date: the value is epoch seconds, the database gets its own text. */
export class DateSlot {
  readonly index: number;
  constructor({ index }: Slot) {
    this.index = index;
  }
}

/** The place of one key in a list of keys. */
class KeyPlace {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

const KNOWN_SHAPES = 200; // statements kept per question; a question with more shapes than that starts over
const MOST_KEYS = 16_384; // keys in one statement, below every database's limit

/** Statements of one question, by shape. */
export class Statements {
  readonly #known = new Map<string, CompiledQuery>();
  readonly #db: Db;
  readonly #kit: DialectKit;

  constructor(store: { readonly db: Db; readonly kit: DialectKit }) {
    this.#db = store.db;
    this.#kit = store.kit;
  }

  /** `build` is called when the shape is new. */
  async run(
    shape: string,
    build: () => RawBuilder<unknown>,
    values: readonly unknown[],
    keys: readonly Key[] = [],
  ): Promise<Row[]> {
    let compiled = this.#known.get(shape);
    if (!compiled) {
      compiled = build().compile(this.#db);
      if (this.#known.size >= KNOWN_SHAPES) this.#known.clear();
      this.#known.set(shape, compiled);
    }
    const parameters = compiled.parameters.map((place) => this.#value(place, values, keys));
    const { rows } = await runCompiled<unknown>(this.#db, { ...compiled, parameters });
    return rows as Row[];
  }

  /** Rows whose key is one of `keys`: the list is filled up to a power of two, so that few shapes serve all lengths. */
  async runByKeys(
    shape: string,
    build: (places: readonly KeyPlace[]) => RawBuilder<unknown>,
    values: readonly unknown[],
    keys: readonly Key[],
  ): Promise<Row[]> {
    const found: Row[] = [];
    const possible = keys.filter((key) => typeof key === 'string' || key <= this.#kit.highestId);
    for (let from = 0; from < possible.length; from += MOST_KEYS) {
      const some = possible.slice(from, from + MOST_KEYS);
      const size = 2 ** Math.ceil(Math.log2(some.length));
      const places = (): KeyPlace[] => Array.from({ length: size }, (_, place) => new KeyPlace(place));
      const rows = await this.run(`${shape} ${size}`, () => build(places()), values, some);
      if (possible.length <= MOST_KEYS) return rows;
      for (const row of rows) found.push(row);
    }
    return found;
  }

  #value(place: unknown, values: readonly unknown[], keys: readonly Key[]): unknown {
    if (place instanceof KeyPlace) return keys[Math.min(place.index, keys.length - 1)];
    if (place instanceof Slot) return values[place.index];
    if (!(place instanceof DateSlot)) return place;
    const value = values[place.index];
    return typeof value === 'number' ? this.#kit.dateText(value) : value;
  }
}
