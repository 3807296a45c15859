/**
 * Puts the triggers of the change feed on the shop's tables, compares them with what they should be, takes them away.
 * This is control flow that no reader of TypeScript sees (the drawing is in feed.ts): a statement of any program on a
 * watched table also inserts into `tegata_change`, and fails with it. So triggers go before tables when Tegata leaves.
 */
import { type Kysely, sql } from 'kysely';
import type { LiveTrigger, WantedTrigger } from '../../database/dialect/feed-kit.ts';
import { withoutComparisons } from '../../database/dialect/feed-parts.ts';
import { FEED_SOURCES, type FeedSource } from '../../database/feed-sources.ts';
import type { Count } from '../../database/keyset.ts';
import { type LiveSchema, readLiveSchema } from '../../database/live-schema.ts';
import type { Store } from '../../database/open.ts';
import { withRights } from '../../database/rights.ts';
import { feedHead, feedSize } from './feed.ts';

export type TriggerState = {
  readonly name: string;
  readonly table: string;
  /**
   * `outdated`: as an earlier version of Tegata made it, and at work; `unread`: there, but this account may not read its text;
   * `changed`: its text is not ours; `off`: someone switched it off; `foreign`: named like ours, but not wanted.
   */
  readonly state: 'ok' | 'outdated' | 'unread' | 'missing' | 'changed' | 'off' | 'foreign';
};

export type FeedStatus = {
  /** `installed`: all in order; `outdated`: all at work, some made again by installing; `absent`: no trigger; `broken`: the rest. */
  readonly state: 'installed' | 'outdated' | 'absent' | 'broken';
  readonly triggers: readonly TriggerState[];
  /** Tables that this shop does not have, or has without the columns that are needed: not watched. */
  readonly skipped: readonly string[];
  /** Highest position of the feed. */
  readonly head: number;
  /** Rows in `tegata_change` (waiting) and `tegata_feed` (kept). */
  readonly rows: { readonly changes: Count; readonly feed: number };
};

/**
 * Makes what is missing, makes again what differs, takes off what is wanted no more (an extension has gone), leaves alone
 * what is right. Safe to repeat. Where DDL knows no transaction (MySQL), a trigger that differs is away for a moment while
 * it is made again.
 */
export const installFeed = (store: Store, sources = FEED_SOURCES): Promise<FeedStatus> =>
  withRights(store, 'triggers', () => putOn(store, sources));

async function putOn(store: Store, sources: readonly FeedSource[]): Promise<FeedStatus> {
  const { wanted } = await wantedTriggers(store, sources);
  const live = await liveTriggers(store);
  for (const ofTable of Map.groupBy(wanted, ({ table }) => table).values())
    await putOnTable(store, ofTable, live);
  const names = new Set(wanted.map(({ name }) => name));
  await dropTriggers(
    store,
    live.filter(({ name }) => !names.has(name)),
  );
  return feedStatus(store, sources);
}

/** Of two who install at the same moment each may find that the other was first: what that one has made is left as it is. */
async function putOnTable(store: Store, wanted: readonly WantedTrigger[], found: readonly LiveTrigger[]) {
  const { feed } = store.kit;
  let live = found;
  const staleOf = (some: readonly WantedTrigger[]) => some.filter((one) => !isGood(judge(one, live)));
  let stale = staleOf(wanted);
  while (stale.length > 0) {
    try {
      await feed.withShortLocks(store.db, async (db) => {
        for (const one of stale) {
          const isMissing = judge(one, live) === 'missing';
          await run(db, [...(isMissing ? [] : feed.drop(one)), ...one.create]);
        }
      });
      return;
    } catch (error) {
      live = await liveTriggers(store);
      const left = staleOf(stale);
      if (left.length === stale.length) throw error;
      stale = left;
    }
  }
}

export async function feedStatus(store: Store, sources = FEED_SOURCES): Promise<FeedStatus> {
  const { wanted, skipped } = await wantedTriggers(store, sources);
  const live = await liveTriggers(store);
  const names = new Set(wanted.map(({ name }) => name));
  const triggers: TriggerState[] = [
    ...wanted.map((trigger) => ({ name: trigger.name, table: trigger.table, state: judge(trigger, live) })),
    ...live
      .filter(({ name }) => !names.has(name))
      .map(({ name, table }) => ({ name, table, state: 'foreign' as const })),
  ];
  return {
    state: overall(triggers),
    triggers,
    skipped,
    head: await feedHead(store.db),
    rows: await feedSize(store.db),
  };
}

