/**
 * The change feed's triggers on SQLite: three per table; they fire in every program that writes to the file. SQLite compiles
 * a trigger with the statement that fires it: without Tegata's tables the shop's statement fails, and nothing in the trigger
 * could prevent that.
 */
import { sql } from 'kysely';
import {
  CHANGE_COLUMNS,
  type FeedKit,
  insertSelect,
  type LiveTriggerRow,
  TRIGGER_EVENTS,
  touchesOf,
} from '../feed-kit.ts';

// `unixepoch()` would break writers whose SQLite is older than 3.38.
const SPELLING = { now: `cast(strftime('%s', 'now') as integer)`, schemaPrefix: '' };

export const sqliteFeed: FeedKit = {
  createChangeTable: [
    `create table tegata_change (change_id integer primary key autoincrement, ${CHANGE_COLUMNS})`,
  ],
  changeKey: sql<string>`cast(change_id as text)`,
  dropChanges: (keys) => [sql`delete from tegata_change where change_id in (${sql.join(keys.map(Number))})`],
  wanted: (source) =>
    TRIGGER_EVENTS.map((event) => {
      const name = `tegata_${source.table}_${event}`;
      const inserts = touchesOf(source, event).map((touch) => insertSelect(source, touch, SPELLING));
      const body = inserts.join('\n');
      const text = `CREATE TRIGGER ${name} after ${event} on ${source.table} for each row begin\n${body}\nend`;
      return { name, table: source.table, text, formerTexts: [], create: [text] };
    }),
  live: sql<LiveTriggerRow>`
    select name, tbl_name as "table", sql as text, 1 as fires
    from sqlite_schema where type = 'trigger' and name like 'tegata\\_%' escape '\\'`,
  drop: ({ name }) => [`drop trigger if exists "${name}"`],
  // The embedded shop gets its triggers in the transaction that makes it.
  withShortLocks: (db, deed) => (db.isTransaction ? deed(db) : db.transaction().execute(deed)),
};
