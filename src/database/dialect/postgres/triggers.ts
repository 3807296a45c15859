/**
 * The change feed's triggers on PostgreSQL: one function and one row trigger per table.
 * The function runs with the rights of the one who installed it, so that every writer of the shop may go on writing without
 * rights on Tegata's tables; hence the pinned search path (PostgreSQL manual, CREATE FUNCTION, "Writing SECURITY
 * DEFINER Functions Safely").
 *
 * `change_id` is the clock in microseconds and not a sequence: a trigger that asks a sequence changes what `lastval()`
 * answers afterwards, and by `lastval()` writers learn the id of the row they have just inserted (PDO's lastInsertId).
 * Two rows may share it, so a row is named by its `ctid`, which cannot change while our transaction has read the table
 * and no one updates its rows.
 */
import { sql } from 'kysely';
import type { FeedSource } from '../../feed-sources.ts';
import {
  CHANGE_COLUMNS,
  type FeedKit,
  insertSelect,
  type LiveTriggerRow,
  type Spelling,
  TRIGGER_EVENTS,
  touchesOf,
  type WantedTrigger,
} from '../feed-kit.ts';

const LOCK_TIMEOUT = '3s';
const ROW_AFTER_ANY_CHANGE = 1 + 4 + 8 + 16; // pg_trigger.tgtype: row, insert, delete, update; after = neither before nor instead

export const postgresFeed: FeedKit = {
  createChangeTable: [
    `create table tegata_change (
      change_id bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint, ${CHANGE_COLUMNS})`,
    'create index tegata_change_change_id on tegata_change (change_id)',
  ],
  changeKey: sql<string>`ctid::text`,
  dropChanges: (keys) => [sql`delete from tegata_change where ctid = any(${keys}::tid[])`],
  wanted: (source, columns, schema) => [
    wantedTrigger(source, columns, schema === undefined ? '' : `"${schema}".`),
  ],
  live: sql<LiveTriggerRow>`
    select t.tgname as name, c.relname as "table", f.prosrc as text,
      t.tgenabled in ('O', 'A') and t.tgtype = ${sql.lit(ROW_AFTER_ANY_CHANGE)} and t.tgqual is null as fires
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc f on f.oid = t.tgfoid
    where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace and t.tgname like 'tegata\\_%'`,
  drop: ({ name, table }) => [
    `drop trigger if exists "${name}" on "${table}"`,
    `drop function if exists "${name}"()`,
  ],
  withShortLocks: (db, deed) =>
    db.transaction().execute(async (tx) => {
      await sql.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`).execute(tx);
      await deed(tx);
    }),
  // Ends with the transaction, so that the one who gets the session next (PgBouncer) does not inherit it.
  asOrigin: async (tx, origin, deed) => {
    await sql`select set_config('tegata.origin', ${origin}, true)`.execute(tx);
    return deed();
  },
};

const SPELLING: Omit<Spelling, 'schemaPrefix'> = {
  now: 'extract(epoch from clock_timestamp())::bigint',
  // Once set in a session it is empty afterwards, not null.
  origin: `nullif(current_setting('tegata.origin', true), '')`,
  // As text: not every type (json) knows equality.
  differs: (column) => `new."${column}"::text is distinct from old."${column}"::text`,
  joined: (texts) => `concat_ws(' ', ${texts.join(', ')})`,
};

function bodyOf(source: FeedSource, schemaPrefix: string, columns?: ReadonlySet<string>): string {
  const spelling = { ...SPELLING, schemaPrefix };
  const branches = TRIGGER_EVENTS.map((event) => {
    const inserts = touchesOf(source, event).map((touch) => insertSelect(source, touch, spelling, columns));
    return `if tg_op = '${event.toUpperCase()}' then\n${inserts.join('\n')}\n`;
  });
  return `${branches.join('els')}end if;\nreturn null;\nend\n`;
}

/**
 * Without Tegata's table, or with that of an earlier version, the shop's statement does what it would do without the trigger.
 * Asked of the catalogue: to catch the error would take a subtransaction for each row.
 */
const unless = (condition: string): string => `if ${condition} then\nreturn null;\nend if;\n`;

const lacksOrigin = (table: string): string =>
  `not exists (select 1 from pg_attribute where attrelid = ${table} and attname = 'origin' and not attisdropped)`;

function wantedTrigger(
  source: FeedSource,
  columns: ReadonlySet<string>,
  schemaPrefix: string,
): WantedTrigger {
  const { table } = source;
  const name = `tegata_${table}`;
  const former = bodyOf(source, schemaPrefix);
  const change = `to_regclass('${schemaPrefix}tegata_change')`;
  const text = `\nbegin\n${unless(lacksOrigin(change))}${bodyOf(source, schemaPrefix, columns)}`;
  return {
    name,
    table,
    text,
    formerTexts: [`\nbegin\n${unless(`${change} is null`)}${former}`, `\nbegin\n${former}`],
    create: [
      `create or replace function "${name}"() returns trigger language plpgsql security definer` +
        ` set search_path = pg_catalog, pg_temp as $tegata$${text}$tegata$`,
      `create trigger "${name}" after insert or update or delete on "${table}"` +
        ` for each row execute procedure "${name}"()`,
    ],
  };
}
