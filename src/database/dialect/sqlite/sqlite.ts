import { sql } from 'kysely';
import type { DialectKit, PortableType } from '../kit.ts';
import { NULL_IS_LEAST } from '../null-order.ts';
import { sqliteOutage } from '../outages.ts';
import { DirectKysely } from './direct.ts';
import { SqliteDriver, sqliteDialect } from './driver.ts';
import { sqliteRights } from './rights.ts';
import { sqliteSnapshot } from './snapshot.ts';
import { sqliteFeed } from './triggers.ts';

const TYPES: Record<PortableType, string> = {
  id: 'integer primary key autoincrement',
  integer: 'integer',
  smallint: 'smallint',
  string: 'varchar',
  text: 'clob',
  decimal: 'numeric',
  boolean: 'boolean',
  datetimetz: 'datetime',
};

const fileIn = (url: string): string => url.replace(/^sqlite:(\/\/)?/, '');

export const sqlite: DialectKit = {
  name: 'sqlite',
  // `sqlite:relative`, `sqlite:/absolute`, Doctrine's `sqlite:///relative` is resolved by config.
  open: (url) => sqliteDialect(fileIn(url)),
  openDirect: (url, watched) => {
    const driver = new SqliteDriver(fileIn(url));
    return new DirectKysely(watched(sqliteDialect(fileIn(url), driver)), driver);
  },
  snapshot: (url) => sqliteSnapshot(fileIn(url)),
  urlFault: () => undefined,
  supportsTransactionalDdl: true,
  supportsRowLocks: false,
  supportsReturning: true,
  livenessTtlMs: 0,
  autoIncrement: { type: 'integer', wide: 'integer', identity: false },
  highestId: 4_294_967_295, // ids are not higher elsewhere
  wholeNumber: (value) => sql<number>`${value}`,
  columnType: (type, size = {}) => {
    if (type === 'string') return `varchar(${size.length ?? 255})`;
    if (type === 'decimal') return `numeric(${size.precision ?? 12}, ${size.scale ?? 0})`;
    return TYPES[type];
  },
  addColumns: (table, columns) => columns.map((column) => `alter table ${table} add column ${column}`),
  currentSchema: undefined,
  tableOptions: '',
  followHighestId: () => undefined,
  dateText: (at) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' '),
  like: (left, pattern, escaped) =>
    escaped ? sql<boolean>`${left} like ${pattern} escape '\\'` : sql<boolean>`${left} like ${pattern}`,
  sameLetters: (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  plansWell: false,
  ifAbsent: (insert) => insert.onConflict((conflict) => conflict.doNothing()),
  isDeadlock: () => false, // one writer at a time
  isBrokenReference: () => false, // shops on SQLite have no foreign keys
  outage: sqliteOutage,
  isTextTooWide: () => false,
  fence: () => ({}),
  feed: sqliteFeed,
  // The default of SQLite, and what EC-CUBE leaves it at.
  leave: {
    functions: undefined,
    dropIndex: (index) => `drop index if exists "${index}"`,
    lastStatement: sql<{ mode: string }>`pragma journal_mode = delete`,
  },
  rights: sqliteRights,
  replication: undefined,
  rowsAsJson: undefined,
  valuesAsJson: undefined,
  month: (date, offset) => sql<number>`cast(strftime('%m', ${date}, ${offset} || ' seconds') as integer)`,
  localDay: (date, offset) => sql<string>`date(${date}, ${offset} || ' seconds')`,
  tableColumns: sql`
    select t.name as "table", c.name as "column"
    from sqlite_master t join pragma_table_info(t.name) c
    where t.type in ('table', 'view') and t.name not like 'sqlite\\_%' escape '\\' order by t.name, c.cid`,
  indexColumns: sql`
    select t.name as ${sql.id('table')}, l.name as ${sql.id('index')}, i.name as ${sql.id('column')}, i.seqno as place
    from sqlite_master t join pragma_index_list(t.name) l join pragma_index_info(l.name) i
    where t.type = 'table'
    union all
    select t.name, 'primary', c.name, c.pk
    from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and c.pk > 0`,
  indexesEndInKey: true,
  ...NULL_IS_LEAST,
  serverVersion: sql<string>`sqlite_version()`,
  serverNow: sql<number>`unixepoch()`,
  hasOwnClock: false,
  concat: (parts) =>
    sql<string>`${sql.join(
      parts.map((part) => sql`coalesce(${part}, '')`),
      sql` || `,
    )}`,
};
