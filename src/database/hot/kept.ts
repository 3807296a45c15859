/**
 * What was read stays in memory where a database can tell, exactly and for less than a read, that nobody has written it since:
 * SQLite does (dialect/sqlite/marks.ts). The others are read each time, and so is what a transaction asks for.
 */
import { LRUCache } from 'lru-cache';
import { DirectKysely } from '../dialect/sqlite/direct.ts';
import type { Db } from '../open.ts';

type Kept<V> = { readonly stand: number; readonly value: V };

export type KeptReads<K> = {
  /** What the reading goes by: `tegata_x` for changes of rows, `new tegata_x` for rows that are added. */
  readonly written: readonly string[];
  /** How many are kept. */
  readonly max: number;
  /** Tells what is asked for from all else that is. */
  readonly keyOf: (asked: K) => string;
};

/** `read`, or what it gave before. What it did not find is looked for again. */
export function keptRead<K, V>(
  { written, max, keyOf }: KeptReads<K>,
  read: (db: Db, asked: K) => Promise<V | undefined>,
): (db: Db, asked: K) => Promise<V | undefined> {
  const memories = new WeakMap<Db, LRUCache<string, Kept<V>>>();
  const memoryOf = (db: Db): LRUCache<string, Kept<V>> => {
    const known = memories.get(db) ?? new LRUCache<string, Kept<V>>({ max });
    memories.set(db, known);
    return known;
  };
  return async (db, asked) => {
    const stand = db instanceof DirectKysely ? db.standOf(written) : undefined;
    if (stand === undefined) return read(db, asked);
    const memory = memoryOf(db);
    const key = keyOf(asked);
    const known = memory.get(key);
    if (known?.stand === stand) return known.value;
    const value = await read(db, asked);
    if (value === undefined) memory.delete(key);
    else memory.set(key, { stand, value });
    return value;
  };
}
