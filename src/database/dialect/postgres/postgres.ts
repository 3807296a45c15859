import { PostgresDialect, sql } from 'kysely';
import type { DialectKit, PortableType } from '../kit.ts';
import { postgresOutage } from '../outages.ts';
import { postgresRights } from './rights.ts';
import { postgresFeed } from './triggers.ts';
import { postgresTarget, postgresUrlFault } from './url.ts';

const TYPES: Record<PortableType, string> = {
  id: 'serial primary key',
  integer: 'integer',
  smallint: 'smallint',
  string: 'varchar',
  text: 'text',
  decimal: 'numeric',
  boolean: 'boolean',
  datetimetz: 'timestamp(0) with time zone',
};

/** deadlock_detected, serialization_failure */
const DEADLOCK: ReadonlySet<unknown> = new Set(['40P01', '40001']);

export const postgres: DialectKit = {
  name: 'postgres',
  open: (url, options) => {
    const target = postgresTarget(url);
    // A shop on another database never loads this driver.
    return new PostgresDialect({
      pool: async () => new (await import('./pool.ts')).BoundedPool(target, options),
    });
  },
  openDirect: undefined,
  snapshot: undefined,
  urlFault: postgresUrlFault,
  supportsTransactionalDdl: true,
  supportsRowLocks: true,
  supportsReturning: true,
  livenessTtlMs: 500,
  autoIncrement: { type: 'integer', wide: 'bigint', identity: true },
  highestId: 2_147_483_647,
  wholeNumber: (value) => sql<number>`${value}::bigint`,
  columnType: (type, size = {}) => {
    if (type === 'string') return `varchar(${size.length ?? 255})`;
    if (type === 'decimal') return `numeric(${size.precision ?? 12}, ${size.scale ?? 0})`;
    return TYPES[type];
  },
  addColumns: (table, columns) => [
    `alter table ${table} ${columns.map((column) => `add column ${column}`).join(', ')}`,
  ],
  currentSchema: sql<string>`current_schema()`,
  tableOptions: '',
  followHighestId: (table, column) =>
    sql`select setval(pg_get_serial_sequence(${table}, ${column}), max(${sql.ref(column)})) from ${sql.table(table)}`,
  dateText: (at) => `${new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')}+00`,
  like: (left, pattern) => sql<boolean>`${left} like ${pattern}`,
  sameLetters: (text) => text,
  plansWell: true,
  ifAbsent: (insert) => insert.onConflict((conflict) => conflict.doNothing()),
  isDeadlock: (error) => error instanceof Error && 'code' in error && DEADLOCK.has(error.code),
  isBrokenReference: (error) => error instanceof Error && 'code' in error && error.code === '23503',
  outage: postgresOutage,
  // untranslatable_character, where the database is not in UTF-8
  isTextTooWide: (error) => error instanceof Error && 'code' in error && error.code === '22P05',
  fence: (table) => ({
    within: [
      sql.raw(`set local lock_timeout = '5s'`),
      sql`lock table ${sql.table(table)} in access exclusive mode`,
    ],
  }),
  feed: postgresFeed,
  leave: {
    functions: sql<{ name: string }>`
      select proname as name from pg_proc
      where pronamespace = current_schema()::regnamespace and proname like 'tegata\\_%' order by proname`,
    dropIndex: (index) => `drop index if exists "${index}"`,
    lastStatement: undefined,
  },
  rights: postgresRights,
  replication: {
    // What is durable: a standby is sent no more.
    written: sql<string>`(pg_current_wal_flush_lsn() - '0/0')::text`,
    replayed: sql<
      string | null
    >`case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::text end`,
    identity: sql<string>`concat_ws(' ', (select system_identifier from pg_control_system()),
      current_database(), current_schema())`,
  },
  rowsAsJson: (columns, from, order) =>
    sql`select json_agg(json_build_array(${sql.join(columns)}) order by ${sql.join(order)}) ${from}`,
  valuesAsJson: (values) => sql`json_build_array(${sql.join(values)})`,
  month: (date, offset) =>
    sql<number>`extract(month from ${date} at time zone 'UTC' + ${offset} * interval '1 second')`,
  localDay: (date, offset) =>
    sql<string>`to_char(${date} at time zone 'UTC' + ${offset} * interval '1 second', 'YYYY-MM-DD')`,
  tableColumns: sql`
    select c.relname as "table", a.attname as "column"
    from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = (select oid from pg_catalog.pg_namespace where nspname = current_schema())
      and c.relkind in ('r', 'v', 'p', 'f') and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`,
  indexColumns: sql`
    select t.relname as ${sql.id('table')}, n.relname as ${sql.id('index')}, a.attname as ${sql.id('column')}, k.place
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    join pg_class n on n.oid = i.indexrelid
    join lateral unnest(i.indkey::int[]) with ordinality as k(attnum, place) on true
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum and k.attnum > 0
    where t.relnamespace = current_schema()::regnamespace and i.indisvalid and i.indpred is null`,
  indexesEndInKey: false,
  nullsLast: (value, direction) => [sql`${value} ${sql.raw(direction)} nulls last`],
  nullsLastIndex: ([first, ...rest]) => [
    `${first} desc nulls last`,
    ...rest.map((column) => `${column} desc`),
  ],
  serverVersion: sql<string>`current_setting('server_version')`,
  serverNow: sql<number>`cast(extract(epoch from clock_timestamp()) as integer)`,
  hasOwnClock: true,
  concat: (parts) =>
    sql<string>`${sql.join(
      parts.map((part) => sql`coalesce(${part}, '')`),
      sql` || `,
    )}`,
};
