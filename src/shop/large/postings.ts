/** For each bucket the ids that were put into it: differences as varints, a byte or two for each. */

import { GRAM_BUCKETS } from '../text-grams.ts';

const FIRST_BYTES = 8;

type Posting = { bytes: Uint8Array; used: number; last: number; count: number };

export class Postings {
  readonly #buckets = new Array<Posting | undefined>(GRAM_BUCKETS);
  #count = 0;

  /** Ids put in so far, over all buckets. */
  get count(): number {
    return this.#count;
  }

  /** The same id may come again. */
  add(bucket: number, id: number): void {
    let posting = this.#buckets[bucket];
    if (!posting) {
      posting = { bytes: new Uint8Array(FIRST_BYTES), used: 0, last: 0, count: 0 };
      this.#buckets[bucket] = posting;
    }
    if (posting.count > 0 && posting.last === id) return;
    write(posting, zigzag(id - posting.last));
    posting.last = id;
    posting.count += 1;
    this.#count += 1;
  }

  size(bucket: number): number {
    return this.#buckets[bucket]?.count ?? 0;
  }

  ids(bucket: number): Set<number> {
    const ids = new Set<number>();
    const posting = this.#buckets[bucket];
    if (!posting) return ids;
    const { bytes, used } = posting;
    for (let at = 0, id = 0; at < used; ) {
      let value = 0;
      let factor = 1;
      for (let byte = 0x80; byte & 0x80; factor *= 128) {
        byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * factor;
      }
      id += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      ids.add(id);
    }
    return ids;
  }
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 … */
const zigzag = (difference: number): number => (difference < 0 ? -2 * difference - 1 : 2 * difference);

function write(posting: Posting, value: number): void {
  let rest = value;
  do {
    if (posting.used === posting.bytes.length) {
      const wider = new Uint8Array(posting.used * 2);
      wider.set(posting.bytes);
      posting.bytes = wider;
    }
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    posting.bytes[posting.used++] = rest > 0 ? low | 0x80 : low;
  } while (rest > 0);
}
