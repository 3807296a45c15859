/**
 * What the databases do differently about the triggers of the change feed, in one shape, and the statements inside a
 * trigger, which all three understand. Part of `DialectKit` (`kit.feed`).
 */
import type { Kysely, RawBuilder } from 'kysely';
import type { FeedSource } from '../feed-sources.ts';
import { INTO_CHANGE_WITH_PARTS, type PartsSpelling, partsTold, type Touch } from './feed-parts.ts';

/** A trigger as it should be. `text` is what the catalogue of the database will show of it. */
export type WantedTrigger = {
  readonly name: string;
  readonly table: string;
  readonly text: string;
  /** What earlier versions of Tegata made of it: such a trigger does its work, but not as well. */
  readonly formerTexts: readonly string[];
  /** Statements that make it, in order; it must not exist before. */
  readonly create: readonly string[];
};

/** A trigger as the database shows it. */
export type LiveTrigger = {
  readonly name: string;
  readonly table: string;
  /** Null: this account may not read it. */
  readonly text: string | null;
  /** False when someone switched it off. */
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
  /** Statements that remove rows of `tegata_change` by their keys, and wait for no other row. */
  dropChanges(keys: readonly string[]): readonly RawBuilder<unknown>[];
  /**
   * The triggers for one table that has these columns; `schema` is the one that holds the shop's tables, where there are
   * several.
   */
  wanted(
    source: FeedSource,
    columns: ReadonlySet<string>,
    schema: string | undefined,
  ): readonly WantedTrigger[];
  /** Every trigger whose name begins with `tegata_`, in the current schema. */
  readonly live: RawBuilder<LiveTriggerRow>;
  /** Statements that remove one, in order. */
  drop(trigger: { readonly name: string; readonly table: string }): readonly string[];
  /**
   * Runs DDL in one transaction or session that gives up after a few seconds of waiting for a table: behind a waiting
   * DDL statement every writer of the shop would queue.
   */
  withShortLocks<DB>(db: Kysely<DB>, deed: (db: Kysely<DB>) => Promise<void>): Promise<void>;
  /**
   * Runs `deed` in the transaction `tx`; the changes that it makes bear `origin`. No other session's do, nor those of
   * this session afterwards, however the deed ends.
   */
  asOrigin<DB, T>(tx: Kysely<DB>, origin: string, deed: () => Promise<T>): Promise<T>;
};

export type LiveTriggerRow = { name: string; table: string; text: string | null; fires: number | boolean };

/** The columns of `tegata_change` after its key. */
export const CHANGE_COLUMNS = `entity varchar(16) not null, entity_id bigint not null,
  action varchar(8) not null, changed_at bigint not null`;

export type TriggerEvent = 'insert' | 'update' | 'delete';

export const TRIGGER_EVENTS: readonly TriggerEvent[] = ['insert', 'update', 'delete'];

/** What a change of one row of `source` tells. */
export function touchesOf(source: FeedSource, event: TriggerEvent): readonly Touch[] {
  if (event === 'insert') return [{ row: 'new', action: source.root ? 'created' : 'updated' }];
  if (event === 'delete') return [{ row: 'old', action: source.root ? 'deleted' : 'updated' }];
  const both = { compares: true };
  const [newKey, oldKey] = [`new.${source.column}`, `old.${source.column}`];
  const moved = `(${newKey} is null or ${newKey} <> ${oldKey})`;
  // A child that moves from one thing to another changes both; a root that gets another key is another thing.
  return source.root
    ? [
        { row: 'new', action: 'updated', when: `${newKey} = ${oldKey}`, ...both },
        { row: 'old', action: 'deleted', when: moved },
        { row: 'new', action: 'created', when: moved },
      ]
    : [
        { row: 'new', action: 'updated', ...both },
        { row: 'old', action: 'updated', when: moved },
      ];
}

/** Before each VALUES or SELECT, in triggers of 0.1.0. */
export const INTO_CHANGE = 'insert into tegata_change (entity, entity_id, action, changed_at)';

/** How a dialect writes what stands in a trigger. */
export type Spelling = PartsSpelling & {
  /** Whole seconds since the epoch. */
  readonly now: string;
  /** Before each table's name. */
  readonly schemaPrefix: string;
  /** Who has written the change. */
  readonly origin: string;
};

/** A touch as one INSERT … SELECT. Without `columns`, as 0.1.0 wrote it. */
export function insertSelect(
  source: FeedSource,
  touch: Touch,
  spelling: Spelling,
  columns?: ReadonlySet<string>,
): string {
  const { entity, column, through } = source;
  const { row, action, when } = touch;
  const { now, schemaPrefix } = spelling;
  const key = through ? `p.${through.column}` : `${row}.${column}`;
  const from = through ? ` from ${schemaPrefix}${through.table} p` : '';
  const conditions = [
    ...(through ? [`p.${through.key} = ${row}.${column}`] : []),
    `${key} is not null`,
    ...(when === undefined ? [] : [when]),
  ];
  const into = (columns ? INTO_CHANGE_WITH_PARTS : INTO_CHANGE).replace(
    'tegata_change',
    `${schemaPrefix}tegata_change`,
  );
  const told = columns ? `, ${partsTold(source, touch, columns, spelling)}, ${spelling.origin}` : '';
  return `${into} select '${entity}', ${key}, '${action}', ${now}${told}${from} where ${conditions.join(' and ')};`;
}
