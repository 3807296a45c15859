/**
 * What was read stays in memory where a database can tell, exactly and for less than a read, that nobody has written it since:
 * SQLite does (dialect/sqlite/marks.ts). The others are read each time, and so is what a transaction asks for.
 */
import { LRUCache } from 'lru-cache';
import { DirectKysely } from '../dialect/sqlite/direct.ts';
import type { Db } from '../open.ts';

type Kept<V> = { readonly stand: number; readonly value: V };

export type KeptReads = {
  /** What the reading goes by: `tegata_x` for changes of rows, `new tegata_x` for rows that are added. */
  readonly written: readonly string[];
  /** How many are kept. */
  readonly max: number;
};

/** `read`, or what it gave before. What it did not find is looked for again. */
export function keptRead<V>(
  { written, max }: KeptReads,
  read: (db: Db, key: string) => Promise<V | undefined>,
): (db: Db, key: string) => Promise<V | undefined> {
  const memories = new WeakMap<Db, LRUCache<string, Kept<V>>>();
  const memoryOf = (db: Db): LRUCache<string, Kept<V>> => {
    const known = memories.get(db) ?? new LRUCache<string, Kept<V>>({ max });
    memories.set(db, known);
    return known;
  };
  return async (db, key) => {
    const stand = db instanceof DirectKysely ? db.standOf(written) : undefined;
    if (stand === undefined) return read(db, key);
    const memory = memoryOf(db);
    const known = memory.get(key);
    if (known?.stand === stand) return known.value;
    const value = await read(db, key);
    if (value === undefined) memory.delete(key);
    else memory.set(key, { stand, value });
    return value;
  };
}
