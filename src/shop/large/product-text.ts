/**
 * Finds products by a part of their name or codes without reading the table: `LIKE '%…%'` follows no index of a database.
 * This index lives in memory and names candidates; the statement itself still asks for the text, so that what is found
 * stays the database's word. It is as new as the moment of the search: what the feed has told since it was made are
 * candidates too. Products only: the names and addresses of people are not copied.
 */

import { changedSince } from '../../feed/store/changed-since.ts';
import { feedHead } from '../../feed/store/feed.ts';
import { gramsOf } from '../text-grams.ts';
import { type LetterNumbers, letterNumbers } from './letter-numbers.ts';
import { newestOf, type Updated } from './newest.ts';
import { Postings } from './postings.ts';
import {
  allProductTexts,
  type ProductTexts,
  productTexts,
  type TextSource,
  textColumns,
} from './product-texts.ts';

const FEED_ENTITY = 'product';
const MOST_CHANGED = 1_000; // products; with more changed since, the index is made again
const COMMON_SHARE = 1 / 8; // of the products: a piece that is in more of them chooses little
const FEW = 50; // ids that are not worth another look into the index
const MOST_PRODUCTS = 3_000_000; // some 300 MB of memory; in larger shops texts are left to the database
const STALE_SHARE = 0.5; // of the index: every change of a product adds its pieces again

type Index = {
  readonly letters: LetterNumbers;
  readonly postings: Postings;
  /** By id: epoch seconds. */
  readonly updatedAt: number[];
  /** Ids in the postings when they were made. */
  readonly madeWith: number;
  /** A piece with more ids than that is not looked at. */
  readonly common: number;
  position: number;
};

/** Products among which are all that contain a text. */
export type Candidates = {
  readonly ids: ReadonlySet<number>;
  /** Those that were updated last, `count` at the most, of all or of those that come behind a product in that order. */
  newest(count: number, behind?: Updated): number[];
};

export class ProductText {
  readonly #source: TextSource;
  /** null = it cannot be made. */
  #index: Index | null | undefined;
  #making: Promise<Index | undefined> | undefined;

  constructor(source: TextSource) {
    this.#source = source;
  }

  /** Makes what the first search would wait for. */
  async warmUp(): Promise<void> {
    await this.#now();
  }

  /**
   * `further`: ids that are candidates whatever their text. undefined = they are too many, or it cannot be said.
   * The first search waits until the index is made.
   */
  async candidates(text: string, further: readonly number[]): Promise<Candidates | undefined> {
    const index = await this.#now();
    if (!index) return undefined;
    const [letters = []] = await index.letters.of([text]);
    const ids = intersection(index, gramsOf(letters));
    if (!ids) return undefined;
    for (const id of further) ids.add(id);
    return { ids, newest: (count, behind) => newestOf(ids, index.updatedAt, count, behind) };
  }

  /** The index as of this moment. */
  async #now(): Promise<Index | undefined> {
    if (this.#index === null) return undefined;
    const known = this.#index && (await this.#renewed(this.#index));
    if (known) return known;
    if (await this.#isFeedBusy()) return undefined;
    const made = await this.#make();
    return made && this.#renewed(made);
  }

  /** While an import passes through the feed, an index made now would be behind when it is there. */
  async #isFeedBusy(): Promise<boolean> {
    const { db } = this.#source;
    return (await changedSince(db, FEED_ENTITY, await feedHead(db), MOST_CHANGED)) === undefined;
  }

  /** With what has changed read again; undefined = that is too much. */
  async #renewed(index: Index): Promise<Index | undefined> {
    if (index.postings.count > index.madeWith * (1 + STALE_SHARE)) return undefined;
    const changed = await changedSince(this.#source.db, FEED_ENTITY, index.position, MOST_CHANGED);
    if (!changed) return undefined;
    if (changed.ids.size > 0) await add(index, await productTexts(this.#source, [...changed.ids]));
    index.position = changed.head;
    return index;
  }

  /** One at a time no matter who asks. */
  #make(): Promise<Index | undefined> {
    this.#making ??= makeIndex(this.#source)
      .then((index) => {
        this.#index = index ?? null;
        return index;
      })
      .finally(() => {
        this.#making = undefined;
      });
    return this.#making;
  }
}

/** What changes while it is being made is told by the feed from the position on. undefined = it cannot be made. */
async function makeIndex(source: TextSource): Promise<Index | undefined> {
  const letters = await letterNumbers(source, textColumns(source.registry));
  if (!letters) return undefined;
  const position = await feedHead(source.db);
  const parts = { letters, postings: new Postings(), updatedAt: [] };
  let products = 0;
  for await (const texts of allProductTexts(source)) {
    await add(parts, texts);
    products += texts.filter(({ updatedAt }) => updatedAt !== undefined).length;
    if (products > MOST_PRODUCTS) return undefined;
  }
  const common = Math.max(FEW, products * COMMON_SHARE);
  return { ...parts, madeWith: parts.postings.count, common, position };
}

type Parts = Pick<Index, 'letters' | 'postings' | 'updatedAt'>;

async function add({ letters, postings, updatedAt }: Parts, texts: ProductTexts): Promise<void> {
  const spelled = await letters.of(texts.map(({ text }) => text));
  texts.forEach(({ id, updatedAt: at }, place) => {
    if (at !== undefined) updatedAt[id] = at;
    for (const gram of gramsOf(spelled[place] ?? [])) postings.add(gram, id);
  });
}

/** The ids that have all pieces; undefined = there is no piece that chooses. */
function intersection({ postings, common }: Index, grams: readonly number[]): Set<number> | undefined {
  const rarest = [...new Set(grams)].sort((a, b) => postings.size(a) - postings.size(b));
  let ids: Set<number> | undefined;
  for (const gram of rarest) {
    if (postings.size(gram) > common || (ids && ids.size <= FEW)) break;
    ids = ids ? ids.intersection(postings.ids(gram)) : postings.ids(gram);
  }
  return ids;
}
