/**
 * What the three databases do differently, in one shape. `sqlite.ts`, `postgres.ts` and `mysql.ts` each give one
 * `DialectKit`; nothing else in the program compares a dialect's name. To add a difference: name it here with its
 * unit and meaning, answer it three times.
 */
import type { ColumnDataType, Dialect, InsertQueryBuilder, InsertResult, Kysely, RawBuilder } from 'kysely';
import type { FeedKit } from './feed-kit.ts';
import type { LeaveKit } from './leave-kit.ts';
import type { Outage } from './outages.ts';
import type { ReplicationKit } from './replication-kit.ts';
import type { RightsKit } from './rights-kit.ts';

/**
 * Portable column types of EC-CUBE's mappings (docs/eccube/database.md, Conventions).
 * `id` is an auto-incrementing integer and brings its own `primary key`.
 */
export type PortableType =
  | 'id'
  | 'integer'
  | 'smallint'
  | 'string'
  | 'text'
  | 'decimal'
  | 'boolean'
  | 'datetimetz';

export type TableColumn = { table: string; column: string };

/** `place` grows along the index; `column` is null for an expression. */
export type IndexColumn = { table: string; index: string; column: string | null; place: number };

/** How a server says which letters it takes for equal. */
export type LetterWeights = {
  /** A query for the collation of a column: one row with `name`. */
  collation(table: string, column: string): RawBuilder<unknown>;
  /** A text that is the same for letters that are equal under a collation. */
  weights(letter: string, collation: string): RawBuilder<string>;
};

export type OpenOptions = {
  readonly poolSize: number;
  /** For one statement; undefined = as long as it takes. */
  readonly statementTimeoutSeconds: number | undefined;
};

