/**
 * Lets any number of listeners follow the change feed. However many they are, one timer of the process asks the
 * database for news, and only while someone listens. A listener takes the next piece when it has got rid of the last
 * one: the one who is slow holds up no one, and what no longer lies in memory is read from the table again.
 */
import type { Log } from '../base/log.ts';
import type { Db } from '../database/open.ts';
import { allHeard } from './hearing.ts';
import { type FeedChoice, type FeedRow, feedHead, readFeed } from './store/feed.ts';
import { readFeedPage } from './store/page.ts';

const REMEMBERED_ROWS = 2_000; // newest changes kept in memory while someone listens
const PIECE_ROWS = 500; // in one step

export type FollowStep =
  | { readonly kind: 'changes'; readonly rows: readonly FeedRow[]; readonly readUpTo: number }
  /** Nothing to tell for a while. */
  | { readonly kind: 'quiet'; readonly readUpTo: number }
  /** So far behind that changes have been pruned meanwhile; the last step. */
  | { readonly kind: 'behind' };

export type Following = {
  /** The first change told is the one behind this position. */
  readonly after: number;
  readonly choice: FeedChoice;
  /** A `quiet` step comes at least this often. */
  readonly quietMs: number;
  readonly signal: AbortSignal;
};

export type ChangeFollower = { follow(following: Following): AsyncGenerator<FollowStep> };

export type FollowerDeps = { readonly db: Db; readonly log: Log; readonly pollMs: number };

export const changeFollower = (deps: FollowerDeps): ChangeFollower => new Follower(deps);

class Follower implements ChangeFollower {
  readonly #deps: FollowerDeps;
  /** The rows behind `#recentFrom` up to `#head`. */
  #recent: FeedRow[] = [];
  #recentFrom = 0;
  #head = 0;
  #listeners = 0;
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> | undefined;
  readonly #wakers = new Set<() => void>();

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
  }

  async *follow({ after, choice, quietMs, signal }: Following): AsyncGenerator<FollowStep> {
    const bell = new Bell(quietMs, signal);
    let position = after;
    await this.#join(bell);
    try {
      while (!signal.aborted) {
        const step = position < this.#head ? await this.#piece(position, choice) : undefined;
        if (step?.kind === 'behind') {
          yield step;
          return;
        }
        if (step) position = step.readUpTo;
        if (step && step.rows.length > 0) yield step;
        else if (bell.isQuietOver()) yield { kind: 'quiet', readUpTo: position };
        else if (position >= this.#head) await bell.rung();
      }
    } finally {
      bell.stop();
      this.#leave(bell);
    }
  }

  async #join(bell: Bell): Promise<void> {
    this.#listeners += 1;
    this.#wakers.add(bell.ring);
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.#ask(), this.#deps.pollMs);
    this.#timer.unref();
    // No one has looked meanwhile: what is remembered may have a gap behind it.
    this.#recent = [];
    this.#head = await feedHead(this.#deps.db).catch(() => 0);
    this.#recentFrom = this.#head;
    this.#wakeAll();
  }

  #leave(bell: Bell): void {
    this.#wakers.delete(bell.ring);
    this.#listeners -= 1;
    if (this.#listeners > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One question at a time: a slow database is not asked again before it has answered. */
  #ask(): Promise<void> {
    this.#asking ??= this.#takeNews()
      .catch((error: unknown) => this.#deps.log.error({ err: error }, 'the change feed could not be read'))
      .finally(() => {
        this.#asking = undefined;
      });
    return this.#asking;
  }

  async #takeNews(): Promise<void> {
    const { db } = this.#deps;
    const rows = await readFeed(db, { after: this.#head, limit: REMEMBERED_ROWS });
    const last = rows.at(-1);
    if (!last) return;
    // Positions have no gaps, unless this process stood still for as long as the feed is kept.
    const adjoins = rows[0]?.position === this.#head + 1;
    this.#recent = (adjoins ? [...this.#recent, ...rows] : rows).slice(-REMEMBERED_ROWS);
    this.#recentFrom = (this.#recent[0] ?? last).position - 1;
    this.#head = last.position;
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of this.#wakers) wake();
  }

  async #piece(after: number, choice: FeedChoice) {
    if (after >= this.#recentFrom) return this.#remembered(after, choice);
    const reading = await readFeedPage(this.#deps.db, { ...choice, after, limit: PIECE_ROWS });
    if (reading.kind !== 'page') return { kind: 'behind' as const };
    const { rows, readUpTo } = reading.page;
    return { kind: 'changes' as const, rows: allHeard(rows, choice), readUpTo };
  }

  #remembered(after: number, choice: FeedChoice) {
    const next = this.#recent.filter(({ position }) => position > after).slice(0, PIECE_ROWS);
    const { entities } = choice;
    const rows = entities ? next.filter(({ entity }) => entities.includes(entity)) : next;
    const readUpTo = next.at(-1)?.position ?? this.#head;
    return { kind: 'changes' as const, rows: allHeard(rows, choice), readUpTo };
  }
}

/** Wakes one listener: when there is news, when it has been quiet for long, when it is to end. */
class Bell {
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  #quietIsOver = false;
  #rang = false;
  #waiting: (() => void) | undefined;

  constructor(quietMs: number, signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.ring, { once: true });
    this.#timer = setInterval(() => {
      this.#quietIsOver = true;
      this.ring();
    }, quietMs);
    this.#timer.unref();
  }

  readonly ring = (): void => {
    this.#rang = true;
    this.#waiting?.();
  };

  /** True once for each time that the quiet was long enough. */
  isQuietOver(): boolean {
    const over = this.#quietIsOver;
    this.#quietIsOver = false;
    return over;
  }

  async rung(): Promise<void> {
    if (!this.#rang) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    this.#rang = false;
    this.#waiting = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#signal.removeEventListener('abort', this.ring);
  }
}
