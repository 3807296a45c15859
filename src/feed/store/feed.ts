/**
 * The change feed: what has happened to the shop's products, orders and customers, in the order of the commits.
 *
 *   writer's transaction                       sequencer (feed/sequence.ts)           readers
 *   ────────────────────                       ───────────────────────────────           ───────
 *   UPDATE dtb_product …                       lock tegata_feed_head
 *     └ trigger → INSERT tegata_change         read every row of tegata_change it sees
 *   COMMIT ───────── visible from here on ──→  append to tegata_feed: position + 1, + 2 …
 *                                              delete the rows read
 *                                              COMMIT ───────────────────────────────→   WHERE position > cursor
 *
 * A number given at INSERT says nothing about the order of commits: a reader that remembers the last one seen would
 * miss the one who inserted early and committed late. So the rows of `tegata_change` are a heap, taken whenever they become
 * visible, and the position is given afterwards, by one sequencer at a time (the lock on the head row). Two rows about
 * the same thing come from transactions that waited for each other at that thing's row, so `change_id` orders them.
 *
 * Rows of one transaction become visible together and are told together. Transactions that become visible between
 * two passes are folded into one telling; no database but PostgreSQL could tell them apart, and no reader needs to.
 */
import { sql } from 'kysely';
import { type ChangePart, type Parts, partsOf, partsText } from '../../database/change-parts.ts';
import type { FeedAction } from '../../database/feed-sources.ts';
import { type Count, countSome } from '../../database/keyset.ts';
import type { Db, Store } from '../../database/open.ts';

const INSERT_ROWS = 1_000; // rows in one INSERT; SQLite takes 32,766 values
const DELETE_KEYS = 1_000; // keys in one DELETE

export type ChangeEvent = { readonly entity: string; readonly id: number; readonly action: FeedAction };

/** What one origin has done to a thing. */
export type Share = {
  readonly action: FeedAction;
  readonly changedAt: number;
  readonly parts: Parts;
  /** The client whose mutation wrote it; null = the shop itself. */
  readonly origin: string | null;
};

/** `origin` null = the shop, or several: then `shares` holds what each of them has done. */
export type Change = ChangeEvent & Share & { readonly shares: readonly Share[] };

export type FeedRow = Change & { readonly position: number; readonly recordedAt: number };

export type CommittedChange = Change & {
  /** Names the row in `tegata_change`. */
  readonly key: string;
};

/** Whether anything waits for the sequencer. */
export async function hasChanges(db: Db): Promise<boolean> {
  return (await db.selectFrom('tegata_change').select('entity').limit(1).execute()).length > 0;
}

/** Waits for the turn of this transaction as the sequencer and says the highest position given so far. */
export async function takeSequencerTurn(tx: Db): Promise<number> {
  await tx
    .updateTable('tegata_feed_head')
    .set((eb) => ({ position: eb.ref('position') }))
    .where('head_id', '=', 1)
    .execute();
  return feedHead(tx);
}

