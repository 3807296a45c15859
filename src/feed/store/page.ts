/** One page of the feed for a reader who brings the position it has read up to. */

import type { Db } from '../../database/open.ts';
import { type FeedChoice, type FeedRow, feedBounds, feedHead, readFeed } from './feed.ts';

export type FeedPage = {
  /** Oldest first. */
  readonly rows: readonly FeedRow[];
  readonly hasMore: boolean;
  /** To go on from: behind the last row, or, when there is no more, behind all that was looked through. */
  readonly readUpTo: number;
  /** The highest position when the reading began. */
  readonly head: number;
};

export type FeedReading =
  | { readonly kind: 'page'; readonly page: FeedPage }
  /** Positions behind `after` have been pruned; reading goes on behind `resumeAt`. */
  | { readonly kind: 'behind'; readonly resumeAt: number }
  /** No such position has been given yet: it comes from another database, or from before a backup was put back. */
  | { readonly kind: 'ahead' };

export type FeedPageRequest = FeedChoice & {
  /** undefined = from the oldest that is kept. */
  readonly after: number | undefined;
  readonly limit: number;
};

/** The head is read before the rows, so that all positions up to it are among what the rows were chosen from. */
export async function readFeedPage(
  db: Db,
  { after, limit, ...choice }: FeedPageRequest,
): Promise<FeedReading> {
  const head = await feedHead(db);
  if (after !== undefined && after > head) return { kind: 'ahead' };
  const found = await readFeed(db, { ...choice, after: after ?? 0, limit: limit + 1 });
  if (after !== undefined && after < head) {
    const keptFrom = (await feedBounds(db)).oldest ?? head + 1;
    if (keptFrom > after + 1) return { kind: 'behind', resumeAt: keptFrom - 1 };
  }
  const rows = found.slice(0, limit);
  const hasMore = found.length > limit;
  const last = rows.at(-1)?.position ?? after ?? 0;
  return { kind: 'page', page: { rows, hasMore, head, readUpTo: hasMore ? last : Math.max(last, head) } };
}
