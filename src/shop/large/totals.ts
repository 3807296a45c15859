/**
 * How many rows a search finds in a large table, remembered: the rows are counted by blocks of ids, and when the feed tells
 * of changes, only the blocks of the changed rows are counted again. So a total is always that of the moment.
 */
import { LRUCache } from 'lru-cache';
import type { Db } from '../../database/open.ts';
import { type ChangedSince, changedSince } from '../../feed/store/changed-since.ts';
import { feedHead } from '../../feed/store/feed.ts';
import type { CountBlocks } from '../rows/list.ts';

const KEPT = 500; // searches
const KEPT_MS = 3_600_000; // then counted again: the one who switches triggers off and on again tells nothing
const BLOCK_BITS = 12; // 4,096 ids
const MOST_CHANGED = 2_000; // rows
const MOST_BLOCKS = 40; // counted one by one; with more, all is counted again

type Counted = { readonly blocks: Map<number, number>; position: number };

export class ShopTotals {
  readonly #db: Db;
  /** Search → its counting; each waits for the one before, since changes come in order. */
  readonly #turns: LRUCache<string, Promise<Counted>>;

  constructor(db: Db, nowMs: () => number) {
    this.#db = db;
    this.#turns = new LRUCache({ max: KEPT, ttl: KEPT_MS, noUpdateTTL: true, perf: { now: nowMs } });
  }

  /** `entity`: what the feed calls the rows. */
  async total(search: string, entity: string, count: CountBlocks): Promise<number> {
    const anew = () => countAll(this.#db, count);
    const before = this.#turns.get(search);
    const turn = before ? before.then((counted) => this.#renewed(counted, entity, count), anew) : anew();
    this.#turns.set(search, turn);
    return sum((await turn).blocks);
  }

  async #renewed(counted: Counted, entity: string, count: CountBlocks): Promise<Counted> {
    const changed = await changedSince(this.#db, entity, counted.position, MOST_CHANGED);
    const blocks = changed && blocksOf(changed);
    if (!blocks || blocks.size > MOST_BLOCKS) return countAll(this.#db, count);
    for (const block of blocks) counted.blocks.set(block, await countBlock(count, block));
    return { blocks: counted.blocks, position: changed.head };
  }
}

async function countAll(db: Db, count: CountBlocks): Promise<Counted> {
  const position = await feedHead(db);
  const blocks = await count(BLOCK_BITS);
  return { blocks: new Map(blocks.map(({ block, total }) => [Number(block), Number(total)])), position };
}

async function countBlock(count: CountBlocks, block: number): Promise<number> {
  const first = block << BLOCK_BITS;
  const [found] = await count(BLOCK_BITS, { first, last: first + (1 << BLOCK_BITS) - 1 });
  return Number(found?.total ?? 0);
}

const blocksOf = ({ ids }: ChangedSince): Set<number> => new Set([...ids].map((id) => id >> BLOCK_BITS));

const sum = (blocks: ReadonlyMap<number, number>): number =>
  blocks.values().reduce((all, one) => all + one, 0);
