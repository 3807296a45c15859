/**
 * The change feed's triggers on MySQL and MariaDB: three per table. They run with the rights of the account that made
 * them (DEFINER); restoring a dump on a server without that account makes writes to the shop fail, as with any trigger.
 */
import { sql } from 'kysely';
import { CHANGE_COLUMNS, type FeedKit, type LiveTriggerRow, TRIGGER_EVENTS, touches } from './feed-kit.ts';

const LOCK_WAIT_SECONDS = 3;

const SPELLING = { now: 'unix_timestamp()', fromNothing: ' from dual', schemaPrefix: '' };

export const mysqlFeed: FeedKit = {
  createChangeTable: [
    `create table tegata_change (change_id bigint not null auto_increment primary key, ${CHANGE_COLUMNS})`,
  ],
  changeKey: sql<string>`cast(change_id as char)`,
  dropChanges: (keys) => sql`delete from tegata_change where change_id in (${sql.join(keys.map(Number))})`,
  wanted: (source) =>
    TRIGGER_EVENTS.map((event) => {
      const name = `tegata_${source.table}_${event}`;
      const text = `begin\n${touches(source, event, SPELLING).join('\n')}\nend`;
      const head = `create trigger ${name} after ${event} on ${source.table} for each row`;
      return { name, table: source.table, text, create: [`${head} ${text}`] };
    }),
  live: sql<LiveTriggerRow>`
    select trigger_name as name, event_object_table as \`table\`, action_statement as text,
      action_timing = 'AFTER' as fires
    from information_schema.triggers
    where trigger_schema = database() and trigger_name like 'tegata\\_%'`,
  drop: ({ name }) => [`drop trigger if exists \`${name}\``],
  withShortLocks: (db, deed) =>
    db.connection().execute(async (connection) => {
      await sql.raw(`set session lock_wait_timeout = ${LOCK_WAIT_SECONDS}`).execute(connection);
      try {
        await deed(connection);
      } finally {
        await sql.raw('set session lock_wait_timeout = default').execute(connection);
      }
    }),
};
