/** Following the feed: one question to the database for all listeners, none without one, and no hurry for the slow. */
import { sql } from 'kysely';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Db, Store } from '../../src/database/open.ts';
import { changeFollower, type FollowStep } from '../../src/feed/follow.ts';
import { sequence } from '../../src/feed/sequence.ts';
import { feedHead } from '../../src/feed/store/feed.ts';
import { eachDatabase } from '../support/databases.ts';

const POLL_MS = 20;

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
  });

  /** As the triggers and the worker do. */
  async function happen(from: number, count: number): Promise<void> {
    const rows = Array.from({ length: count }, (_, i) => `('product', ${from + i}, 'updated', 1775001600)`);
    await sql
      .raw(`insert into tegata_change (entity, entity_id, action, changed_at) values ${rows}`)
      .execute(store.db);
    await sequence({ store, clock: fixedClock(1_775_001_600) });
  }

  function open() {
    const statements: string[] = [];
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const follower = changeFollower({ db: counted(store.db, statements), log, pollMs: POLL_MS });
    const end = new AbortController();
    onTestFinished(() => end.abort());
    const follow = (after: number) =>
      follower.follow({ after, choice: {}, quietMs: 60_000, signal: end.signal });
    return { follow, end, statements };
  }

  const changesOf = (step: IteratorResult<FollowStep>) =>
    !step.done && step.value.kind === 'changes' ? step.value.rows.map(({ id }) => id) : [];

  test('fifty listeners are told by what was read once', async () => {
    const { follow, statements } = open();
    const head = await feedHead(store.db);
    const listeners = Array.from({ length: 50 }, () => follow(head));
    await happen(100, 1);
    await Promise.all(listeners.map((one) => one.next())); // all are there, and up to date
    const steps = listeners.map((one) => one.next());
    statements.length = 0;
    await happen(1, 3);
    const told = await Promise.all(steps);
    expect(told.map(changesOf)).toEqual(told.map(() => [1, 2, 3]));
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThan(listeners.length);
  });

  test('who does not ask for more is not served, loses nothing, and nobody waits for him', async () => {
    const { follow } = open();
    const head = await feedHead(store.db);
    const [slow, quick] = [follow(head), follow(head)];
    const [first] = await Promise.all([slow.next(), quick.next(), happen(10_000, 1)]);
    expect(changesOf(first)).toEqual([10_000]);
    for (let i = 0; i < 6; i += 1) await happen(20_000 + i * 500, 500);
    const quickIds: number[] = [];
    while (quickIds.length < 3_000) quickIds.push(...changesOf(await quick.next()));
    // By now what the slow one has not seen no longer lies in memory.
    const slowIds: number[] = [];
    while (slowIds.length < 3_000) slowIds.push(...changesOf(await slow.next()));
    const expected = Array.from({ length: 3_000 }, (_, i) => 20_000 + i);
    expect(quickIds).toEqual(expected);
    expect(slowIds).toEqual(expected);
  });

  test('the database is left alone when the last listener has gone', async () => {
    const { follow, end, statements } = open();
    const listener = follow(await feedHead(store.db));
    const step = listener.next();
    await expect.poll(() => statements.length).toBeGreaterThan(0);
    end.abort();
    expect((await step).done).toBe(true);
    // A question that was under way when the listener left is answered before this one.
    await feedHead(store.db);
    statements.length = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 5 * POLL_MS); // several turns of the timer, if it still ran
    await promise;
    expect(statements).toEqual([]);
  });
});

/** The same database; every statement built on it is counted. */
const counted = (db: Db, statements: string[]): Db =>
  db.withPlugin({
    transformQuery: ({ node }) => {
      statements.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