export type DialectKit = {
  readonly name: 'sqlite' | 'postgres' | 'mysql';
  /** Opens the database behind `url` (`sqlite:/path`, `postgresql://…`, `mysql://…`). */
  open(url: string, options: OpenOptions): Dialect;
  /** The same for a database in this very process, whose statements need no waiting; undefined: it is behind a network. */
  readonly openDirect: (<DB>(url: string, watched: (dialect: Dialect) => Dialect) => Kysely<DB>) | undefined;
  /** A dialect whose only connection sees one state of the database; undefined: a repeatable read does. */
  readonly snapshot: ((url: string) => Dialect) | undefined;
  /** Why the parameters of `url` cannot be followed, in words that go on from its name; undefined = they can. */
  urlFault(url: string): string | undefined;
  /** Whether a failed migration leaves nothing behind. */
  readonly supportsTransactionalDdl: boolean;
  /** Whether `SELECT … FOR UPDATE` exists; where it does not, a write transaction is alone anyway. */
  readonly supportsRowLocks: boolean;
  /** Whether `INSERT … RETURNING` exists; where it does not, the driver tells the new key. */
  readonly supportsReturning: boolean;
  /** How long, in milliseconds, a node may trust what it read about a token's liveness. */
  readonly livenessTtlMs: number;
  /** The type of an auto-incrementing primary key, that of one with billions of rows, and how Kysely spells it. */
  readonly autoIncrement: {
    readonly type: ColumnDataType;
    readonly wide: ColumnDataType;
    readonly identity: boolean;
  };
  /** The highest id that the shop's columns hold. */
  readonly highestId: number;
  /** A whole number that is compared with a column of the shop, though it may be beyond what the column holds. */
  wholeNumber(value: unknown): RawBuilder<number>;
  /** DDL type text of a shop column; `unsigned` has an effect on MySQL only. */
  columnType(
    type: PortableType,
    size?: { length?: number; precision?: number; scale?: number; unsigned?: boolean },
  ): string;
  /** Statements that add columns, each as DDL text, to a table of ours: as few as the database lets it be. */
  addColumns(table: string, columns: readonly string[]): readonly string[];
  /** The schema that unqualified table names mean, where a database has several; undefined = there is only one. */
  readonly currentSchema: RawBuilder<string> | undefined;
  /** What stands behind the closing bracket of CREATE TABLE. */
  readonly tableOptions: string;
  /** Run after rows were inserted with ids of their own choice: the next generated id follows the highest. */
  followHighestId(table: string, column: string): RawBuilder<unknown> | undefined;
  /** `value` (epoch seconds) as the text that a shop date column takes: UTC, `YYYY-MM-DD HH:MM:SS`. */
  dateText(epochSeconds: number): string;
  /**
   * A `LIKE` that is case-sensitive where the shop's own is, with `\` as escape character when `escaped`.
   * `pattern` is the text, or what stands for it in a statement that is prepared once.
   */
  like(left: RawBuilder<unknown>, pattern: unknown, escaped: boolean): RawBuilder<boolean>;
  /** Which letters that `LIKE` takes for equal: a text with each letter in the one form that stands for it, or whom to ask. */
  readonly sameLetters: ((text: string) => string) | LetterWeights;
  /** Whether the planner is the better judge where no one knows how many rows a condition leaves. */
  readonly plansWell: boolean;
  /**
   * Rows as one JSON value, a list of lists, where the database can keep them in order; undefined = it cannot, or a
   * statement more costs next to nothing. `from` is everything behind the columns but the order.
   */
  readonly rowsAsJson:
    | ((
        columns: readonly RawBuilder<unknown>[],
        from: RawBuilder<unknown>,
        order: readonly RawBuilder<unknown>[],
      ) => RawBuilder<unknown>)
    | undefined;
  /** Values as one JSON value, a list, where `rowsAsJson` is. */
  readonly valuesAsJson: ((values: readonly RawBuilder<unknown>[]) => RawBuilder<unknown>) | undefined;
  /** Whether a transaction was ended because it and another waited for each other: begun again it may well succeed. */
  isDeadlock(error: unknown): boolean;
  /** Whether a foreign key forbade it: a row was to lead to one that has gone meanwhile, or to go while others lead to it. */
  isBrokenReference(error: unknown): boolean;
  /** Why the database cannot serve now, when that is what an error of its driver says. */
  outage(error: Error): Outage | undefined;
  /** Whether a text was not stored because the shop's encoding lacks one of its characters. */
  isTextTooWide(error: unknown): boolean;
  /** The calendar month (1–12) of a shop date, `offsetSeconds` (or what stands for it) east of UTC. */
  month(date: RawBuilder<unknown>, offsetSeconds: unknown): RawBuilder<number>;
  /** The day (`YYYY-MM-DD`) that holds a shop date, `offsetSeconds` (or what stands for it) east of UTC. */
  localDay(date: RawBuilder<unknown>, offsetSeconds: unknown): RawBuilder<string>;
  /** The same INSERT, but a row that is already there (primary key) is left as it is. */
  ifAbsent<DB, T extends keyof DB>(
    insert: InsertQueryBuilder<DB, T, InsertResult>,
  ): InsertQueryBuilder<DB, T, InsertResult>;
  /**
   * Statements that wait, a few seconds at the most, until every transaction that has read the table has ended, and keep
   * others from reading it: `within` a transaction until it ends, or on a connection `beside` it until that one is closed,
   * which can use no other table meanwhile. Neither: the database has one writer at a time.
   */
  fence(table: string): {
    readonly within?: readonly RawBuilder<unknown>[];
    readonly beside?: readonly RawBuilder<unknown>[];
  };
  /** The triggers of the change feed. */
  readonly feed: FeedKit;
  /** How Tegata's own things are taken away. */
  readonly leave: LeaveKit;
  /** What the database user may do. */
  readonly rights: RightsKit;
  /** undefined = reads never go to another server than writes. */
  readonly replication: ReplicationKit | undefined;
  /** A query for every column of every table and view of the current schema; tables and columns in order. */
  readonly tableColumns: RawBuilder<TableColumn>;
  /** A query for every column of every index of the current schema; rows as `IndexColumn`. Keys count as indexes. */
  readonly indexColumns: RawBuilder<IndexColumn>;
  /** Whether every index holds the primary key behind its own columns. */
  readonly indexesEndInKey: boolean;
  /** Order terms by which a value that may be null comes last when it is; without a term of their own where an index can do it. */
  nullsLast(value: RawBuilder<unknown>, direction: 'asc' | 'desc'): readonly RawBuilder<unknown>[];
  /** The columns of an index that serves `nullsLast(first, 'desc')` and the others descending. */
  nullsLastIndex(columns: readonly string[]): readonly string[];
  /** The server's version as it says it itself. */
  readonly serverVersion: RawBuilder<string>;
  /** The server's own time in whole epoch seconds. */
  readonly serverNow: RawBuilder<number>;
  /** Whether that is told by another process than this one. */
  readonly hasOwnClock: boolean;
  /** Concatenation of texts; null counts as ''. */
  concat(parts: RawBuilder<unknown>[]): RawBuilder<string>;
};
