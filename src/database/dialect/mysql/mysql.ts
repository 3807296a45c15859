import { MysqlDialect, sql } from 'kysely';
import type { DialectKit, PortableType } from '../kit.ts';
import { NULL_IS_LEAST } from '../null-order.ts';
import { mysqlOutage } from '../outages.ts';
import { mysqlRights } from './rights.ts';
import { mysqlFeed } from './triggers.ts';
import { mysqlTarget, mysqlUrlFault } from './url.ts';

const TYPES: Record<PortableType, string> = {
  id: 'int unsigned not null auto_increment primary key',
  integer: 'int',
  smallint: 'smallint',
  string: 'varchar',
  text: 'longtext',
  decimal: 'numeric',
  boolean: 'tinyint(1)',
  datetimetz: 'datetime',
};

const BROKEN: ReadonlySet<unknown> = new Set(['ER_NO_REFERENCED_ROW_2', 'ER_ROW_IS_REFERENCED_2']);

const encodingOf = (collation: string): string => /^[a-z0-9]+/.exec(collation)?.[0] ?? collation;

export const mysql: DialectKit = {
  name: 'mysql',
  open: (url, options) => {
    const target = mysqlTarget(url);
    // A shop on another database never loads this driver.
    return new MysqlDialect({
      pool: async () => (await import('./pool.ts')).openMysqlPool(target, options),
    });
  },
  openDirect: undefined,
  snapshot: undefined,
  urlFault: mysqlUrlFault,
  supportsTransactionalDdl: false,
  supportsRowLocks: true,
  supportsReturning: false,
  livenessTtlMs: 500,
  autoIncrement: { type: 'integer', wide: 'bigint', identity: false },
  highestId: 4_294_967_295, // int unsigned
  wholeNumber: (value) => sql<number>`${value}`,
  columnType: (type, size = {}) => {
    if (type === 'string') return `varchar(${size.length ?? 255})`;
    const text = type === 'decimal' ? `numeric(${size.precision ?? 12}, ${size.scale ?? 0})` : TYPES[type];
    return size.unsigned ? `${text} unsigned` : text;
  },
  addColumns: (table, columns) => [
    `alter table ${table} ${columns.map((column) => `add column ${column}`).join(', ')}`,
  ],
  currentSchema: undefined,
  tableOptions: 'engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin',
  followHighestId: () => undefined,
  dateText: (at) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' '),
  like: (left, pattern) => sql<boolean>`${left} like ${pattern}`,
  sameLetters: {
    collation: (table, column) => sql`
      select collation_name as name from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = ${column}`,
    // A collation's name begins with that of its encoding, but the three-byte one has two names.
    weights: (letter, collation) => sql<string>`
      hex(weight_string(convert(${letter} using ${sql.raw(encodingOf(collation))}) collate ${sql.raw(collation)}))`,
  },
  plansWell: false,
  ifAbsent: (insert) => insert.ignore(),
  isDeadlock: (error) => error instanceof Error && 'code' in error && error.code === 'ER_LOCK_DEADLOCK',
  isBrokenReference: (error) => error instanceof Error && 'code' in error && BROKEN.has(error.code),
  outage: mysqlOutage,
  // "Incorrect string value"; the number of MySQL says it of other types too.
  isTextTooWide: (error) =>
    error instanceof Error && 'code' in error && error.code === 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  // LOCK TABLES ends a transaction, and lets its connection use no table that it does not name.
  fence: (table) => ({
    beside: [
      sql.raw('set session autocommit = 0, lock_wait_timeout = 5'),
      sql`lock tables ${sql.table(table)} write`,
    ],
  }),
  feed: mysqlFeed,
  leave: {
    functions: undefined,
    dropIndex: (index, table) => `drop index \`${index}\` on \`${table}\``,
    lastStatement: undefined,
  },
  rights: mysqlRights,
  replication: undefined,
  rowsAsJson: undefined,
  valuesAsJson: undefined,
  month: (date, offset) => sql<number>`month(date_add(${date}, interval ${offset} second))`,
  localDay: (date, offset) =>
    sql<string>`date_format(date_add(${date}, interval ${offset} second), '%Y-%m-%d')`,
  tableColumns: sql`
    select table_name as ${sql.id('table')}, column_name as ${sql.id('column')}
    from information_schema.columns where table_schema = database() order by table_name, ordinal_position`,
  indexColumns: sql`
    select table_name as ${sql.id('table')}, index_name as ${sql.id('index')}, column_name as ${sql.id('column')},
      seq_in_index as place
    from information_schema.statistics where table_schema = database()`,
  indexesEndInKey: true,
  ...NULL_IS_LEAST,
  serverVersion: sql<string>`version()`,
  serverNow: sql<number>`unix_timestamp()`,
  hasOwnClock: true,
  concat: (parts) => sql<string>`concat(${sql.join(parts.map((part) => sql`coalesce(${part}, '')`))})`,
};