/** The tables whose changes all reach the feed. */
export async function watchedTables(
  store: Pick<Store, 'db' | 'kit'>,
  sources = FEED_SOURCES,
): Promise<ReadonlySet<string>> {
  const { wanted } = await wantedTriggers(store, sources);
  const live = await liveTriggers(store);
  const lacking = new Set(
    wanted.filter((trigger) => !isAtWork(judge(trigger, live))).map(({ table }) => table),
  );
  return new Set(wanted.map(({ table }) => table)).difference(lacking);
}

/** Takes every trigger of ours off the shop's tables, and what belongs to it; the feed's own tables stay. */
export const removeFeed = (store: Store, sources = FEED_SOURCES): Promise<void> =>
  withRights(store, 'triggers', () => takeOff(store, sources));

async function takeOff(store: Store, sources: readonly FeedSource[]): Promise<void> {
  const { wanted } = await wantedTriggers(store, sources);
  const live = await liveTriggers(store);
  // Of those that are not live, a function may have stayed behind.
  const behind = wanted.filter(({ name }) => !live.some((one) => one.name === name));
  await dropTriggers(store, [...live, ...behind]);
}

/** Every trigger that is there and named like ours, wanted or not; asks for none of Tegata's tables. */
export const namedTriggers = (store: Store): Promise<Pick<LiveTrigger, 'name' | 'table'>[]> =>
  liveTriggers(store);

/** Takes these triggers off the shop's tables, each in a moment of its own. */
export const removeTriggers = (
  store: Store,
  triggers: readonly Pick<LiveTrigger, 'name' | 'table'>[],
): Promise<void> => withRights(store, 'triggers', () => dropTriggers(store, triggers));

async function dropTriggers(store: Store, triggers: readonly Pick<LiveTrigger, 'name' | 'table'>[]) {
  for (const trigger of triggers) {
    await store.kit.feed.withShortLocks(store.db, (db) => run(db, store.kit.feed.drop(trigger)));
  }
}

async function wantedTriggers(
  store: Pick<Store, 'db' | 'kit'>,
  sources: readonly FeedSource[],
): Promise<{ wanted: WantedTrigger[]; skipped: string[] }> {
  const schema = await readLiveSchema(store);
  const current = await currentSchema(store);
  const watched = sources.filter((source) => isThere(source, schema));
  return {
    wanted: watched.flatMap((source) =>
      store.kit.feed.wanted(source, schema.get(source.table) ?? new Set(), current),
    ),
    skipped: sources.filter((source) => !watched.includes(source)).map(({ table }) => table),
  };
}

function isThere({ table, column, through }: FeedSource, schema: LiveSchema): boolean {
  if (!schema.get(table)?.has(column)) return false;
  if (!through) return true;
  const columns = schema.get(through.table);
  return columns?.has(through.key) === true && columns.has(through.column);
}

async function currentSchema({ db, kit }: Pick<Store, 'db' | 'kit'>): Promise<string | undefined> {
  if (!kit.currentSchema) return undefined;
  return (await sql<{ name: string }>`select ${kit.currentSchema} as name`.execute(db)).rows[0]?.name;
}

async function liveTriggers({ db, kit }: Pick<Store, 'db' | 'kit'>): Promise<LiveTrigger[]> {
  const { rows } = await sql<{ name: string; table: string; text: string | null; fires: number | boolean }>`${
    kit.feed.live
  }`.execute(db);
  return rows.map(({ name, table, text, fires }) => ({ name, table, text, fires: Boolean(fires) }));
}

function judge(wanted: WantedTrigger, live: readonly LiveTrigger[]): TriggerState['state'] {
  const found = live.find(({ name, table }) => name === wanted.name && table === wanted.table);
  if (!found) return 'missing';
  if (!found.fires) return 'off';
  if (found.text === null) return 'unread';
  const text = squeezed(found.text);
  if (text === squeezed(wanted.text)) return 'ok';
  const isFormer = wanted.formerTexts.some((former) => text === squeezed(former));
  // The shop has had an update since, and its tables have other columns.
  const isSimilar = withoutComparisons(text) === withoutComparisons(squeezed(wanted.text));
  return isFormer || isSimilar ? 'outdated' : 'changed';
}

/** Servers keep the text, but not always its white space. */
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

function overall(triggers: readonly TriggerState[]): FeedStatus['state'] {
  if (triggers.every(({ state }) => state === 'missing')) return 'absent';
  if (triggers.every(({ state }) => isGood(state))) return 'installed';
  return triggers.every(({ state }) => isAtWork(state)) ? 'outdated' : 'broken';
}

/** Nothing is to be done about it. */
export const isGood = (state: TriggerState['state']): boolean => state === 'ok' || state === 'unread';

const isAtWork = (state: TriggerState['state']): boolean => isGood(state) || state === 'outdated';

async function run<DB>(db: Kysely<DB>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