/** The committed changes, oldest first, `limit` at the most. */
export async function committedChanges(
  tx: Db,
  { feed }: Store['kit'],
  limit: number,
): Promise<CommittedChange[]> {
  const rows = await tx
    .selectFrom('tegata_change')
    .select(['entity', 'entity_id', 'action', 'changed_at', 'parts', 'origin', feed.changeKey.as('key')])
    .orderBy('change_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ key: row.key, ...changeOf({ ...row, shares: null }) }));
}

/** Gives `changes` the positions after `head`. */
export async function appendToFeed(
  tx: Db,
  head: number,
  changes: readonly Change[],
  recordedAt: number,
): Promise<void> {
  const rows = changes.map(({ entity, id, action, changedAt, parts, origin, shares }, i) => ({
    position: head + 1 + i,
    entity,
    entity_id: id,
    action,
    changed_at: changedAt,
    recorded_at: recordedAt,
    parts: partsText(parts),
    origin,
    shares: shares.length === 0 ? null : JSON.stringify(shares),
  }));
  for (let i = 0; i < rows.length; i += INSERT_ROWS) {
    await tx
      .insertInto('tegata_feed')
      .values(rows.slice(i, i + INSERT_ROWS))
      .execute();
  }
  const position = head + rows.length;
  await tx.updateTable('tegata_feed_head').set({ position }).where('head_id', '=', 1).execute();
}

export async function dropChanges(tx: Db, { feed }: Store['kit'], keys: readonly string[]): Promise<void> {
  for (let i = 0; i < keys.length; i += DELETE_KEYS) {
    for (const statement of feed.dropChanges(keys.slice(i, i + DELETE_KEYS))) await statement.execute(tx);
  }
}

/** The highest position given so far; 0 = none. */
export async function feedHead(db: Db): Promise<number> {
  const row = await db
    .selectFrom('tegata_feed_head')
    .select('position')
    .where('head_id', '=', 1)
    .executeTakeFirstOrThrow();
  return row.position;
}

/** Rows to leave out; undefined = none. */
export type FeedChoice = {
  readonly entities?: readonly string[] | undefined;
  /** Only what touched one of these, was created or deleted; what is not known counts as touched. */
  readonly parts?: readonly ChangePart[] | undefined;
  /** Not what this client alone has written. */
  readonly notBy?: string | undefined;
};

/** The part after `after`, oldest first. Positions below `feedBounds().oldest` are gone. */
export async function readFeed(
  db: Db,
  part: FeedChoice & { readonly after: number; readonly limit: number },
): Promise<FeedRow[]> {
  const { entities, parts, notBy } = part;
  let query = db.selectFrom('tegata_feed').selectAll().where('position', '>', part.after);
  if (entities) query = query.where('entity', 'in', [...entities]);
  if (notBy !== undefined) {
    query = query.where((eb) => eb.or([eb('origin', 'is', null), eb('origin', '<>', notBy)]));
  }
  if (parts) {
    query = query.where((eb) =>
      eb.or([
        eb('action', '<>', 'updated'),
        eb('parts', 'is', null),
        ...parts.map((word) => eb('parts', 'like', `% ${word} %`)),
      ]),
    );
  }
  const rows = await query.orderBy('position').limit(part.limit).execute();
  return rows.map((row) => ({ position: row.position, recordedAt: row.recorded_at, ...changeOf(row) }));
}

export type FeedBounds = {
  /** The oldest position still kept and when it was recorded; null = the feed is empty. */
  readonly oldest: number | null;
  readonly oldestAt: number | null;
  /** The highest position given. */
  readonly head: number;
};

/** The head is read first: a row that comes meanwhile must not look like one of which the older ones are gone. */
export async function feedBounds(db: Db): Promise<FeedBounds> {
  const head = await feedHead(db);
  const [first] = await db
    .selectFrom('tegata_feed')
    .select(['position', 'recorded_at'])
    .orderBy('position')
    .limit(1)
    .execute();
  return { oldest: first?.position ?? null, oldestAt: first?.recorded_at ?? null, head };
}

const WAITING_COUNTED = 10_000;

/** How many changes wait, and how many are kept: positions have no gaps. */
export async function feedSize(db: Db): Promise<{ changes: Count; feed: number }> {
  const { oldest, head } = await feedBounds(db);
  return {
    changes: await countSome(db, sql`from tegata_change`, WAITING_COUNTED),
    feed: oldest === null ? 0 : head - oldest + 1,
  };
}

/** Removes what was recorded before `before` and lies at or below `upTo`, `batch` rows at the most; says how many. */
export async function pruneFeed(
  db: Db,
  { before, upTo, batch }: { before: number; upTo: number; batch: number },
): Promise<number> {
  const oldest = await db
    .selectFrom('tegata_feed')
    .select(['position', 'recorded_at'])
    .where('position', '<=', upTo)
    .orderBy('position')
    .limit(batch)
    .execute();
  const last = oldest.findLast(({ recorded_at }) => recorded_at < before);
  if (!last) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('tegata_feed')
    .where('position', '<=', last.position)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

type StoredChange = {
  entity: string;
  entity_id: number;
  action: string;
  changed_at: number;
  parts: string | null;
  origin: string | null;
  shares: string | null;
};

const changeOf = (row: StoredChange): Change => ({
  entity: row.entity,
  id: row.entity_id,
  action: row.action as FeedAction,
  changedAt: row.changed_at,
  parts: partsOf(row.parts),
  origin: row.origin,
  shares: row.shares === null ? [] : (JSON.parse(row.shares) as Share[]),
});
