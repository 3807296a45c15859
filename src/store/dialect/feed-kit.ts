/**
 * What the databases do differently about the triggers of the change feed, in one shape, and the statements inside a
 * trigger, which all three understand. Part of `DialectKit` (`kit.feed`).
 */
import type { Kysely, RawBuilder } from 'kysely';
import type { FeedAction, FeedSource } from '../feed-sources.ts';

/** A trigger as it should be. `text` is what the catalogue of the database will show of it. */
export type WantedTrigger = {
  readonly name: string;
  readonly table: string;
  readonly text: string;
  /** Statements that make it, in order; it must not exist before. */
  readonly create: readonly string[];
};

/** A trigger as the database shows it. */
export type LiveTrigger = {
  readonly name: string;
  readonly table: string;
  readonly text: string;
  /** False when somebody switched it off. */
  readonly fires: boolean;
};

export type FeedKit = {
  /**
   * Statements that make `tegata_change`. Its `change_id` grows with time and orders rows that contend for one thing;
   * it is not always unique.
   */
  readonly createChangeTable: readonly string[];
  /** What names one row of `tegata_change` beyond doubt, as text. */
  readonly changeKey: RawBuilder<string>;
  /** Removes rows of `tegata_change` by their keys. */
  dropChanges(keys: readonly string[]): RawBuilder<unknown>;
  /** The triggers for one table; `schema` is the one that holds the shop's tables, where there are several. */
  wanted(source: FeedSource, schema: string | undefined): readonly WantedTrigger[];
  /** Every trigger whose name begins with `tegata_`, in the current schema. */
  readonly live: RawBuilder<LiveTriggerRow>;
  /** Statements that remove one, in order. */
  drop(trigger: { readonly name: string; readonly table: string }): readonly string[];
  /**
   * Runs DDL in one transaction or session that gives up after a few seconds of waiting for a table: behind a waiting
   * DDL statement every writer of the shop would queue.
   */
  withShortLocks<DB>(db: Kysely<DB>, deed: (db: Kysely<DB>) => Promise<void>): Promise<void>;
};

export type LiveTriggerRow = { name: string; table: string; text: string; fires: number | boolean };

/** The columns of `tegata_change` after its key. */
export const CHANGE_COLUMNS = `entity varchar(16) not null, entity_id bigint not null,
  action varchar(8) not null, changed_at bigint not null`;

export type TriggerEvent = 'insert' | 'update' | 'delete';

export const TRIGGER_EVENTS: readonly TriggerEvent[] = ['insert', 'update', 'delete'];

/** How one database spells the few things that differ inside a trigger. */
export type TouchSpelling = {
  /** Whole seconds since the epoch, now. */
  readonly now: string;
  /** ` from dual` where a WHERE needs a FROM. */
  readonly fromNothing: string;
  /** Before each table name, e.g. `"public".`. */
  readonly schemaPrefix: string;
};

/** The statements that a trigger runs after one row of `source` was changed. */
export function touches(source: FeedSource, event: TriggerEvent, spelling: TouchSpelling): string[] {
  if (source.through) return [touchThrough(source, source.through, event, spelling)];
  const newKey = `new.${source.column}`;
  const oldKey = `old.${source.column}`;
  if (event === 'insert') return [touch(source, spelling, newKey, source.root ? 'created' : 'updated')];
  if (event === 'delete') return [touch(source, spelling, oldKey, source.root ? 'deleted' : 'updated')];
  // A child that moves from one thing to another changes both; a root that gets another key is another thing.
  const moved = `(${newKey} is null or ${newKey} <> ${oldKey})`;
  if (!source.root) {
    return [touch(source, spelling, newKey, 'updated'), touch(source, spelling, oldKey, 'updated', moved)];
  }
  return [
    touch(source, spelling, newKey, 'updated', `${newKey} = ${oldKey}`),
    touch(source, spelling, oldKey, 'deleted', moved),
    touch(source, spelling, newKey, 'created', moved),
  ];
}

function touch(
  source: FeedSource,
  { now, fromNothing, schemaPrefix }: TouchSpelling,
  key: string,
  action: FeedAction,
  condition = 'true',
): string {
  const where = condition === 'true' ? `${key} is not null` : `${key} is not null and ${condition}`;
  return `${into(schemaPrefix)} select '${source.entity}', ${key}, '${action}', ${now}${fromNothing} where ${where};`;
}

function touchThrough(
  source: FeedSource,
  through: NonNullable<FeedSource['through']>,
  event: TriggerEvent,
  { now, schemaPrefix }: TouchSpelling,
): string {
  const keys = { insert: ['new'], delete: ['old'], update: ['new', 'old'] }[event];
  const list = keys.map((row) => `${row}.${source.column}`).join(', ');
  return (
    `${into(schemaPrefix)} select '${source.entity}', p.${through.column}, 'updated', ${now}` +
    ` from ${schemaPrefix}${through.table} p where p.${through.key} in (${list}) and p.${through.column} is not null;`
  );
}

const into = (schemaPrefix: string): string =>
  `insert into ${schemaPrefix}tegata_change (entity, entity_id, action, changed_at)`;
